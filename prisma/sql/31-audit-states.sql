-- What an audit entry fixes of its subject: the SHA-256 over everything stored about it, as JSON with the nulls
-- left out (a column added later and still empty changes no digest), keys in jsonb's own order, times in UTC.
-- Nothing of it can be read back from the digest.

/* Each subject that exists: whose it is, where it stands, whether this transaction changed it (its rows carry the
   transaction's number: a savepoint's would not do), and its digest. */
CREATE FUNCTION guard.audit_states(p_subject_type text, p_ids text[]) RETURNS TABLE (
  subject_id text, organisation_id int, root_id int, status text, changed boolean, corrected boolean, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET TimeZone = 'UTC' AS $$
BEGIN
  CASE p_subject_type
    WHEN 'disbursement' THEN RETURN QUERY SELECT * FROM guard.record_states(p_ids::bigint[]);
    WHEN 'household' THEN RETURN QUERY SELECT * FROM guard.household_states(p_ids::uuid[]);
    WHEN 'allotment' THEN RETURN QUERY
      SELECT a.id::text, a.organisation_id, guard.root_of(o.path),
        CASE WHEN a.voided_at IS NULL THEN 'RECEIVED' ELSE 'VOIDED' END,
        a.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(a))::text)
      FROM allotments a JOIN organisations o ON o.id = a.organisation_id WHERE a.id = ANY (p_ids::bigint[]);
    WHEN 'project' THEN RETURN QUERY
      SELECT p.id::text, p.organisation_id, guard.root_of(o.path), p.status,
        p.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(p))::text)
      FROM projects p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ANY (p_ids::bigint[]);
    WHEN 'nil-declaration' THEN RETURN QUERY
      SELECT n.id::text, n.organisation_id, guard.root_of(o.path), coalesce(n.end_kind, 'STANDING'),
        n.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(n))::text)
      FROM nil_declarations n JOIN organisations o ON o.id = n.organisation_id WHERE n.id = ANY (p_ids::bigint[]);
    -- no digest: the worker goes on writing into a job's row, and what that says is no record of anything
    WHEN 'job' THEN RETURN QUERY
      SELECT j.id::text, NULL::int, guard.root_of_user(j.asked_by), j.status,
        j.xmin = pg_current_xact_id_if_assigned()::xid OR EXISTS (
          SELECT FROM job_files f WHERE f.job_id = j.id AND f.xmin = pg_current_xact_id_if_assigned()::xid),
        false, NULL::text
      FROM jobs j WHERE j.id = ANY (p_ids::bigint[]);
    -- nor here: whether a file was read, and by which job, stands in the row as well
    WHEN 'import' THEN RETURN QUERY
      SELECT i.id::text, i.organisation_id, guard.root_of(o.path), i.status,
        i.xmin = pg_current_xact_id_if_assigned()::xid, false, NULL::text
      FROM imports i JOIN organisations o ON o.id = i.organisation_id WHERE i.id = ANY (p_ids::bigint[]);
    -- by its digests; the key that opens the file is sealed apart, and a new key makes that seal anew
    WHEN 'attachment' THEN RETURN QUERY
      SELECT a.id::text, a.organisation_id, guard.root_of(o.path),
        CASE WHEN a.forgotten_at IS NOT NULL THEN 'FORGOTTEN' WHEN a.removed_at IS NULL THEN 'KEPT' ELSE 'REMOVED' END,
        a.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(a))::text)
      FROM attachments a JOIN organisations o ON o.id = a.organisation_id WHERE a.id = ANY (p_ids::uuid[]);
    -- without when its bytes went: that is no deed of anybody
    WHEN 'evidence-pack' THEN RETURN QUERY
      SELECT p.id::text, p.organisation_id, guard.root_of(o.path),
        CASE WHEN p.sealed_at IS NULL THEN 'ASKED' ELSE 'SEALED' END,
        p.xmin = pg_current_xact_id_if_assigned()::xid, false,
        guard.hash_of(jsonb_strip_nulls(to_jsonb(p) - 'dropped_at'::text)::text)
      FROM evidence_packs p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ANY (p_ids::bigint[]);
    WHEN 'pack' THEN RETURN QUERY
      SELECT p.id::text, p.organisation_id, guard.root_of(o.path),
        CASE WHEN p.sealed_at IS NULL THEN 'ASKED' ELSE 'SEALED' END,
        p.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(p))::text)
      FROM packs p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ANY (p_ids::bigint[]);
    WHEN 'admin-request' THEN RETURN QUERY
      SELECT r.id::text, NULL::int, guard.root_of_user(r.requested_by), coalesce(r.decision, 'PENDING'),
        r.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(r))::text)
      FROM admin_requests r WHERE r.id = ANY (p_ids::bigint[]);
    WHEN 'year-reopening' THEN RETURN QUERY
      SELECT r.id::text, NULL::int, guard.root_of_user(r.requested_by), coalesce(r.decision, 'PENDING'),
        r.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(r))::text)
      FROM year_reopenings r WHERE r.id = ANY (p_ids::bigint[]);
    WHEN 'rights-request' THEN RETURN QUERY
      SELECT r.id::text, r.organisation_id, guard.root_of(o.path), coalesce(r.decision, 'PENDING'),
        r.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(r))::text)
      FROM rights_requests r JOIN organisations o ON o.id = r.organisation_id WHERE r.id = ANY (p_ids::bigint[]);
    -- without its words, which go when their years are over
    WHEN 'reveal-request' THEN RETURN QUERY
      SELECT r.id::text, r.organisation_id, guard.root_of(o.path), coalesce(r.decision, 'PENDING'),
        r.xmin = pg_current_xact_id_if_assigned()::xid, false,
        guard.hash_of(jsonb_strip_nulls(to_jsonb(r) - '{words,forgotten_at}'::text[])::text)
      FROM reveal_requests r JOIN organisations o ON o.id = r.organisation_id WHERE r.id = ANY (p_ids::bigint[]);
    WHEN 'publication' THEN RETURN QUERY
      SELECT p.id::text, NULL::int, p.root_id, CASE WHEN p.withdrawn_at IS NULL THEN 'PUBLISHED' ELSE 'WITHDRAWN' END,
        p.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(p))::text)
      FROM publications p WHERE p.id = ANY (p_ids::bigint[]);
    WHEN 'view' THEN RETURN QUERY
      SELECT v.id::text, NULL::int, guard.root_of_user(v.owner_id),
        CASE WHEN v.removed_at IS NULL THEN 'KEPT' ELSE 'REMOVED' END,
        v.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(v))::text)
      FROM saved_views v WHERE v.id = ANY (p_ids::bigint[]);
    WHEN 'layout' THEN RETURN QUERY
      SELECT l.id::text, NULL::int, guard.root_of(o.path), CASE WHEN l.removed_at IS NULL THEN 'KEPT' ELSE 'REMOVED' END,
        l.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(l))::text)
      FROM report_layouts l JOIN organisations o ON o.id = l.organisation_id WHERE l.id = ANY (p_ids::bigint[]);
    WHEN 'narrative' THEN RETURN QUERY
      SELECT n.id::text, n.organisation_id, guard.root_of(o.path), NULL::text,
        n.xmin = pg_current_xact_id_if_assigned()::xid, false, guard.hash_of(jsonb_strip_nulls(to_jsonb(n))::text)
      FROM narrative_texts n JOIN organisations o ON o.id = n.organisation_id WHERE n.id = ANY (p_ids::bigint[]);
    WHEN 'frozen-view' THEN RETURN QUERY
      SELECT f.id::text, f.place_id, f.root_id, 'KEPT', f.xmin = pg_current_xact_id_if_assigned()::xid, false,
        guard.hash_of(jsonb_strip_nulls(to_jsonb(f) || jsonb_build_object('figures', to_jsonb(x)))::text)
      FROM frozen_views f LEFT JOIN frozen_figures x ON x.frozen_id = f.id WHERE f.id = ANY (p_ids::bigint[]);
    WHEN 'user' THEN RETURN QUERY SELECT * FROM guard.user_states(p_ids::uuid[]);
    ELSE RETURN QUERY SELECT * FROM guard.reference_states(p_subject_type, p_ids);
  END CASE;
END $$;

CREATE FUNCTION guard.record_states(p_ids bigint[]) RETURNS TABLE (
  subject_id text, organisation_id int, root_id int, status text, changed boolean, corrected boolean, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_tx xid := pg_current_xact_id_if_assigned()::xid;
BEGIN
  RETURN QUERY
  SELECT d.id::text, d.organisation_id,
    -- asked for each: joined, all records of a place might be gone through for those that are meant
    guard.root_of((SELECT o.path FROM organisations o WHERE o.id = d.organisation_id)), d.status,
    d.xmin = v_tx OR coalesce(share.changed, false) OR coalesce(step.changed, false) OR coalesce(answer.changed, false)
      OR coalesce(payment.changed, false) OR coalesce(batch.changed, false) OR coalesce(paper.changed, false),
    coalesce(correction.changed, false),
    -- whether it is named follows from the roster below, and from the record that a reversal takes back
    guard.hash_of(concat_ws(E'\n', jsonb_strip_nulls(to_jsonb(d) - 'named'::text), coalesce(share.all_of_it, '[]'),
      coalesce(step.all_of_it, '[]'), coalesce(answer.all_of_it, '[]'), coalesce(correction.all_of_it, '[]'),
      -- left out where there is none, as the digests were made before there were any
      round.all_of_it,
      -- likewise; what a line says stands in its commitment, not in its seals, which a new key makes anew
      roster.all_of_it,
      -- likewise, by the lines' numbers
      payment.all_of_it, batch.all_of_it, paper.all_of_it))
  FROM disbursements d
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(s)) ORDER BY s.fund_source_id) AS all_of_it, bool_or(s.xmin = v_tx) AS changed
    FROM disbursement_shares s WHERE s.disbursement_id = d.id) AS share
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(s)) ORDER BY s.id) AS all_of_it, bool_or(s.xmin = v_tx) AS changed
    FROM approval_steps s WHERE s.disbursement_id = d.id) AS step
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(a)) ORDER BY a.rule) AS all_of_it, bool_or(a.xmin = v_tx) AS changed
    FROM finding_answers a WHERE a.disbursement_id = d.id) AS answer
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(r) ORDER BY r.round) AS all_of_it
    FROM submission_rounds r WHERE r.disbursement_id = d.id) AS round
  CROSS JOIN LATERAL (
    SELECT 'roster ' || string_agg(concat_ws(' ', l.no, encode(l.commitment, 'hex'), coalesce(l.amount_fen::text, '-'),
      coalesce(l.packs::text, '-'), l.persons, coalesce(l.households::text, '-'), coalesce(l.identity_id::text, '-'),
      CASE WHEN l.forgotten_at IS NOT NULL THEN 'forgotten' END), E'\n' ORDER BY l.no) AS all_of_it
    FROM roster_lines l WHERE l.disbursement_id = d.id) AS roster
  CROSS JOIN LATERAL (
    SELECT 'payments ' || string_agg(concat_ws(' ', l.no, p.no, p.state, coalesce(p.reason, '-'), p.posting_id, s.told_on), E'\n'
        ORDER BY l.no, p.no) AS all_of_it, bool_or(s.xmin = v_tx) AS changed
    FROM payment_results p JOIN roster_lines l ON l.id = p.line_id JOIN payment_postings s ON s.id = p.posting_id
    WHERE p.disbursement_id = d.id) AS payment
  -- how often a file was taken is told by entries of its own
  CROSS JOIN LATERAL (
    SELECT 'batches ' || string_agg(jsonb_strip_nulls(to_jsonb(b) - 'downloads')::text, E'\n' ORDER BY b.no) AS all_of_it,
      bool_or(b.xmin = v_tx) AS changed
    FROM payment_batches b WHERE b.disbursement_id = d.id) AS batch
  CROSS JOIN LATERAL (
    SELECT 'papers ' || string_agg(x.said, E'\n' ORDER BY x.said) AS all_of_it, bool_or(x.changed) AS changed FROM (
      SELECT concat_ws(' ', 'sheet', s.id, encode(s.roster_digest, 'hex')) AS said, s.xmin = v_tx AS changed
      FROM sign_sheets s WHERE s.disbursement_id = d.id
      UNION ALL
      SELECT concat_ws(' ', 'notice', n.id, encode(n.roster_digest, 'hex'), n.posted_on, n.status), n.xmin = v_tx
      FROM public_notices n WHERE n.disbursement_id = d.id
      UNION ALL
      SELECT concat_ws(' ', 'words', w.id, w.kind, w.answers_id, w.upheld, w.said_on), w.xmin = v_tx
      FROM public_notices n JOIN notice_words w ON w.notice_id = n.id WHERE n.disbursement_id = d.id) AS x) AS paper
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(a)) ORDER BY a.id) AS all_of_it, bool_or(a.xmin = v_tx) AS changed
    FROM adjustments a WHERE a.original_id = d.id) AS correction
  WHERE d.id = ANY (p_ids);
END $$;

/* What a file says of people stands in its commitments, not in its seals, which a new key makes anew. */
CREATE FUNCTION guard.household_states(p_ids uuid[]) RETURNS TABLE (
  subject_id text, organisation_id int, root_id int, status text, changed boolean, corrected boolean, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
  SELECT h.id::text, h.organisation_id, guard.root_of((SELECT o.path FROM organisations o WHERE o.id = h.organisation_id)), h.status,
    h.xmin = pg_current_xact_id_if_assigned()::xid, false,
    guard.hash_of(concat_ws(E'\n', jsonb_strip_nulls(to_jsonb(h) - guard.seals_of('households') - 'key_id'::text),
      (SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(m) - guard.seals_of('household_members') - '{key_id,name_digest,index_key_id}'::text[]) ORDER BY m.no)
       FROM household_members m WHERE m.household_id = h.id),
      (SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(e) - guard.seals_of('household_events') - 'key_id'::text) ORDER BY e.no)
       FROM household_events e WHERE e.household_id = h.id)))
  FROM households h WHERE h.id = ANY (p_ids);
END $$;

/* With the roles and identities, and the password as a hash of its hash. A sign-in that fails changes nothing of it. */
CREATE FUNCTION guard.user_states(p_ids uuid[]) RETURNS TABLE (
  subject_id text, organisation_id int, root_id int, status text, changed boolean, corrected boolean, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_tx xid := pg_current_xact_id_if_assigned()::xid;
BEGIN
  RETURN QUERY
  SELECT u.id::text, NULL::int, guard.root_of_user(u.id), NULL::text,
    u.xmin = v_tx OR coalesce(role.changed, false) OR coalesce(identity.changed, false), false,
    guard.hash_of(concat_ws(E'\n', jsonb_strip_nulls(to_jsonb(u)), coalesce(role.all_of_it, '[]'),
      coalesce(identity.all_of_it, '[]'), coalesce(guard.hash_of(c.password_hash), '')))
  FROM users u LEFT JOIN credentials c ON c.user_id = u.id
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(m)) ORDER BY m.id) AS all_of_it, bool_or(m.xmin = v_tx) AS changed
    FROM memberships m WHERE m.user_id = u.id) AS role
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(i) ORDER BY i.issuer, i.subject) AS all_of_it, bool_or(i.xmin = v_tx) AS changed
    FROM user_identities i WHERE i.user_id = u.id) AS identity
  WHERE u.id = ANY (p_ids);
END $$;

CREATE FUNCTION guard.reference_states(p_subject_type text, p_ids text[]) RETURNS TABLE (
  subject_id text, organisation_id int, root_id int, status text, changed boolean, corrected boolean, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT r.id, NULL::int, r.root_id, r.status, r.tx = pg_current_xact_id_if_assigned()::xid, false,
    guard.hash_of(jsonb_strip_nulls(r.content)::text)
  FROM (
    SELECT o.code AS id, guard.root_of(o.path) AS root_id, NULL::text AS status, o.xmin AS tx, to_jsonb(o) AS content
    FROM organisations o WHERE p_subject_type = 'organisation' AND o.code = ANY (p_ids)
    UNION ALL
    -- with how often one person may have it, where that was changed: what was fixed before stays as it was
    SELECT p.code, NULL, NULL, p.xmin, to_jsonb(p) || jsonb_build_object('claims', (SELECT jsonb_agg(
      to_jsonb(c) - 'programme'::text ORDER BY c.from_year) FROM claim_periods c WHERE c.programme = p.code AND c.reason IS NOT NULL))
    FROM programmes p WHERE p_subject_type = 'programme' AND p.code = ANY (p_ids)
    UNION ALL
    SELECT a.code, NULL, NULL, a.xmin, to_jsonb(a)
    FROM aid_categories a WHERE p_subject_type = 'aid-category' AND a.code = ANY (p_ids)
    UNION ALL
    SELECT f.code, NULL, NULL, f.xmin, to_jsonb(f)
    FROM fund_sources f WHERE p_subject_type = 'fund-source' AND f.code = ANY (p_ids)
    UNION ALL
    SELECT k.code, NULL, NULL, k.xmin, to_jsonb(k)
    FROM recipient_kinds k WHERE p_subject_type = 'recipient-kind' AND k.code = ANY (p_ids)
    UNION ALL
    SELECT c.code, guard.root_of(o.path), NULL, c.xmin, to_jsonb(c)
    FROM campaigns c LEFT JOIN organisations o ON o.id = c.organisation_id
    WHERE p_subject_type = 'campaign' AND c.code = ANY (p_ids)
    UNION ALL
    SELECT a.id::text, guard.root_of(o.path), NULL, a.xmin, to_jsonb(a)
    FROM approval_rules a LEFT JOIN organisations o ON o.id = a.organisation_id
    WHERE p_subject_type = 'approval-rule' AND a.id::text = ANY (p_ids)
    UNION ALL
    SELECT t.id::text, guard.root_of(o.path), NULL, t.xmin, to_jsonb(t)
    FROM finding_thresholds t LEFT JOIN organisations o ON o.id = t.organisation_id
    WHERE p_subject_type = 'finding-threshold' AND t.id::text = ANY (p_ids)
    UNION ALL
    SELECT e.id::text, guard.root_of(o.path), NULL, e.xmin, to_jsonb(e)
    FROM expectations e JOIN organisations o ON o.id = e.organisation_id
    WHERE p_subject_type = 'expectation' AND e.id::text = ANY (p_ids)
    UNION ALL
    SELECT w.year::text, NULL, NULL, w.xmin, to_jsonb(w)
    FROM workday_years w WHERE p_subject_type = 'workdays' AND w.year::text = ANY (p_ids)
    UNION ALL
    SELECT m.code, NULL, NULL, m.xmin, to_jsonb(m)
    FROM export_maps m WHERE p_subject_type = 'export-map' AND m.code = ANY (p_ids)
    UNION ALL
    SELECT f.role, NULL, NULL, f.xmin, to_jsonb(f)
    FROM factor_rules f WHERE p_subject_type = 'factor-rule' AND f.role = ANY (p_ids)
    UNION ALL
    SELECT t.kind, NULL, NULL, t.xmin, to_jsonb(t)
    FROM retention_rules t WHERE p_subject_type = 'retention-rule' AND t.kind = ANY (p_ids)
    UNION ALL
    -- with its last closing, as the digests were made when the year's own row kept it
    SELECT y.year::text, NULL, y.status, y.xmin, to_jsonb(y) || coalesce(last.snapshot, '{}')
    FROM years y LEFT JOIN LATERAL (
      SELECT jsonb_build_object('snapshot', jsonb_build_object('sha256', c.sha256, 'content', c.payload::jsonb)) AS snapshot
      FROM year_closings c WHERE c.year = y.year ORDER BY c.no DESC LIMIT 1) AS last ON true
    WHERE p_subject_type = 'year' AND y.year::text = ANY (p_ids)
  ) AS r;
END $$;
