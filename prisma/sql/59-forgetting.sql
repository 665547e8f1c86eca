-- Forgetting (docs/decisions/0046): when its years are over, or when a person asks for it and two persons agree, what is
-- of a person is emptied. The row stays with its amounts, its counts and what it committed to, so that no sum moves; the
-- record is fixed anew in the chain. No key is needed, and none brings it back. The application can empty nothing itself.

/* What a record still needs its names for; null where nothing does. */
CREATE FUNCTION guard.roster_needed(p_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_case bigint[];
BEGIN
  WITH RECURSIVE members AS (
    SELECT guard.case_of(p_id) AS id
    UNION ALL
    SELECT a.replacement_id FROM members m JOIN adjustments a ON a.original_id = m.id AND a.replacement_id IS NOT NULL
  )
  SELECT array_agg(m.id) INTO v_case FROM members m;
  RETURN CASE
    WHEN EXISTS (SELECT FROM disbursements d WHERE d.id = ANY (v_case)
        AND (d.status = 'SUBMITTED' OR d.status IN ('DRAFT', 'RETURNED') AND guard.is_year_open(d.fiscal_year)))
      OR EXISTS (SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
        WHERE a.original_id = ANY (v_case) AND r.status IN ('DRAFT', 'SUBMITTED', 'RETURNED')) THEN 'REVIEW'
    WHEN EXISTS (SELECT FROM disbursements d WHERE d.id = ANY (v_case) AND guard.is_year_open(d.fiscal_year)) THEN 'CLAIM'
    WHEN EXISTS (SELECT FROM payment_batches b JOIN payment_batch_lines x ON x.batch_id = b.id AND x.open
        WHERE b.disbursement_id = ANY (v_case)) THEN 'PAYMENT'
    WHEN EXISTS (SELECT FROM public_notices n WHERE n.disbursement_id = ANY (v_case) AND n.status = 'POSTED') THEN 'NOTICE' END;
END $$;

/* Until it is closed, a year may still give to whoever had nothing of it. */
CREATE FUNCTION guard.is_year_open(p_year int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN NOT EXISTS (SELECT FROM years y WHERE y.year = p_year AND y.status = 'CLOSED');
END $$;

/* What a file is still needed for: aid of its people that is under review, or of a year that is open. */
CREATE FUNCTION guard.household_needed(p_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT CASE WHEN bool_or(d.status = 'SUBMITTED') THEN 'REVIEW' WHEN count(*) > 0 THEN 'CLAIM' END
    FROM household_members m JOIN roster_lines l ON l.identity_id = m.identity_id JOIN disbursements d ON d.id = l.disbursement_id
    WHERE m.household_id = p_id AND (d.status = 'SUBMITTED' OR d.status = 'APPROVED' AND guard.is_year_open(d.fiscal_year)
      AND NOT guard.is_reversed(d.id)));
END $$;

/* Rows of a sealed table lose everything that was of a person. Answers how many. */
CREATE FUNCTION guard.empty_rows(p_table text, p_ids uuid[], p_also text DEFAULT '') RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_rows int;
BEGIN
  EXECUTE format('UPDATE %I SET forgotten_at = now()%s, %s WHERE id = ANY ($1) AND forgotten_at IS NULL', p_table, p_also,
    (SELECT string_agg(format('%I = NULL', c), ', ') FROM unnest(guard.forgotten_columns(p_table)) AS c)) USING p_ids;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_rows;
END $$;

/* Whoever is saving a number holds this table: they are waited for, so that nobody whom they name is dropped. First of
   all, so that nothing else is held meanwhile. */
CREATE FUNCTION guard.hold_people() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE person_keys IN SHARE ROW EXCLUSIVE MODE;
END $$;

/* Whom no row, no file and no claim names any more is known by no number. */
CREATE FUNCTION guard.drop_people(p_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE 'DELETE FROM person_keys k WHERE k.identity_id = ANY ($1)
    AND NOT EXISTS (SELECT FROM aid_claims c WHERE c.identity_id = k.identity_id)
    AND NOT EXISTS (SELECT FROM household_people p WHERE p.identity_id = k.identity_id)' || (
      SELECT string_agg(format(' AND NOT EXISTS (SELECT FROM %I t WHERE t.identity_id = k.identity_id)', t.name), '')
      FROM guard.sealed_tables() t WHERE t.identified) USING p_ids;
END $$;

/* One entry for each subject, as it stands now. */
CREATE FUNCTION guard.tell_forgotten(p_action text, p_ids text[], p_body json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
BEGIN
  FOR v IN
    SELECT s.root_id, array_agg(s.subject_id ORDER BY s.subject_id) AS ids, array_agg(s.organisation_id ORDER BY s.subject_id) AS places,
      array_agg(s.digest ORDER BY s.subject_id) AS digests, count(*)::int AS entries
    FROM guard.audit_states(guard.subject_type_of(p_action), p_ids) s GROUP BY 1 ORDER BY 1
  LOOP
    PERFORM guard.write_entries(v.root_id, array_fill(p_action, ARRAY[v.entries]), v.ids, v.places,
      array_fill(p_body::text, ARRAY[v.entries]), v.digests);
  END LOOP;
END $$;

CREATE FUNCTION guard.forget_households(p_ids uuid[], p_body json) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_people uuid[] := ARRAY(SELECT DISTINCT m.identity_id FROM household_members m
    WHERE m.household_id = ANY (p_ids) AND m.identity_id IS NOT NULL);
  v_papers text[];
  v_rows int;
BEGIN
  PERFORM guard.hold_people();
  -- with a version of the file, which its parts change with
  v_rows := guard.empty_rows('households', p_ids, ', version = version + 1, updated_at = now()')
    + guard.empty_rows('household_members', ARRAY(SELECT m.id FROM household_members m WHERE m.household_id = ANY (p_ids)))
    + guard.empty_rows('household_events', ARRAY(SELECT e.id FROM household_events e WHERE e.household_id = ANY (p_ids)));
  DELETE FROM household_people p WHERE p.household_id = ANY (p_ids);
  -- of papers the keys go, and the store is tidied at night
  WITH gone AS (UPDATE attachments a SET forgotten_at = now()
    WHERE a.household_id = ANY (p_ids) AND a.removed_at IS NULL AND a.forgotten_at IS NULL RETURNING a.id)
  SELECT coalesce(array_agg(g.id::text ORDER BY g.id), '{}') INTO v_papers FROM gone g;
  PERFORM guard.drop_people(v_people);
  PERFORM guard.tell_forgotten('household.forget', p_ids::text[], p_body);
  PERFORM guard.tell_forgotten('attachment.forget', v_papers, p_body);
  RETURN v_rows + cardinality(v_papers);
END $$;

/* Lines of rosters, and what the bank said of them; they claim nothing any more. */
CREATE FUNCTION guard.forget_lines(p_ids uuid[], p_body json) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_cases bigint[];
  v_rows int;
BEGIN
  PERFORM guard.hold_people();
  SELECT array_agg(DISTINCT l.disbursement_id) AS records, array_agg(DISTINCT l.identity_id) AS people INTO v
  FROM roster_lines l WHERE l.id = ANY (p_ids) AND l.forgotten_at IS NULL;
  IF v.records IS NULL THEN
    RETURN 0;
  END IF;
  v_rows := guard.empty_rows('roster_lines', p_ids)
    + guard.empty_rows('payment_words', ARRAY(SELECT r.id FROM payment_results r WHERE r.line_id = ANY (p_ids)));
  DELETE FROM roster_marks m WHERE m.line_id = ANY (p_ids);
  v_cases := ARRAY(SELECT DISTINCT guard.case_of(d.id) FROM unnest(v.records) AS d (id));
  DELETE FROM aid_claims c WHERE c.case_id = ANY (v_cases) AND NOT EXISTS (
    SELECT FROM guard.claims_due(v_cases) due
    WHERE (due.identity_id, due.programme_id, due.period_key, due.case_id) = (c.identity_id, c.programme_id, c.period_key, c.case_id));
  PERFORM guard.drop_people(v.people);
  PERFORM guard.tell_forgotten('disbursement.forget', v.records::text[], p_body);
  RETURN v_rows;
END $$;

-- When the years are over: a job that nobody asks for, and nothing else.

CREATE FUNCTION guard.require_retention() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_job bigint := (SELECT j.id FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'RETENTION' AND j.asked_by IS NULL);
BEGIN
  IF v_job IS NULL THEN
    RAISE EXCEPTION 'years are over by themselves' USING ERRCODE = '42501';
  END IF;
  RETURN v_job;
END $$;

/* The next of a kind whose years are over: how many were looked through, how many rows were emptied, and the last. What
   is still needed waits for a later night. */
CREATE FUNCTION guard.retain_next(p_kind text, p_after text, p_limit int) RETURNS TABLE (subjects int, emptied int, last text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_body json := json_build_object('job', guard.require_retention(), 'rule', replace(lower(p_kind), '_', '-'));
  v_years int := (SELECT r.years FROM retention_rules r WHERE r.kind = p_kind);
  v_before date := guard.china_today() - make_interval(years => v_years);
  v_files uuid[];
  v_records bigint[];
BEGIN
  IF p_kind IN ('HOUSEHOLDS_CLOSED', 'HOUSEHOLDS_LIFTED') THEN
    v_files := ARRAY(SELECT h.id FROM households h
      WHERE h.forgotten_at IS NULL AND h.status = CASE p_kind WHEN 'HOUSEHOLDS_CLOSED' THEN 'CLOSED' ELSE 'LIFTED' END
        AND h.status IN ('LIFTED', 'CLOSED') AND h.id > coalesce(nullif(p_after, ''), '00000000-0000-0000-0000-000000000000')::uuid
        AND (SELECT max(e.happened_on) FROM household_events e WHERE e.household_id = h.id) < v_before
        AND guard.household_needed(h.id) IS NULL ORDER BY h.id LIMIT p_limit);
    subjects := cardinality(v_files);
    last := v_files[subjects]::text;
    emptied := CASE WHEN subjects > 0 THEN guard.forget_households(v_files, v_body) ELSE 0 END;
  ELSIF p_kind = 'ROSTER_LINES' THEN
    v_records := ARRAY(SELECT d.id FROM disbursements d
      WHERE d.id > coalesce(nullif(p_after, ''), '0')::bigint AND d.fiscal_year + v_years < extract(year FROM guard.china_today())
        AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = d.id AND l.forgotten_at IS NULL)
        AND guard.roster_needed(d.id) IS NULL ORDER BY d.id LIMIT p_limit);
    subjects := cardinality(v_records);
    last := v_records[subjects]::text;
    emptied := guard.forget_lines(ARRAY(SELECT l.id FROM roster_lines l
      WHERE l.disbursement_id = ANY (v_records) AND l.forgotten_at IS NULL), v_body);
  ELSIF p_kind IN ('BANK_WORDS', 'OBJECTIONS') THEN
    IF p_kind = 'BANK_WORDS' THEN
      SELECT array_agg(x.id), array_agg(DISTINCT x.disbursement_id) INTO v_files, v_records FROM (
        SELECT w.id, r.disbursement_id FROM payment_words w JOIN payment_results r ON r.id = w.id JOIN payment_postings s ON s.id = r.posting_id
        WHERE w.forgotten_at IS NULL AND s.told_on < v_before ORDER BY w.id LIMIT p_limit) AS x;
    ELSE
      SELECT array_agg(x.id), array_agg(DISTINCT x.disbursement_id) INTO v_files, v_records FROM (
        SELECT w.id, n.disbursement_id FROM notice_words w JOIN public_notices n ON n.id = w.notice_id
        WHERE w.forgotten_at IS NULL AND n.status <> 'POSTED' AND n.closed_at < v_before ORDER BY w.id LIMIT p_limit) AS x;
    END IF;
    subjects := coalesce(cardinality(v_files), 0);
    emptied := guard.empty_rows(CASE p_kind WHEN 'BANK_WORDS' THEN 'payment_words' ELSE 'notice_words' END, v_files);
    IF subjects > 0 THEN
      PERFORM guard.tell_forgotten('disbursement.forget', v_records::text[], v_body);
    END IF;
  ELSE
    v_records := ARRAY(SELECT r.id FROM roster_reveals r WHERE r.forgotten_at IS NULL AND r.at < v_before ORDER BY r.id LIMIT p_limit);
    UPDATE roster_reveals r SET words = NULL, forgotten_at = now() WHERE r.id = ANY (v_records);
    DELETE FROM roster_reveal_lines x WHERE x.reveal_id = ANY (v_records);
    subjects := cardinality(v_records);
    v_records := ARRAY(SELECT r.id FROM reveal_requests r WHERE r.forgotten_at IS NULL AND r.requested_at < v_before ORDER BY r.id LIMIT p_limit);
    UPDATE reveal_requests r SET words = NULL, forgotten_at = now() WHERE r.id = ANY (v_records);
    subjects := subjects + cardinality(v_records);
    v_records := ARRAY(SELECT r.id FROM household_reveals r WHERE r.forgotten_at IS NULL AND r.at < v_before ORDER BY r.id LIMIT p_limit);
    UPDATE household_reveals r SET household_id = NULL, forgotten_at = now() WHERE r.id = ANY (v_records);
    subjects := subjects + cardinality(v_records);
    emptied := subjects;
  END IF;
  RETURN NEXT;
END $$;

-- When a person asks: one of the place or the province asks on their behalf, another confirms.

/* Why this cannot be asked or confirmed now; null where it can. Of what lies out of reach it is missing. */
CREATE FUNCTION guard.rights_refusal(p_kind text, p_household_id uuid, p_disbursement_id bigint, p_line_no int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  h households;
  l roster_lines;
  v_roles constant text[] := '{CLERK,REVIEWER,PROVINCE}';
BEGIN
  IF p_household_id IS NOT NULL THEN
    SELECT * INTO h FROM households x WHERE x.id = p_household_id;
    RETURN CASE
      WHEN h.id IS NULL OR NOT guard.works_for(h.organisation_id, v_roles) THEN 'MISSING'
      WHEN h.forgotten_at IS NOT NULL THEN 'FORGOTTEN'
      WHEN p_kind = 'LIMIT' THEN CASE WHEN h.limited_at IS NOT NULL THEN 'LIMITED' END
      WHEN p_kind = 'LIFT' THEN CASE WHEN h.limited_at IS NULL THEN 'NOT_LIMITED' END
      WHEN h.status <> 'CLOSED' THEN 'OPEN'
      ELSE guard.household_needed(h.id) END;
  END IF;
  SELECT * INTO l FROM roster_lines x WHERE x.disbursement_id = p_disbursement_id AND x.no = p_line_no;
  RETURN CASE
    WHEN l.id IS NULL OR NOT guard.works_for(l.organisation_id, v_roles) THEN 'MISSING'
    WHEN l.forgotten_at IS NOT NULL THEN 'FORGOTTEN'
    ELSE guard.roster_needed(p_disbursement_id) END;
END $$;

/* A file by its code, to whoever asks for a person there: nothing of the person. */
CREATE FUNCTION guard.household_by_code(p_organisation_id int, p_code text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT h.id FROM households h
    WHERE h.organisation_id = p_organisation_id AND h.code = p_code AND guard.works_for(p_organisation_id, '{CLERK,PROVINCE}'));
END $$;

/* In the name of whoever asks, of a day that has come, and only of what may be asked. */
CREATE FUNCTION guard.before_rights_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.requested_by := guard.require_session();
  NEW.requested_at := clock_timestamp();
  NEW.decision := NULL;
  NEW.decided_by := NULL;
  NEW.decided_at := NULL;
  NEW.rows := NULL;
  NEW.code := (SELECT h.code FROM households h WHERE h.id = NEW.household_id);
  IF guard.rights_refusal(NEW.kind, NEW.household_id, NEW.disbursement_id, NEW.line_no) IS NOT NULL THEN
    RAISE EXCEPTION 'this cannot be asked for now' USING ERRCODE = 'NZ007';
  ELSIF NEW.asked_on > guard.china_today() THEN
    RAISE EXCEPTION 'of a day that is still to come' USING ERRCODE = 'NZ001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON rights_requests
  FOR EACH ROW EXECUTE FUNCTION guard.before_rights_request();
CREATE TRIGGER never_deleted BEFORE DELETE ON rights_requests
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON rights_requests DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('rights-request', 'id');

/* The lines of the same person in a record and its corrections; without a number, the line alone. */
CREATE FUNCTION guard.lines_of_person(p_disbursement_id bigint, p_no int) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    WITH RECURSIVE members AS (
      SELECT guard.case_of(p_disbursement_id) AS id
      UNION ALL
      SELECT a.replacement_id FROM members m JOIN adjustments a ON a.original_id = m.id AND a.replacement_id IS NOT NULL
    )
    SELECT l.id FROM roster_lines this JOIN roster_lines l ON l.id = this.id
      OR l.identity_id = this.identity_id AND l.disbursement_id IN (SELECT m.id FROM members m)
    WHERE this.disbursement_id = p_disbursement_id AND this.no = p_no);
END $$;

/* Confirms (another, who judges there or is of the province), declines (another) or takes back (who asked) what waits;
   it is done in the same moment. */
CREATE FUNCTION guard.decide_rights_request(p_id bigint, p_decision text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := guard.require_session();
  r rights_requests;
  v_rows int;
  v_body json := json_build_object('request', p_id::text);
BEGIN
  SELECT * INTO r FROM rights_requests WHERE id = p_id FOR UPDATE;
  IF r.id IS NULL OR NOT guard.works_for(r.organisation_id, CASE p_decision WHEN 'WITHDRAWN' THEN '{CLERK,PROVINCE}' ELSE '{REVIEWER,PROVINCE}' END::text[]) THEN
    RAISE EXCEPTION 'whoever judges there decides' USING ERRCODE = '42501';
  ELSIF r.decision IS NOT NULL THEN
    RAISE EXCEPTION 'this request does not wait' USING ERRCODE = 'NZ006';
  ELSIF (p_decision = 'WITHDRAWN') <> (r.requested_by = v_me) THEN
    RAISE EXCEPTION 'who asked does not confirm' USING ERRCODE = 'NZ015';
  END IF;
  IF p_decision = 'CONFIRMED' THEN
    IF guard.rights_refusal(r.kind, r.household_id, r.disbursement_id, r.line_no) IS NOT NULL THEN
      RAISE EXCEPTION 'this cannot be done now' USING ERRCODE = 'NZ007';
    ELSIF r.kind <> 'FORGET' THEN
      UPDATE households SET limited_at = CASE r.kind WHEN 'LIMIT' THEN now() END, version = version + 1, updated_at = now()
      WHERE id = r.household_id;
      PERFORM guard.tell_forgotten(CASE r.kind WHEN 'LIMIT' THEN 'household.limit' ELSE 'household.lift' END,
        ARRAY[r.household_id::text], v_body);
    ELSIF r.household_id IS NOT NULL THEN
      v_rows := guard.forget_households(ARRAY[r.household_id], v_body);
    ELSE
      v_rows := guard.forget_lines(guard.lines_of_person(r.disbursement_id, r.line_no), v_body);
    END IF;
  END IF;
  UPDATE rights_requests SET decision = p_decision, decided_by = v_me, decided_at = clock_timestamp(), rows = v_rows WHERE id = p_id;
END $$;

CREATE FUNCTION guard.before_retention_rule() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.kind <> OLD.kind OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON retention_rules
  FOR EACH ROW EXECUTE FUNCTION guard.before_retention_rule();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON retention_rules DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('retention-rule', 'kind');

GRANT SELECT, UPDATE ON retention_rules TO nuanzhang_app;
CREATE POLICY read_signed_in ON retention_rules FOR SELECT TO nuanzhang_app USING ((SELECT guard.session_user_id()) IS NOT NULL);
CREATE POLICY admin_update ON retention_rules FOR UPDATE TO nuanzhang_app
  USING ((SELECT guard.is_admin())) WITH CHECK ((SELECT guard.is_admin()));
GRANT SELECT ON rights_requests TO nuanzhang_app;
GRANT INSERT (kind, organisation_id, household_id, disbursement_id, line_no, reason, asked_on) ON rights_requests TO nuanzhang_app;
CREATE POLICY readers_read ON rights_requests FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = rights_requests.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY workers_ask ON rights_requests FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = rights_requests.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK,PROVINCE}'))::int[])));
GRANT EXECUTE ON FUNCTION guard.retain_next(text, text, int), guard.rights_refusal(text, uuid, bigint, int),
  guard.household_by_code(int, text), guard.decide_rights_request(bigint, text) TO nuanzhang_app;

/* How many rows each sealed table has, and how many of them are emptied: to administrators, who read none. */
CREATE FUNCTION guard.personal_counts() RETURNS TABLE (name text, kept bigint, forgotten bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
BEGIN
  IF NOT guard.is_admin() THEN
    RAISE EXCEPTION 'told to administrators' USING ERRCODE = '42501';
  END IF;
  FOR v IN SELECT t.name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.name::regclass AND a.attname = 'forgotten_at') AS empties
           FROM guard.sealed_tables() t LOOP
    name := v.name;
    EXECUTE format(CASE WHEN v.empties THEN 'SELECT count(*) FILTER (WHERE forgotten_at IS NULL), count(forgotten_at) FROM %I'
      ELSE 'SELECT count(*), 0 FROM %I' END, v.name) INTO kept, forgotten;
    RETURN NEXT;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION guard.personal_counts() TO nuanzhang_app;
