-- Reveals (docs/decisions/0043): a line as it was typed, with a reason. What is sealed leaves the database by this door
-- alone for those whom the policies give no line, and never before it was counted and written into the chain.

/* Distinct lines that one person may be shown in a day; and from how many on they show who sits there once more. */
CREATE FUNCTION guard.most_revealed_lines() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 50 $$;
CREATE FUNCTION guard.lines_without_proof() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 20 $$;

/* Writes down that these lines were shown, and in the chain, and only then gives them out. Called by what has counted
   and judged, and by nobody else. */
CREATE FUNCTION guard.shown_lines(p_disbursement_id bigint, p_organisation_id int, p_lines uuid[], p_fields text[], p_reason text,
  p_words text, p_request_id bigint) RETURNS TABLE (
  id uuid, no int, name bytea, id_number bytea, phone bytea, payee bytea, account bytea, note bytea, words_id uuid, bank_words bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_reveal bigint;
BEGIN
  INSERT INTO roster_reveals (user_id, disbursement_id, organisation_id, reason, words, fields, lines, request_id)
  VALUES (v_user, p_disbursement_id, p_organisation_id, p_reason, p_words, p_fields, cardinality(p_lines), p_request_id)
  RETURNING roster_reveals.id INTO v_reveal;
  INSERT INTO roster_reveal_lines (reveal_id, line_id) SELECT v_reveal, unnest(p_lines);
  PERFORM guard.write_entries(guard.root_of_user(v_user), ARRAY['roster.reveal'], ARRAY[p_disbursement_id::text], ARRAY[p_organisation_id],
    ARRAY[(jsonb_build_object('lines', cardinality(p_lines), 'fields', p_fields, 'reason', lower(p_reason), 'words', p_words)
      || CASE WHEN p_request_id IS NULL THEN '{}' ELSE jsonb_build_object('granted', p_request_id::text) END)::text],
    ARRAY[NULL::text]);
  RETURN QUERY
  SELECT l.id, l.no,
    CASE WHEN 'name' = ANY (p_fields) THEN l.name END, CASE WHEN 'idNumber' = ANY (p_fields) THEN l.id_number END,
    CASE WHEN 'phone' = ANY (p_fields) THEN l.phone END, CASE WHEN 'payee' = ANY (p_fields) THEN l.payee END,
    CASE WHEN 'account' = ANY (p_fields) THEN l.account END, CASE WHEN 'note' = ANY (p_fields) THEN l.note END,
    w.id, w.words
  FROM roster_lines l
  LEFT JOIN LATERAL (
    SELECT x.id, x.words FROM payment_results r JOIN payment_words x ON x.id = r.id
    WHERE r.line_id = l.id AND 'bankWords' = ANY (p_fields) ORDER BY r.no DESC LIMIT 1) AS w ON true
  WHERE l.id = ANY (p_lines) ORDER BY l.no;
END $$;

/* Of lines by their number, or of all; fields by their column, null where they were not asked for. `used`: how many
   lines this person was shown within a day, these among them. */
CREATE FUNCTION guard.reveal_lines(p_disbursement_id bigint, p_fields text[], p_nos int[], p_reason text, p_words text) RETURNS TABLE (
  used int, id uuid, no int, name bytea, id_number bytea, phone bytea, payee bytea, account bytea, note bytea, words_id uuid, bank_words bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_organisation int;
  v_lines uuid[];
  v_used int;
BEGIN
  SELECT d.organisation_id INTO v_organisation FROM disbursements d WHERE d.id = p_disbursement_id AND guard.reads(d.organisation_id);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing to reveal there' USING ERRCODE = '42501';
  END IF;
  v_lines := ARRAY(SELECT l.id FROM roster_lines l WHERE l.disbursement_id = p_disbursement_id AND l.forgotten_at IS NULL AND (p_nos IS NULL OR l.no = ANY (p_nos))
    LIMIT guard.most_revealed_lines() + 1);
  IF cardinality(v_lines) = 0 THEN
    RETURN;
  END IF;
  -- one after another: the fiftieth is counted by the fifty-first
  PERFORM FROM users u WHERE u.id = v_user FOR NO KEY UPDATE;
  SELECT count(*) INTO v_used FROM (
    SELECT x.line_id FROM roster_reveals r JOIN roster_reveal_lines x ON x.reveal_id = r.id
    WHERE r.user_id = v_user AND r.at > now() - interval '1 day' AND r.request_id IS NULL
    UNION SELECT unnest(v_lines)) AS seen;
  IF v_used > guard.most_revealed_lines() THEN
    RAISE EXCEPTION 'revealed too much in one day' USING ERRCODE = 'NZ021';
  ELSIF v_used > guard.lines_without_proof() AND NOT guard.is_proven() THEN
    RAISE EXCEPTION 'who sits there shows it once more' USING ERRCODE = 'NZ023';
  END IF;
  RETURN QUERY SELECT v_used, s.* FROM guard.shown_lines(p_disbursement_id, v_organisation, v_lines, p_fields, p_reason, p_words, NULL) AS s;
END $$;

/* Who was shown how much of rosters and of files, by person and day, or by month: counts, to administrators and auditors
   of the same root. No line, no file, no person that was looked at, no words. */
CREATE FUNCTION guard.reveal_counts(p_days int, p_by text DEFAULT 'day') RETURNS TABLE (
  user_id uuid, day date, what text, reveals int, by_two int, lines int, fields text[], reasons text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_root int := guard.root_of_session();
BEGIN
  IF cardinality(guard.homes('{ADMIN,AUDITOR}')) = 0 THEN
    RAISE EXCEPTION 'told to administrators and auditors' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  SELECT l.user_id, date_trunc(p_by, l.at AT TIME ZONE 'Asia/Shanghai')::date, l.what, count(DISTINCT l.id)::int, count(DISTINCT l.id) FILTER (WHERE l.by_two)::int,
    count(DISTINCT l.subject)::int, array_agg(DISTINCT l.field ORDER BY l.field), array_agg(DISTINCT l.reason ORDER BY l.reason)
  FROM (
    SELECT r.id, r.user_id, r.at, 'roster' AS what, x.line_id AS subject, f.field, lower(r.reason) AS reason, r.request_id IS NOT NULL AS by_two
    FROM roster_reveals r JOIN roster_reveal_lines x ON x.reveal_id = r.id CROSS JOIN LATERAL unnest(r.fields) AS f (field)
    WHERE r.at > now() - make_interval(days => p_days)
    UNION ALL
    SELECT r.id, r.user_id, r.at, 'household', r.household_id, f.field, lower(r.reason), false
    FROM household_reveals r CROSS JOIN LATERAL unnest(r.fields) AS f (field)
    WHERE r.at > now() - make_interval(days => p_days)) AS l
  WHERE guard.root_of_user(l.user_id) = v_root
  GROUP BY 1, 2, 3 ORDER BY 2 DESC, 6 DESC, 1, 3 LIMIT 200;
END $$;

/* That somebody looked stays for good; at what, and in which words, goes when its years are over (59-forgetting). */
CREATE FUNCTION guard.before_reveal_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_gone text[] := '{words,household_id,forgotten_at}';
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> 'forgotten_at' IS NULL AND to_jsonb(NEW) ->> 'forgotten_at' IS NOT NULL
    AND to_jsonb(NEW) - v_gone = to_jsonb(OLD) - v_gone THEN
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' AND EXISTS (SELECT FROM roster_reveals r
      WHERE r.id = (to_jsonb(OLD) ->> 'reveal_id')::bigint AND r.forgotten_at IS NOT NULL) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a look is never taken back' USING ERRCODE = 'NZ004';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON roster_reveals
  FOR EACH ROW EXECUTE FUNCTION guard.before_reveal_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON roster_reveal_lines
  FOR EACH ROW EXECUTE FUNCTION guard.before_reveal_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON household_reveals
  FOR EACH ROW EXECUTE FUNCTION guard.before_reveal_change();

GRANT EXECUTE ON FUNCTION guard.reveal_lines(bigint, text[], int[], text, text), guard.reveal_counts(int, text) TO nuanzhang_app;
