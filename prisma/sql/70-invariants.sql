-- What must hold at any hour, asked every night and on demand. One function each, guard.faults_of_<id with
-- underscores>(): how many rows break it, 0 = it holds. They see every row and answer a count, never an amount.
-- Their sentences stand in the messages (health.invariants); lib/features/health/types.ts lists the ids.
-- The laws refuse these states one by one; this finds what came about all the same: by a hand with the owner's
-- password, a restored backup, a fault of ours.

-- Figures.

/* Every figure, folded or not, is the sum of its records, and each rollup of the other. */
CREATE FUNCTION guard.faults_of_figures_match_records() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH both_sides AS (
    SELECT {{axes}}, {{sums}} FROM figure_rows UNION ALL SELECT {{axes}}, {{sums: -@}} FROM figure_truth)
  SELECT count(*) FROM (
    SELECT FROM both_sides GROUP BY {{axes}} HAVING {{sums OR: sum(@) <> 0}}) AS t
$$;

CREATE FUNCTION guard.faults_of_totals_match_rollups() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH both_rollups AS (
    SELECT {{total_axes}}, {{sums}} FROM figure_totals
    UNION ALL SELECT {{total_axes}}, {{sums: -@}} FROM figure_totals_truth)
  SELECT count(*) FROM (
    SELECT FROM both_rollups GROUP BY {{total_axes}} HAVING {{sums OR: sum(@) <> 0}}) AS t
$$;

/* Written before the last transaction that is ten minutes old, and still not folded: nobody folds. */
CREATE FUNCTION guard.faults_of_deltas_are_folded() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH old AS (
    SELECT (transaction_id % 4294967296)::text::xid AS tx FROM audit_entries
    WHERE at < now() - interval '10 minutes' ORDER BY at DESC LIMIT 1)
  SELECT count(*) FROM figure_deltas d, old WHERE age(d.xmin) >= age(old.tx)
$$;

-- Records.

CREATE FUNCTION guard.faults_of_shares_sum() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d LEFT JOIN LATERAL (
    SELECT count(*) AS n, count(s.amount_fen) AS valued, sum(s.amount_fen) AS total
    FROM disbursement_shares s WHERE s.disbursement_id = d.id) AS v ON true
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND ((v.n = 0) <> (d.amount_kind = 'NONE')
    OR CASE WHEN d.amount_fen IS NULL THEN v.valued > 0
       ELSE v.valued < v.n OR v.total IS DISTINCT FROM d.amount_fen END)
$$;

CREATE FUNCTION guard.faults_of_shares_in_their_place() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT disbursement_id, organisation_id FROM disbursement_shares
    UNION ALL SELECT disbursement_id, organisation_id FROM approval_steps
    UNION ALL SELECT disbursement_id, organisation_id FROM finding_answers) AS part
  LEFT JOIN disbursements d ON d.id = part.disbursement_id
  WHERE d.organisation_id IS DISTINCT FROM part.organisation_id
$$;

/* The approvals of the last round, each by another person. */
CREATE VIEW guard.approvals_of_round AS
  SELECT s.disbursement_id, s.actor_id, count(*) AS times
  FROM approval_steps s
  WHERE s.action = 'APPROVE' AND s.round = (
    SELECT count(*) FROM approval_steps x WHERE x.disbursement_id = s.disbursement_id AND x.action = 'SUBMIT')
  GROUP BY s.disbursement_id, s.actor_id;

CREATE FUNCTION guard.faults_of_approved_have_steps() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d
  LEFT JOIN (SELECT disbursement_id, count(*) AS given FROM guard.approvals_of_round GROUP BY 1) AS a
    ON a.disbursement_id = d.id
  WHERE d.status = 'APPROVED'
    AND (coalesce(a.given, 0) <> d.approvals_needed OR d.approvals_given <> d.approvals_needed)
$$;

CREATE FUNCTION guard.faults_of_submitted_have_steps() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND (d.submitted_by IS NULL OR d.submitted_at IS NULL
    OR NOT EXISTS (SELECT FROM approval_steps s WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT'))
$$;

CREATE FUNCTION guard.faults_of_author_never_approves() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d JOIN guard.approvals_of_round a ON a.disbursement_id = d.id
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND a.actor_id = d.created_by
$$;

CREATE FUNCTION guard.faults_of_editor_never_approves() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d JOIN guard.approvals_of_round a ON a.disbursement_id = d.id
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND a.actor_id = ANY (guard.editors_of(ROW(d.*)::disbursements))
$$;

CREATE FUNCTION guard.faults_of_sender_never_approves() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d JOIN guard.approvals_of_round a ON a.disbursement_id = d.id
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND a.actor_id = d.submitted_by
$$;

CREATE FUNCTION guard.faults_of_one_approval_a_person() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM guard.approvals_of_round WHERE times > 1
$$;

/* What the database sets itself: month and the day it is sorted by. */
CREATE FUNCTION guard.faults_of_derived_dates() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements
  WHERE month <> guard.disbursement_month(paid_on, period_from, period_to)
    OR ledger_on <> coalesce(paid_on, period_to, make_date(fiscal_year, 12, 31))
$$;

-- Corrections.

CREATE FUNCTION guard.faults_of_reversals_undo() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements r LEFT JOIN adjustments a ON a.reversal_id = r.id
  LEFT JOIN disbursements o ON o.id = a.original_id
  WHERE r.entry_kind = 'REVERSAL' AND (o.id IS NULL
    OR coalesce(r.amount_fen, 0) + coalesce(o.amount_fen, 0) <> 0
    OR {{counts OR: coalesce(r.@, 0) + coalesce(o.@, 0) <> 0}})
$$;

CREATE FUNCTION guard.faults_of_pairs_move_together() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM adjustments a
  JOIN disbursements reversal ON reversal.id = a.reversal_id
  JOIN disbursements replacement ON replacement.id = a.replacement_id
  WHERE reversal.status <> replacement.status
$$;

CREATE FUNCTION guard.faults_of_one_correction_at_a_time() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
    WHERE r.status <> 'VOIDED' GROUP BY a.original_id HAVING count(*) > 1) AS t
$$;

-- Years and money received.

CREATE FUNCTION guard.faults_of_closed_years_rest() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM disbursements d JOIN years y ON y.year = d.fiscal_year
          WHERE y.status = 'CLOSED' AND greatest(d.updated_at, d.created_at, d.approved_at) > y.closed_at)
    + (SELECT count(*) FROM allotments a JOIN years y ON y.year = a.fiscal_year
       WHERE y.status = 'CLOSED' AND greatest(a.created_at, a.voided_at) > y.closed_at)
$$;

/* A year that was closed without its figures, or by nobody on the chain, has nothing that could stand; nor is one open
   once more that two did not open. */
CREATE FUNCTION guard.faults_of_closed_years_stand() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM guard.frozen_differences())
    + (SELECT count(*) FROM year_closings c WHERE NOT guard.is_on_chain(c)
         OR c.sha256::text <> guard.hash_of(c.payload))
    + (SELECT count(*) FROM years y
       WHERE (SELECT count(*) FROM year_closings c WHERE c.year = y.year) <> (y.status = 'CLOSED')::int
           + (SELECT count(*) FROM year_reopenings r WHERE r.year = y.year AND r.decision = 'CONFIRMED')
         OR y.status = 'OPEN' AND y.reopened_until IS DISTINCT FROM guard.reopened_until(y.year))
$$;

/* What a view froze is what its digest says, of the stamp beside it, and what the records of that position give. Each
   version is held to digest and stamp; counted again as many as there is time for, in another order every day. */
CREATE FUNCTION guard.faults_of_frozen_views_stand() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_begun timestamptz := clock_timestamp();
  v_faults bigint := 0;
  v record;
BEGIN
  FOR v IN SELECT f AS version, f.definition = guard.figure_definition() AS counts, CASE
      WHEN x.payload IS NULL OR x.sha256::text <> guard.hash_of(x.payload) THEN false
      ELSE x.payload::jsonb @> jsonb_build_object('seq', f.seq, 'definition', f.definition, 'place', o.code, 'query', f.query)
      END AS sound
    FROM frozen_views f JOIN organisations o ON o.id = f.place_id LEFT JOIN frozen_figures x ON x.frozen_id = f.id
    ORDER BY sound, md5(concat_ws(' ', f.id, current_date))
  LOOP
    IF NOT v.sound THEN
      v_faults := v_faults + 1;
    ELSIF clock_timestamp() - v_begun > guard.recount_time() THEN
      EXIT;
    ELSIF v.counts AND EXISTS (SELECT FROM guard.frozen_view_differences(v.version)) THEN
      v_faults := v_faults + 1;
    END IF;
  END LOOP;
  RETURN v_faults;
END $$;

CREATE FUNCTION guard.faults_of_allotments_are_whole() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM allotments
  WHERE CASE WHEN transfer_kind IS NULL THEN amount_fen <= 0 ELSE (amount_fen < 0) = (taken_from_id IS NULL) END OR (voided_at IS NULL) <> (voided_by IS NULL) OR (voided_at IS NULL) <> (void_reason IS NULL)
$$;

/* What was passed down or carried over arrived to the fen and in its place, and no allotment gave away more than it was. */
CREATE FUNCTION guard.faults_of_transfers_are_pairs() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM allotments given LEFT JOIN allotments taken ON taken.paired_id = given.id
      WHERE given.taken_from_id IS NOT NULL AND (taken.id IS NULL OR taken.amount_fen <> -given.amount_fen
        OR (taken.voided_at IS NULL) <> (given.voided_at IS NULL) OR taken.fund_source_id <> given.fund_source_id
        OR taken.transfer_kind <> given.transfer_kind OR taken.programme_id IS DISTINCT FROM given.programme_id
        OR CASE given.transfer_kind WHEN 'CARRIED'
          THEN taken.organisation_id <> given.organisation_id OR taken.fiscal_year <> given.fiscal_year + 1
          ELSE taken.fiscal_year <> given.fiscal_year OR taken.organisation_id IS DISTINCT FROM given.counterpart_id
            OR given.organisation_id IS DISTINCT FROM taken.counterpart_id END))
    + (SELECT count(*) FROM (
        SELECT FROM allotments a JOIN allotments t ON t.taken_from_id = a.id AND t.voided_at IS NULL
        GROUP BY a.id HAVING a.amount_fen + sum(t.amount_fen) < 0 OR a.voided_at IS NOT NULL) AS x)
$$;

-- Projects.

/* No two that stand share some of the same spending, and another person approved than declared. */
CREATE FUNCTION guard.faults_of_projects_stand_apart() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM projects p WHERE p.status <> 'VOIDED' AND (guard.project_beside(ROW(p.*)::projects) IS NOT NULL
    OR p.status <> 'DECLARED' AND (p.approved_by IS NULL OR p.approved_by = p.created_by))
$$;

/* Money that names a project is of its organisation, year, source and programmes; what is given away of it is of the
   same project, and none stands on one that was not approved. */
CREATE FUNCTION guard.faults_of_project_money_in_place() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM allotments a LEFT JOIN projects p ON p.id = a.project_id LEFT JOIN allotments t ON t.id = a.taken_from_id
  WHERE a.project_id IS NOT NULL AND (NOT guard.is_money_of(ROW(a.*)::allotments, ROW(p.*)::projects)
      OR a.voided_at IS NULL AND p.status NOT IN ('APPROVED', 'CLOSED'))
    OR t.id IS NOT NULL AND t.project_id IS DISTINCT FROM a.project_id
$$;

-- The audit chain.

CREATE FUNCTION guard.faults_of_chain_verifies() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT *, lag(hash, 1, repeat('0', 64)::char(64)) OVER chain AS before,
      row_number() OVER chain AS expected
    FROM audit_entries WINDOW chain AS (PARTITION BY root_id ORDER BY position)) AS e
  WHERE e.position <> e.expected OR e.prev_hash <> e.before OR e.hash <> guard.hash_of(concat_ws(' ',
    e.prev_hash, e.root_id, e.position, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    guard.hash_of(guard.frame(e.transaction_id::text, e.actor_id::text, e.action, e.subject_type, e.subject_id,
      e.organisation_id::text, e.body, e.state_digest))))
$$;

CREATE FUNCTION guard.faults_of_records_are_audited() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d WHERE NOT EXISTS (
    SELECT FROM audit_entries e WHERE e.subject_type = 'disbursement' AND e.subject_id = d.id::text)
$$;

CREATE FUNCTION guard.faults_of_allotments_are_audited() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM allotments a WHERE NOT EXISTS (
    SELECT FROM audit_entries e WHERE e.subject_type = 'allotment' AND e.subject_id = a.id::text)
$$;

-- People.

CREATE FUNCTION guard.faults_of_disabled_have_no_session() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE NOT u.active AND s.revoked_at IS NULL AND s.expires_at > now()
$$;

CREATE FUNCTION guard.faults_of_import_accounts_never_sign_in() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM users u WHERE u.is_system AND EXISTS (SELECT FROM credentials c WHERE c.user_id = u.id)
$$;

CREATE FUNCTION guard.faults_of_administrators_only_administer() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(DISTINCT a.user_id) FROM memberships a JOIN memberships b ON b.user_id = a.user_id
  WHERE a.role = 'ADMIN' AND b.role <> 'ADMIN' AND a.revoked_at IS NULL AND b.revoked_at IS NULL
$$;

/* A subtree is a prefix of its path: one wrong path is somebody else's records read. */
CREATE FUNCTION guard.faults_of_tree_is_sound() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM organisations o LEFT JOIN organisations parent ON parent.id = o.parent_id
  WHERE o.path <> coalesce(parent.path, '/') || o.id || '/'
$$;

-- The walls themselves.

CREATE FUNCTION guard.faults_of_rows_are_walled() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
    AND NOT (relrowsecurity AND relforcerowsecurity)
$$;

/* What is granted is written down in prisma/sql; this lists what may never be, to the four roles or to all. */
CREATE FUNCTION guard.faults_of_grants_are_narrow() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) AS g
  LEFT JOIN pg_roles r ON r.oid = g.grantee
  WHERE c.relnamespace IN ('public'::regnamespace, 'guard'::regnamespace) AND c.relkind IN ('r', 'p', 'v')
    AND (g.grantee = 0 OR r.rolname IN ('nuanzhang_worker', 'nuanzhang_sign_in', 'nuanzhang_public') OR r.rolname = 'nuanzhang_app' AND (
      g.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
      OR c.relname IN ('credentials', 'sessions', 'second_factors', 'recovery_codes', 'rate_buckets', 'sql_state', '_prisma_migrations', 'person_keys', 'aid_claims', 'claim_refusals', 'sealing_keys', 'claim_periods', 'roster_reveals', 'roster_reveal_lines', 'household_people', 'household_refusals', 'household_reveals', 'roster_marks')
      OR g.privilege_type = 'DELETE' AND c.relname NOT IN ('disbursement_shares', 'finding_answers', 'idempotency_records', 'user_identities', 'working_copies', 'import_lines', 'roster_lines', 'household_members')
      OR g.privilege_type = 'UPDATE' AND c.relname NOT IN ('organisations', 'users', 'memberships', 'programmes',
        'aid_categories', 'fund_sources', 'recipient_kinds', 'campaigns', 'approval_rules', 'finding_thresholds', 'export_maps', 'expectations', 'nil_declarations', 'notice_reads', 'public_notices', 'workday_years', 'factor_rules', 'retention_rules', 'years', 'disbursements', 'finding_answers', 'allotments', 'projects', 'idempotency_records',
        'working_copies', 'saved_views', 'report_layouts', 'publications', 'imports', 'import_lines', 'import_mappings', 'households')
      OR g.privilege_type = 'INSERT' AND c.relname NOT IN ('organisations', 'users', 'user_identities', 'memberships',
        'programmes', 'aid_categories', 'fund_sources', 'recipient_kinds', 'campaigns', 'approval_rules', 'finding_thresholds', 'export_maps', 'expectations', 'nil_declarations', 'notice_reads', 'sign_sheets', 'public_notices', 'notice_words', 'workday_years', 'years', 'year_closings', 'year_reopenings',
        'disbursements', 'disbursement_shares', 'approval_steps',
        'finding_answers', 'submission_rounds', 'adjustments', 'allotments', 'projects', 'idempotency_records', 'working_copies',
        'households', 'household_members', 'household_events',
        'saved_views', 'report_layouts', 'publications', 'reveal_requests', 'frozen_views', 'frozen_figures', 'narrative_texts', 'imports', 'import_files', 'import_lines', 'import_mappings', 'roster_lines', 'attachments', 'file_keys', 'payment_postings', 'payment_results', 'payment_words', 'payment_batches', 'payment_batch_lines')))
$$;

CREATE FUNCTION guard.faults_of_roles_are_weak() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM pg_roles WHERE rolname IN ('nuanzhang_app', 'nuanzhang_sign_in', 'nuanzhang_worker', 'nuanzhang_public')
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication))
    + (SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
       JOIN pg_roles g ON g.oid = m.roleid
       WHERE r.rolname IN ('nuanzhang_app', 'nuanzhang_sign_in', 'nuanzhang_worker', 'nuanzhang_public')
         AND NOT (r.rolname = 'nuanzhang_worker' AND g.rolname = 'nuanzhang_app'))
$$;

/* A trigger that was switched off, a constraint that was never checked: laws that only look like laws. */
CREATE FUNCTION guard.faults_of_laws_are_in_force() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled <> 'O')
    + (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated)
$$;

-- The calendar.

/* No declaration of nothing stands beside something that was sent for its period. */
CREATE FUNCTION guard.faults_of_nil_is_nil() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM nil_declarations n WHERE n.end_kind IS NULL AND EXISTS (
    SELECT FROM guard.dated_entries d
    WHERE (d.organisation_id, d.programme_id) = (n.organisation_id, n.programme_id) AND d.status IN ('SUBMITTED', 'APPROVED')
      AND (d.ledger_on BETWEEN n.period_from AND n.period_to OR d.starts_on <= n.period_from AND d.ends_on >= n.period_to))
$$;

-- What is being typed.

/* A hundred a person, of a form's or a table's size, each of a record that stands; a correction is always that of
   one, and a table of none. */
CREATE FUNCTION guard.faults_of_working_copies_are_bounded() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM (SELECT FROM working_copies GROUP BY owner_id
            HAVING count(*) > guard.most_working_copies()) AS person)
    + (SELECT count(*) FROM working_copies c
       WHERE octet_length(c.body::text) > CASE c.kind WHEN 'GRID' THEN 2097152 ELSE 262144 END OR c.version < 1
         OR c.kind = 'CORRECTION' AND c.subject_id IS NULL OR c.kind = 'GRID' AND c.subject_id IS NOT NULL
         OR c.subject_id IS NOT NULL AND NOT EXISTS (SELECT FROM disbursements d WHERE d.id = c.subject_id)
         OR NOT EXISTS (SELECT FROM users u WHERE u.id = c.owner_id AND NOT u.is_system))
$$;

-- Imports.

/* What is in is a record of its organisation, once; what was undone is void; of a committed file nothing waits. */
CREATE FUNCTION guard.faults_of_imports_match_records() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM import_lines l JOIN imports i ON i.id = l.import_id
          LEFT JOIN disbursements d ON d.id = l.disbursement_id
          WHERE l.status IN ('IN', 'UNDONE') AND (d.id IS NULL OR d.organisation_id <> l.organisation_id
              OR l.status = 'UNDONE' AND d.status <> 'VOIDED' OR i.status NOT IN ('COMMITTING', 'COMMITTED', 'UNDONE'))
            OR l.status = 'GOOD' AND i.status IN ('COMMITTED', 'UNDONE'))
    + (SELECT count(*) FROM (SELECT FROM import_lines WHERE disbursement_id IS NOT NULL
       GROUP BY disbursement_id HAVING count(*) > 1) AS twice)
    + (SELECT count(*) FROM imports i WHERE i.status IN ('COMMITTED', 'UNDONE') AND NOT EXISTS (
         SELECT FROM audit_entries e WHERE e.subject_type = 'import' AND e.subject_id = i.id::text AND e.action = 'import.finish'))
$$;

-- People.

/* What is claimed is what live lines ask for, and the other way round. */
CREATE FUNCTION guard.faults_of_claims_match_rosters() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH due AS MATERIALIZED (
    SELECT DISTINCT x.identity_id, x.programme_id, x.period_key, x.case_id FROM guard.claims_due(ARRAY(
      SELECT DISTINCT guard.case_of(l.disbursement_id) FROM roster_lines l
      UNION SELECT c.case_id FROM aid_claims c)) AS x)
  SELECT count(*) FROM due FULL JOIN aid_claims c USING (identity_id, programme_id, period_key, case_id)
  WHERE c IS NULL OR due IS NULL
$$;

/* What is submitted or approved and has a roster comes to what it says. */
CREATE FUNCTION guard.faults_of_rosters_add_up() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d
  WHERE d.status IN ('SUBMITTED', 'APPROVED') AND d.id IN (SELECT l.disbursement_id FROM roster_lines l)
    AND EXISTS (SELECT FROM guard.roster_differences(d))
$$;

/* Named is what was handed in with a roster, and what takes such a record back. */
CREATE FUNCTION guard.faults_of_named_by_rosters() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM disbursements d LEFT JOIN adjustments a ON a.reversal_id = d.id
  WHERE d.named <> (d.status IN ('SUBMITTED', 'APPROVED')
    AND coalesce(a.original_id, d.id) IN (SELECT l.disbursement_id FROM roster_lines l))
$$;

/* A payment file holds as many lines of its record, and as much, as it says; none twice while it is open, and none that
   stands open although its money came back, its file was cancelled, or that was let go of without either. */
CREATE FUNCTION guard.faults_of_batches_add_up() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH line AS MATERIALIZED (
    SELECT b.batch_id, b.open, l.id, l.disbursement_id, l.organisation_id, l.amount_fen, last.state,
      EXISTS (SELECT FROM payment_results r WHERE r.line_id = b.line_id AND r.state = 'RETURNED') AS came_back
    FROM payment_batch_lines b LEFT JOIN roster_lines l ON l.id = b.line_id
    LEFT JOIN LATERAL guard.last_payment(b.line_id) AS last ON true)
  SELECT (SELECT count(*) FROM payment_batches b LEFT JOIN LATERAL (
        SELECT count(x.id) AS lines, sum(x.amount_fen) AS fen FROM line x
        WHERE x.batch_id = b.id AND (x.disbursement_id, x.organisation_id) = (b.disbursement_id, b.organisation_id)) AS held ON true
      WHERE held.lines <> b.lines OR held.fen IS DISTINCT FROM b.amount_fen)
    + (SELECT count(*) FROM line x JOIN payment_batches b ON b.id = x.batch_id
      WHERE CASE WHEN b.cancelled_at IS NOT NULL THEN x.open
        WHEN x.open THEN x.state = 'RETURNED' ELSE NOT x.came_back END)
    + (SELECT count(*) FROM (SELECT FROM line x WHERE x.open GROUP BY x.id HAVING count(*) > 1) AS twice)
$$;

/* What was said of each line's money follows from what was said before, of a line of that record that has an amount. */
CREATE FUNCTION guard.faults_of_payments_follow() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT r.*, lag(r.state) OVER w AS before, row_number() OVER w AS nth FROM payment_results r
    WINDOW w AS (PARTITION BY r.line_id ORDER BY r.no)) AS r
  LEFT JOIN roster_lines l ON l.id = r.line_id AND l.amount_fen > 0
    AND (l.disbursement_id, l.organisation_id) = (r.disbursement_id, r.organisation_id)
  LEFT JOIN payment_postings s ON s.id = r.posting_id AND s.disbursement_id = r.disbursement_id
    AND (s.kind = 'REISSUE') = (r.state = 'REISSUED')
  LEFT JOIN disbursements d ON d.id = r.disbursement_id AND d.status = 'APPROVED'
  WHERE l.id IS NULL OR s.id IS NULL OR d.id IS NULL OR r.nth <> r.no OR NOT guard.payment_follows(r.before, r.state)
$$;

/* Each file is what its events and members come to, and holds whom it names. */
CREATE FUNCTION guard.faults_of_households_stand() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM households h WHERE EXISTS (SELECT FROM guard.household_differences(h))
$$;

/* Every seal and every digest is of a key that is in use, and every identity is known by one. */
CREATE FUNCTION guard.faults_of_seals_have_keys() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_rows bigint;
  v_all bigint := (SELECT count(*) FROM person_keys p WHERE NOT EXISTS (
    SELECT FROM sealing_keys k WHERE k.use = 'INDEX' AND k.key_id = p.key_id AND k.retired_at IS NULL))
    + (SELECT count(*) FROM roster_marks m WHERE NOT EXISTS (
    SELECT FROM sealing_keys k WHERE k.use = 'INDEX' AND k.key_id = m.index_key_id AND k.retired_at IS NULL));
BEGIN
  FOR v IN SELECT * FROM guard.sealed_tables() LOOP
    EXECUTE format('SELECT count(*) FROM %I l WHERE l.key_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM sealing_keys k WHERE k.use = ''FIELD'' AND k.key_id = l.key_id AND k.retired_at IS NULL)%s%s', v.name,
      CASE WHEN v.identified THEN ' OR l.identity_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM person_keys p WHERE p.identity_id = l.identity_id)' ELSE '' END,
      CASE WHEN cardinality(v.digests) > 0 THEN ' OR l.index_key_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM sealing_keys k WHERE k.use = ''INDEX'' AND k.key_id = l.index_key_id AND k.retired_at IS NULL)' ELSE '' END)
      INTO v_rows;
    v_all := v_all + v_rows;
  END LOOP;
  RETURN v_all;
END $$;

-- Files. The store itself is asked by a job of its own (lib/features/stored-files), which leaves here what it found.

/* What was read back lately is what was kept. */
CREATE FUNCTION guard.faults_of_files_are_whole() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM attachment_checks c JOIN attachments a ON a.id = c.attachment_id
  WHERE c.fault IS NOT NULL AND a.removed_at IS NULL AND a.forgotten_at IS NULL
$$;

/* Nothing lies in the store that no row knows of. */
CREATE FUNCTION guard.faults_of_files_are_known() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM stray_objects
$$;

/* What stands has its key, and what was removed has none. */
CREATE FUNCTION guard.faults_of_files_have_keys() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM attachments a
  WHERE (a.removed_at IS NULL AND a.forgotten_at IS NULL) <> EXISTS (SELECT FROM file_keys k WHERE k.id = a.id)
$$;

-- Jobs.

CREATE FUNCTION guard.faults_of_jobs_move_on() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM jobs
  WHERE status = 'WAITING' AND created_at < now() - interval '6 hours'
    OR status = 'RUNNING' AND started_at < now() - interval '6 hours'
$$;

CREATE FUNCTION guard.invariants() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT replace(substr(proname, 11), '_', '-') FROM pg_proc
  WHERE pronamespace = 'guard'::regnamespace AND starts_with(proname, 'faults_of_') ORDER BY oid
$$;

/* Asks one, writes down what it found, and answers it. Within a job alone: the system's, or that of somebody
   who may ask for such a one now. */
CREATE FUNCTION guard.check_invariant(p_id text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_job bigint := guard.require_job();
  v_begun timestamptz := clock_timestamp();
  v_faults bigint;
BEGIN
  IF NOT guard.may_ask_job('INVARIANTS') AND EXISTS (SELECT FROM jobs WHERE id = v_job AND asked_by IS NOT NULL) THEN
    RAISE EXCEPTION 'this check is not for this person to make' USING ERRCODE = '42501';
  ELSIF NOT p_id IN (SELECT guard.invariants()) THEN
    RAISE EXCEPTION 'no invariant %', p_id USING ERRCODE = '42883';
  END IF;
  EXECUTE format('SELECT guard.%I()', 'faults_of_' || replace(p_id, '-', '_')) INTO v_faults;
  INSERT INTO invariant_results AS r (invariant, faults, checked_at, took_ms)
  VALUES (p_id, v_faults, clock_timestamp(), extract(epoch FROM clock_timestamp() - v_begun) * 1000)
  ON CONFLICT (invariant) DO UPDATE SET
    faults = excluded.faults, checked_at = excluded.checked_at, took_ms = excluded.took_ms;
  RETURN v_faults;
END $$;

GRANT EXECUTE ON FUNCTION guard.check_invariant(text) TO nuanzhang_app;
GRANT SELECT ON invariant_results TO nuanzhang_app;
CREATE POLICY read_health ON invariant_results FOR SELECT TO nuanzhang_app
  USING ((SELECT guard.may_ask_job('INVARIANTS')));
