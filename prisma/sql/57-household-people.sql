-- One household, one file, and nobody in two: who is held by a file is known by a random id, and no role but the owner
-- reads it. What may be said of it is said here; so are sums, aid and what lies behind a mask.

CREATE FUNCTION guard.most_people_named() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 20 $$;
CREATE FUNCTION guard.most_reveals() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 50 $$;

/* May the session's user, in one of the roles, see what is this organisation's? */
CREATE FUNCTION guard.works_for(p_organisation_id int, p_roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = p_organisation_id AND c.ancestor_id = ANY (guard.homes(p_roles)));
END $$;

/* Files hold whom they name until they are closed. Whoever asks for what another has not committed yet waits here, and
   is refused when it is. Of a file in reach its code is told; of one elsewhere one bit, written down and limited. */
CREATE FUNCTION guard.settle_household_people(p_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_detail json;
BEGIN
  DELETE FROM household_people p WHERE p.household_id = ANY (p_ids) AND NOT EXISTS (
    SELECT FROM household_members m JOIN households h ON h.id = m.household_id
    WHERE m.household_id = p.household_id AND m.identity_id = p.identity_id AND h.status <> 'CLOSED');
  INSERT INTO household_people (identity_id, household_id)
  SELECT m.identity_id, m.household_id FROM household_members m JOIN households h ON h.id = m.household_id
  WHERE m.household_id = ANY (p_ids) AND m.identity_id IS NOT NULL AND h.status <> 'CLOSED'
  ORDER BY m.identity_id ON CONFLICT DO NOTHING;
  SELECT json_build_object('organisation', min(m.organisation_id), 'elsewhere', count(*) FILTER (WHERE x.code IS NULL),
    'people', json_agg(json_build_object('no', m.no, 'code', x.code) ORDER BY m.no)) INTO v_detail
  FROM household_members m JOIN household_people p ON p.identity_id = m.identity_id AND p.household_id <> m.household_id
  JOIN households own ON own.id = m.household_id AND own.status <> 'CLOSED'
  LEFT JOIN LATERAL (SELECT h.code FROM households h
    WHERE h.id = p.household_id AND guard.works_for(h.organisation_id, '{CLERK,REVIEWER}')) AS x ON true
  WHERE m.household_id = ANY (p_ids) HAVING count(*) > 0;
  IF v_detail IS NOT NULL THEN
    RAISE EXCEPTION 'somebody in this file has one already' USING ERRCODE = 'NZ041', DETAIL = v_detail;
  END IF;
END $$;

CREATE FUNCTION guard.after_household_members() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- an answer that nobody is given any more today is not made either
  IF EXISTS (SELECT FROM changed_rows r WHERE r.identity_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM household_people p WHERE (p.identity_id, p.household_id) = (r.identity_id, r.household_id)))
    AND (SELECT coalesce(sum(r.people), 0) FROM household_refusals r
      -- what this transaction was told, it files the others by
      WHERE r.user_id = guard.session_user_id() AND r.at > now() - interval '1 day' AND r.xmin <> pg_current_xact_id()::xid) >= guard.most_people_named() THEN
    RAISE EXCEPTION 'asked too often who has a file elsewhere' USING ERRCODE = 'NZ021';
  END IF;
  PERFORM guard.settle_household_people(ARRAY(SELECT DISTINCT r.household_id FROM changed_rows r));
  RETURN NULL;
END $$;
CREATE TRIGGER held_people AFTER INSERT ON household_members REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_household_members();

CREATE FUNCTION guard.after_household_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.settle_household_people(ARRAY(
    SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.status <> o.status));
  RETURN NULL;
END $$;
CREATE TRIGGER released_people AFTER UPDATE ON households REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_household_status();

/* Writes down that a file was refused for what stands elsewhere, after it was undone: an answer was given. */
CREATE FUNCTION guard.note_household_refusal(p_organisation_id int, p_people int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  IF NOT guard.works_for(p_organisation_id, '{CLERK}') THEN
    RAISE EXCEPTION 'nothing of this person was refused' USING ERRCODE = '42501';
  END IF;
  INSERT INTO household_refusals (user_id, organisation_id, people) VALUES (v_user, p_organisation_id, p_people);
END $$;

/* Told at the commit, when nothing else is waited for any more (30-audit). */
CREATE FUNCTION guard.after_household_refusal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.write_entries(guard.root_of_user(NEW.user_id), ARRAY['household.refuse'], ARRAY[NEW.id::text], ARRAY[NEW.organisation_id],
    ARRAY[json_build_object('people', NEW.people)::text], ARRAY[NULL::text]);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER announced AFTER INSERT ON household_refusals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_household_refusal();

/* Files in reach that hold whoever has one of these documents; nothing of files elsewhere. */
CREATE FUNCTION guard.households_of(p_digests text[]) RETURNS TABLE (household_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT m.household_id FROM person_keys k JOIN household_members m ON m.identity_id = k.identity_id
  WHERE k.digest IN (SELECT decode(d, 'hex') FROM unnest(p_digests) AS d)
    AND guard.works_for(m.organisation_id, '{CLERK,REVIEWER}') AND NOT guard.is_limited(m.household_id);
END $$;

/* Which of these households (by `n`) have a file: its code where the asker works, null where it is elsewhere. Elsewhere is
   looked at only where they are to be filed, and then it is an answer: written down, and ended for the day like others. From
   there on nobody who is known by a document is asked after, whoever it is: were only those held elsewhere left out, leaving
   out would be the answer. */
CREATE FUNCTION guard.files_holding(p_organisation_id int, p_documents jsonb, p_asks boolean) RETURNS TABLE (n int, code text, asked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_left int;
  v_told int := 0;
  v record;
BEGIN
  IF NOT guard.works_for(p_organisation_id, '{CLERK}') THEN
    RAISE EXCEPTION 'files are made by clerks of the place' USING ERRCODE = '42501';
  END IF;
  IF p_asks THEN
    -- one list after another: what one is told the next one counts
    PERFORM FROM users u WHERE u.id = v_user FOR NO KEY UPDATE;
    v_left := guard.most_people_named() - (SELECT coalesce(sum(r.people), 0) FROM household_refusals r
      WHERE r.user_id = v_user AND r.at > now() - interval '1 day');
  END IF;
  FOR v IN
    SELECT (x.document ->> 'n')::int AS n, count(DISTINCT p.identity_id)::int AS people,
      max(h.code) FILTER (WHERE guard.works_for(h.organisation_id, '{CLERK,REVIEWER}')) AS code
    FROM jsonb_array_elements(p_documents) AS x (document) CROSS JOIN LATERAL jsonb_array_elements(x.document -> 'digests') AS d
    LEFT JOIN person_keys k ON k.digest = decode(d ->> 'digest', 'hex')
    LEFT JOIN household_people p ON p.identity_id = k.identity_id LEFT JOIN households h ON h.id = p.household_id
    GROUP BY 1 ORDER BY 1
  LOOP
    n := v.n;
    code := v.code;
    asked := v.code IS NOT NULL OR NOT p_asks OR v_left > 0;
    IF NOT asked OR v.code IS NOT NULL THEN
      RETURN NEXT;
    ELSIF p_asks AND v.people > 0 THEN
      v_left := v_left - v.people;
      v_told := v_told + v.people;
      RETURN NEXT;
    END IF;
  END LOOP;
  IF v_told > 0 THEN
    PERFORM guard.note_household_refusal(p_organisation_id, v_told);
  END IF;
END $$;

/* How many files there are, by place, status, tier of a year and cause: to whoever reads there, without a file. */
CREATE FUNCTION guard.household_sums(p_year int) RETURNS TABLE (
  organisation_id int, status text, tier text, cause text, households int, people int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_homes int[] := guard.reading_homes();
BEGIN
  RETURN QUERY
  SELECT f.organisation_id, f.status, f.tier, f.cause, count(*)::int, sum(f.people)::int
  FROM (
    SELECT h.organisation_id, h.status, h.cause, CASE WHEN h.tier_year = p_year THEN h.tier WHEN h.tier_year > p_year THEN (
        SELECT e.tier FROM household_events e WHERE e.household_id = h.id AND e.year = p_year ORDER BY e.no DESC LIMIT 1) END AS tier,
      (SELECT count(*) FROM household_members m WHERE m.household_id = h.id) AS people
    FROM households h WHERE EXISTS (
      SELECT FROM organisation_closure c WHERE c.descendant_id = h.organisation_id AND c.ancestor_id = ANY (v_homes))) AS f
  GROUP BY 1, 2, 3, 4;
END $$;

/* What rosters gave the people of a file: the records in reach one by one, what stands elsewhere as one sum without a
   place; apart from them the lines whose payment came back from the bank and was not paid anew. Of people whom the file has held for less than a day nothing is summed elsewhere: a number that was typed to
   be asked after answers nothing. */
CREATE FUNCTION guard.household_aid(p_id uuid) RETURNS TABLE (
  disbursement_id bigint, lines int, amount_fen bigint, unpriced int, back_lines int, back_fen bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_homes int[] := guard.reading_homes();
BEGIN
  IF NOT EXISTS (SELECT FROM households h WHERE h.id = p_id AND h.limited_at IS NULL AND guard.works_for(h.organisation_id, '{CLERK,REVIEWER}')) THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT x.record_id, count(*) FILTER (WHERE NOT x.back)::int, (sum(x.fen) FILTER (WHERE NOT x.back))::bigint,
    count(*) FILTER (WHERE NOT x.back AND x.fen IS NULL)::int, count(*) FILTER (WHERE x.back)::int, (sum(x.fen) FILTER (WHERE x.back))::bigint
  FROM (
    SELECT CASE WHEN own.reads THEN d.id END AS record_id, l.amount_fen AS fen,
      coalesce((SELECT p.state = 'RETURNED' FROM guard.last_payment(l.id) p), false) AS back
    FROM household_members m JOIN roster_lines l ON l.identity_id = m.identity_id
    JOIN disbursements d ON d.id = l.disbursement_id AND d.entry_kind <> 'REVERSAL'
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (v_homes)) AS reads) AS own
    WHERE m.household_id = p_id AND (d.status = 'APPROVED' OR d.status = 'SUBMITTED' AND own.reads)
      AND NOT EXISTS (SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
        WHERE a.original_id = d.id AND r.status = 'APPROVED')
      AND (own.reads OR EXISTS (SELECT FROM household_people p
        WHERE p.identity_id = m.identity_id AND p.household_id = p_id AND p.since <= now() - interval '1 day'))) AS x
  GROUP BY x.record_id;
END $$;

/* Whose file the lines of a roster are of: to whoever works beside the roster and beside the file. */
CREATE FUNCTION guard.files_of_roster(p_disbursement_id bigint) RETURNS TABLE (no int, id uuid, code text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT l.no, h.id, h.code
  FROM roster_lines l JOIN household_people p ON p.identity_id = l.identity_id JOIN households h ON h.id = p.household_id
  WHERE l.disbursement_id = p_disbursement_id AND h.limited_at IS NULL
    AND guard.works_for(l.organisation_id, '{CLERK,REVIEWER}') AND guard.works_for(h.organisation_id, '{CLERK,REVIEWER}')
  ORDER BY l.no;
END $$;

/* Somebody looks behind the mask: said in the chain before anything is shown, counted, and ended for the day. */
CREATE FUNCTION guard.reveal_household(p_id uuid, p_fields text[], p_reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_organisation int := (SELECT h.organisation_id FROM households h WHERE h.id = p_id AND h.limited_at IS NULL AND h.forgotten_at IS NULL);
  v_before int;
BEGIN
  IF v_organisation IS NULL OR NOT guard.works_for(v_organisation, '{CLERK,REVIEWER}') THEN
    RAISE EXCEPTION 'nothing to reveal there' USING ERRCODE = '42501';
  END IF;
  -- one after another: the fiftieth is counted by the fifty-first
  PERFORM FROM users u WHERE u.id = v_user FOR NO KEY UPDATE;
  SELECT count(*) INTO v_before FROM household_reveals r WHERE r.user_id = v_user AND r.at > now() - interval '1 day';
  IF v_before >= guard.most_reveals() THEN
    RAISE EXCEPTION 'revealed too much in one day' USING ERRCODE = 'NZ021';
  END IF;
  INSERT INTO household_reveals (user_id, household_id, organisation_id, fields, reason)
  VALUES (v_user, p_id, v_organisation, p_fields, p_reason);
  PERFORM guard.write_entries(guard.root_of_user(v_user), ARRAY['household.reveal'], ARRAY[p_id::text], ARRAY[v_organisation],
    ARRAY[json_build_object('fields', p_fields, 'reason', lower(p_reason))::text], ARRAY[NULL::text]);
  RETURN v_before + 1;
END $$;

GRANT EXECUTE ON FUNCTION guard.note_household_refusal(int, int), guard.households_of(text[]), guard.files_holding(int, jsonb, boolean), guard.household_sums(int),
  guard.household_aid(uuid), guard.files_of_roster(bigint), guard.reveal_household(uuid, text[], text) TO nuanzhang_app;
