-- Never twice: who has aid of a programme in a period has it once, wherever it was entered. The tables of this file
-- know identities by random ids and nobody by name, and no role but the owner reads them; what may be said of them
-- is said here.

/* So many answers about people elsewhere a day, each of so many lines at most. */
CREATE FUNCTION guard.most_refusals() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 20 $$;
CREATE FUNCTION guard.most_lines_named() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 20 $$;

/* The identity behind each document, known by its digests under the keys at hand; a new one where nobody knew it. In
   the order of the digests: two who save at once wait for one another, never in a ring. An index key that is not
   known, or no longer in use, recognises nobody. */
CREATE FUNCTION guard.identities_of(p_documents jsonb) RETURNS TABLE (n int, identity_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_keys text[] := ARRAY(SELECT DISTINCT d ->> 'keyId' FROM jsonb_array_elements(p_documents) AS x (document)
    CROSS JOIN LATERAL jsonb_array_elements(x.document -> 'digests') AS d);
BEGIN
  PERFORM guard.require_session();
  IF cardinality(guard.homes('{CLERK}')) = 0 THEN
    RAISE EXCEPTION 'rosters are entered by clerks' USING ERRCODE = '42501';
  END IF;
  PERFORM guard.require_keys('INDEX', v_keys);
  FOR v IN
    SELECT (x.document ->> 'n')::int AS n, array_agg(decode(d ->> 'digest', 'hex') ORDER BY d ->> 'digest') AS digests,
      array_agg(d ->> 'keyId' ORDER BY d ->> 'digest') AS keys
    FROM jsonb_array_elements(p_documents) AS x (document) CROSS JOIN LATERAL jsonb_array_elements(x.document -> 'digests') AS d
    GROUP BY 1 ORDER BY 2
  LOOP
    n := v.n;
    identity_id := coalesce((SELECT k.identity_id FROM person_keys k WHERE k.digest = ANY (v.digests) LIMIT 1), gen_random_uuid());
    INSERT INTO person_keys AS k (digest, key_id, identity_id)
    SELECT u.digest, u.key_id, identities_of.identity_id FROM unnest(v.digests, v.keys) AS u (digest, key_id) ORDER BY u.digest
    ON CONFLICT DO NOTHING;
    -- whoever was faster has said who it is
    SELECT k.identity_id INTO identity_id FROM person_keys k WHERE k.digest = v.digests[1];
    RETURN NEXT;
  END LOOP;
END $$;

/* A record and its corrections are one case, named by the first of them. */
CREATE FUNCTION guard.case_of(p_id bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id bigint := p_id;
  v_before bigint;
BEGIN
  LOOP
    SELECT a.original_id INTO v_before FROM adjustments a WHERE a.reversal_id = v_id OR a.replacement_id = v_id;
    EXIT WHEN v_before IS NULL;
    v_id := v_before;
  END LOOP;
  RETURN v_id;
END $$;

/* Once a YEAR, unless the programme was given another period; as the year's is. */
CREATE FUNCTION guard.claim_period_of(p_programme_id int, p_year int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT c.period FROM claim_periods c JOIN programmes p ON p.code = c.programme
    WHERE p.id = p_programme_id AND c.from_year <= p_year ORDER BY c.from_year DESC LIMIT 1), 'YEAR');
END $$;

/* The periods for which a record aids whoever it names; none where a programme may come as often as it must. */
CREATE FUNCTION guard.claim_periods_of(p_programme_id int, p_year int, p_first date, p_last date) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE guard.claim_period_of(p_programme_id, p_year)
    WHEN 'NONE' THEN '{}'
    WHEN 'MONTH' THEN ARRAY(SELECT to_char(m, 'YYYY-MM') FROM generate_series(
      date_trunc('month', p_first::timestamp), date_trunc('month', p_last::timestamp), interval '1 month') AS m LIMIT 24)
    ELSE ARRAY[p_year::text] END;
END $$;

CREATE FUNCTION guard.first_day_of(d disbursements) RETURNS date
LANGUAGE sql STABLE
RETURN CASE WHEN (d).paid_on IS NULL AND (d).period_to IS NOT NULL THEN coalesce((d).period_from, (d).ledger_on) ELSE (d).ledger_on END;

/* What the live lines of these cases ask for: of what was submitted or approved and is not undone, and not of a line
   whose money came back. */
CREATE FUNCTION guard.claims_due(p_cases bigint[]) RETURNS TABLE (
  identity_id uuid, programme_id int, period_key text, case_id bigint, record_id bigint, no int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH RECURSIVE members AS (
    SELECT c.id AS case_id, c.id FROM unnest(p_cases) AS c (id)
    UNION ALL
    SELECT m.case_id, a.replacement_id FROM members m
    JOIN adjustments a ON a.original_id = m.id AND a.replacement_id IS NOT NULL
  )
  SELECT l.identity_id, d.programme_id, k.period, m.case_id, d.id, l.no
  FROM members m JOIN disbursements d ON d.id = m.id AND d.status IN ('SUBMITTED', 'APPROVED')
  CROSS JOIN LATERAL unnest(guard.claim_periods_of(d.programme_id, d.fiscal_year, guard.first_day_of(d), d.ledger_on)) AS k (period)
  JOIN roster_lines l ON l.disbursement_id = d.id AND l.identity_id IS NOT NULL
  WHERE NOT guard.is_reversed(d.id)
    AND NOT EXISTS (SELECT FROM payment_results p WHERE p.line_id = l.id AND p.state = 'RETURNED'
      AND NOT EXISTS (SELECT FROM payment_results later WHERE later.line_id = p.line_id AND later.no > p.no));
END $$;

/* Claims follow the moves of records. */
CREATE FUNCTION guard.settle_claims() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_cases bigint[];
BEGIN
  SELECT array_agg(DISTINCT guard.case_of(n.id)) INTO v_cases
  FROM new_rows n JOIN old_rows o ON o.id = n.id
  WHERE n.status <> o.status
    AND (n.entry_kind <> 'ORIGINAL' OR EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = n.id));
  IF v_cases IS NOT NULL THEN
    PERFORM guard.settle_cases(v_cases, EXISTS (SELECT FROM new_rows n WHERE n.status = 'SUBMITTED'
      AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = n.id)));
  END IF;
  RETURN NULL;
END $$;

/* What these cases hold becomes what they ask for. Whoever asks for what another has not committed yet waits here, and
   is refused when it is: of two counties in one second one passes. A refusal tells lines of the asker's own roster and
   a count, and nothing of the other; it is an answer, so there is an end to them in a day. */
CREATE FUNCTION guard.settle_cases(p_cases bigint[], p_asks boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v record;
BEGIN
  IF p_asks AND (SELECT count(*) FROM claim_refusals r WHERE r.user_id = guard.session_user_id()
      AND r.at > now() - interval '1 day') >= guard.most_refusals() THEN
    RAISE EXCEPTION 'asked too often who has aid elsewhere' USING ERRCODE = 'NZ021';
  END IF;
  DELETE FROM aid_claims c WHERE c.case_id = ANY (p_cases) AND NOT EXISTS (
    SELECT FROM guard.claims_due(p_cases) due
    WHERE (due.identity_id, due.programme_id, due.period_key, due.case_id) = (c.identity_id, c.programme_id, c.period_key, c.case_id));
  INSERT INTO aid_claims (identity_id, programme_id, period_key, case_id)
  SELECT DISTINCT ON (1, 2, 3) due.identity_id, due.programme_id, due.period_key, due.case_id
  FROM guard.claims_due(p_cases) due ORDER BY 1, 2, 3, 4
  ON CONFLICT DO NOTHING;
  -- held by another case, or asked for twice by one record
  SELECT x.record_id, array_agg(x.no ORDER BY x.no) AS lines INTO v
  FROM (
    SELECT due.record_id, due.no,
      bool_or(c.case_id <> due.case_id) OR count(*) OVER (PARTITION BY due.record_id, due.identity_id) > 1 AS refused
    FROM guard.claims_due(p_cases) due JOIN aid_claims c
      ON (c.identity_id, c.programme_id, c.period_key) = (due.identity_id, due.programme_id, due.period_key)
    GROUP BY due.record_id, due.no, due.identity_id) AS x
  WHERE x.refused GROUP BY x.record_id ORDER BY x.record_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'aid of this programme and period has been given already' USING ERRCODE = 'NZ020',
      DETAIL = json_build_object('records', ARRAY[v.record_id::text], 'count', cardinality(v.lines),
        'lines', v.lines[1:guard.most_lines_named()]);
  END IF;
END $$;
CREATE TRIGGER roster_claims AFTER UPDATE ON disbursements REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.settle_claims();

/* Writes down that a submission was refused for what stands elsewhere, after it was undone: an answer was given. */
CREATE FUNCTION guard.note_claim_refusal(p_disbursement_id bigint, p_lines int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  INSERT INTO claim_refusals (user_id, disbursement_id, organisation_id, lines)
  SELECT v_user, d.id, d.organisation_id, p_lines FROM disbursements d
  WHERE d.id = p_disbursement_id AND EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (guard.homes('{CLERK}')));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing of this person was refused' USING ERRCODE = '42501';
  END IF;
END $$;

/* Told at the commit, when nothing else is waited for any more (30-audit). */
CREATE FUNCTION guard.after_claim_refusal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.write_entries(guard.root_of_user(NEW.user_id), ARRAY['claim.refuse'], ARRAY[NEW.id::text], ARRAY[NEW.organisation_id],
    ARRAY[json_build_object('disbursement', NEW.disbursement_id::text, 'lines', NEW.lines)::text], ARRAY[NULL::text]);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER announced AFTER INSERT ON claim_refusals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_claim_refusal();

/* What the findings say of a record's roster: its sums, and who stands in it that this reader knows to have been aided
   already. Of others nothing: that is asked at submission. Null where it has no lines. */
CREATE FUNCTION guard.roster_beside(p_id bigint, p_organisation_id int, p_programme_id int, p_year int,
  p_first date, p_last date, p_homes int[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_case bigint;
  v_periods text[];
BEGIN
  IF NOT EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = p_id AND l.organisation_id = p_organisation_id) THEN
    RETURN NULL;
  END IF;
  v_case := guard.case_of(p_id);
  v_periods := guard.claim_periods_of(p_programme_id, p_year, p_first, p_last);
  RETURN (
    WITH line AS MATERIALIZED (
      SELECT l.*, count(*) OVER (PARTITION BY l.identity_id) > 1 AND l.identity_id IS NOT NULL AND cardinality(v_periods) > 0 AS twice
      FROM roster_lines l WHERE l.disbursement_id = p_id AND l.organisation_id = p_organisation_id
    ), known AS MATERIALIZED (
      SELECT DISTINCT line.no, guard.reference_of(d.id) AS reference
      FROM line JOIN aid_claims c ON c.identity_id = line.identity_id AND c.programme_id = p_programme_id
        AND c.period_key = ANY (v_periods) AND c.case_id <> v_case
      JOIN disbursements d ON d.id = c.case_id
      WHERE EXISTS (SELECT FROM organisation_closure x WHERE x.descendant_id = d.organisation_id AND x.ancestor_id = ANY (p_homes))
    )
    SELECT json_build_object('lines', count(*), 'amountFen', coalesce(sum(line.amount_fen), 0)::text,
      'persons', sum(line.persons), 'households', coalesce(sum(line.households), 0), 'packs', coalesce(sum(line.packs), 0),
      'twice', to_json(ARRAY(SELECT t.no FROM line t WHERE t.twice ORDER BY t.no LIMIT guard.most_lines_named())),
      'known', to_json(ARRAY(SELECT DISTINCT k.no FROM known k ORDER BY k.no LIMIT guard.most_lines_named())),
      'references', to_json(ARRAY(SELECT DISTINCT k.reference FROM known k ORDER BY k.reference LIMIT 3)),
      'alike', guard.roster_alike_said(p_id, v_case, p_programme_id, v_periods, p_homes))
    FROM line);
END $$;

/* 编号, as people know a record. */
CREATE FUNCTION guard.reference_of(p_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT o.code || '-' || d.fiscal_year || '-' || lpad(d.id::text, greatest(6, length(d.id::text)), '0')
    FROM disbursements d JOIN organisations o ON o.id = d.organisation_id WHERE d.id = p_id);
END $$;

GRANT EXECUTE ON FUNCTION guard.identities_of(jsonb), guard.note_claim_refusal(bigint, int) TO nuanzhang_app;
