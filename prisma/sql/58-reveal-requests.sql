-- A whole roster as it was typed (docs/decisions/0043): more than one person is shown alone in a day takes two. One asks
-- and says why; another who judges there, or above where it was asked, grants it within a day; the first looks once,
-- within an hour. The application's role can neither grant nor look: the two functions below do, as the row says.

CREATE FUNCTION guard.reveal_request_life() RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '1 day' $$;
CREATE FUNCTION guard.reveal_grant_life() RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '1 hour' $$;

/* How a request stands at this moment. */
CREATE FUNCTION guard.reveal_request_state(r reveal_requests) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN r.decision IN ('DECLINED', 'WITHDRAWN') THEN r.decision
    WHEN EXISTS (SELECT FROM roster_reveals x WHERE x.request_id = r.id) THEN 'SHOWN'
    WHEN coalesce(r.decided_at + guard.reveal_grant_life(), r.requested_at + guard.reveal_request_life()) < now() THEN 'LAPSED'
    ELSE coalesce(r.decision, 'PENDING') END;
END $$;

/* In the name of whoever asks, from the highest place from which they read the record, of as many lines as it has now.
   One waits at a time: nobody is asked the same twice. */
CREATE FUNCTION guard.before_reveal_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.requested_by := guard.require_session();
  NEW.requested_at := clock_timestamp();
  NEW.decision := NULL;
  NEW.decided_by := NULL;
  NEW.decided_at := NULL;
  NEW.forgotten_at := NULL;
  NEW.lines := (SELECT count(*) FROM roster_lines l WHERE l.disbursement_id = NEW.disbursement_id AND l.forgotten_at IS NULL);
  NEW.place_id := (SELECT o.id FROM organisation_closure c JOIN organisations o ON o.id = c.ancestor_id
    WHERE c.descendant_id = NEW.organisation_id AND c.ancestor_id = ANY (guard.reading_homes()) ORDER BY length(o.path) LIMIT 1);
  PERFORM FROM users u WHERE u.id = NEW.requested_by FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM reveal_requests r WHERE r.disbursement_id = NEW.disbursement_id AND r.requested_by = NEW.requested_by
      AND guard.reveal_request_state(r) IN ('PENDING', 'GRANTED')) THEN
    RAISE EXCEPTION 'the same was asked for and waits' USING ERRCODE = 'NZ007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_request BEFORE INSERT ON reveal_requests
  FOR EACH ROW EXECUTE FUNCTION guard.before_reveal_request();

/* Decided once; and its words go when their years are over. Nothing else of it changes. */
CREATE FUNCTION guard.before_reveal_request_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_decided text[] := '{decision,decided_by,decided_at}';
  v_gone text[] := '{words,forgotten_at}';
BEGIN
  IF OLD.decision IS NULL AND NEW.decision IS NOT NULL AND to_jsonb(NEW) - v_decided = to_jsonb(OLD) - v_decided
    OR OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL AND to_jsonb(NEW) - v_gone = to_jsonb(OLD) - v_gone THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what was asked for, and who granted it, stands' USING ERRCODE = 'NZ004';
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON reveal_requests
  FOR EACH ROW EXECUTE FUNCTION guard.before_reveal_request_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON reveal_requests
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF decision ON reveal_requests DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('reveal-request', 'id');

/* Grants or declines (another, who judges at the place from where it was asked, or above it) or takes back (who asked)
   what still waits. */
CREATE FUNCTION guard.decide_reveal_request(p_id bigint, p_decision text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := guard.require_session();
  r reveal_requests;
BEGIN
  SELECT * INTO r FROM reveal_requests x WHERE x.id = p_id FOR UPDATE;
  IF r.id IS NULL OR p_decision <> 'WITHDRAWN' AND NOT guard.works_for(r.place_id, '{REVIEWER,PROVINCE}') THEN
    RAISE EXCEPTION 'whoever judges there decides' USING ERRCODE = '42501';
  ELSIF (p_decision = 'WITHDRAWN') <> (r.requested_by = v_me) THEN
    RAISE EXCEPTION 'who asked does not grant' USING ERRCODE = 'NZ015';
  ELSIF guard.reveal_request_state(r) <> 'PENDING' THEN
    RAISE EXCEPTION 'this request does not wait' USING ERRCODE = 'NZ006';
  END IF;
  UPDATE reveal_requests SET decision = p_decision, decided_by = v_me, decided_at = clock_timestamp() WHERE id = p_id;
END $$;

/* What was granted, to whoever asked, once: they read the record still, show once more who sits there, and are shown no
   more lines than were granted. */
CREATE FUNCTION guard.reveal_granted(p_id bigint) RETURNS TABLE (
  id uuid, no int, name bytea, id_number bytea, phone bytea, payee bytea, account bytea, note bytea, words_id uuid, bank_words bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := guard.require_session();
  v_lines uuid[];
  r reveal_requests;
BEGIN
  SELECT * INTO r FROM reveal_requests x WHERE x.id = p_id FOR UPDATE;
  IF r.id IS NULL OR r.requested_by <> v_me OR NOT guard.reads(r.organisation_id) THEN
    RAISE EXCEPTION 'nothing was granted to this person' USING ERRCODE = '42501';
  ELSIF guard.reveal_request_state(r) <> 'GRANTED' THEN
    RAISE EXCEPTION 'granted is what another agreed to, for an hour, and once' USING ERRCODE = 'NZ006';
  ELSIF NOT guard.is_proven() THEN
    RAISE EXCEPTION 'who sits there shows it once more' USING ERRCODE = 'NZ023';
  END IF;
  v_lines := ARRAY(SELECT l.id FROM roster_lines l WHERE l.disbursement_id = r.disbursement_id AND l.forgotten_at IS NULL LIMIT r.lines + 1);
  IF cardinality(v_lines) NOT BETWEEN 1 AND r.lines THEN
    RAISE EXCEPTION 'the roster has other lines by now' USING ERRCODE = 'NZ007';
  END IF;
  RETURN QUERY SELECT * FROM guard.shown_lines(r.disbursement_id, r.organisation_id, v_lines, r.fields, r.reason, r.words, r.id);
END $$;

GRANT SELECT ON reveal_requests TO nuanzhang_app;
GRANT INSERT (disbursement_id, organisation_id, fields, reason, words) ON reveal_requests TO nuanzhang_app;
-- one's own, and what is asked for where one judges or audits
CREATE POLICY asked_or_judged ON reveal_requests FOR SELECT TO nuanzhang_app
  USING (requested_by = (SELECT guard.session_user_id()) OR EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = reveal_requests.place_id AND c.ancestor_id = ANY ((SELECT guard.homes('{REVIEWER,PROVINCE,AUDITOR}'))::int[])));
CREATE POLICY readers_ask ON reveal_requests FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = reveal_requests.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])));
GRANT EXECUTE ON FUNCTION guard.reveal_request_state(reveal_requests), guard.reveal_request_life(), guard.reveal_grant_life(),
  guard.decide_reveal_request(bigint, text), guard.reveal_granted(bigint) TO nuanzhang_app;
