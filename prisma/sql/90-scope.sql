-- The second wall: what the application's role may touch, and which rows of it. Queries filter by scope
-- themselves; if one forgets, these policies still answer with nothing.

GRANT SELECT ON organisations, organisation_closure, users, user_identities, memberships, programmes, aid_categories, fund_sources,
  recipient_kinds, campaigns, approval_rules, finding_thresholds, export_maps, expectations, nil_declarations, disbursements, disbursement_shares, approval_steps,
  finding_answers, submission_rounds, adjustments, allotments, projects, figure_rollups, figure_deltas, figure_totals, audit_entries,
  ledger_entries, allotment_entries, record_moves, checkpoints,
  idempotency_records, seed_runs TO nuanzhang_app;
-- not the keys of names: a hash of a name can be guessed
GRANT SELECT (id, address, user_id, failed_in_a_row, failures, first_at, tried_at, succeeded_at)
  ON sign_in_attempts TO nuanzhang_app;
GRANT SELECT ON years TO nuanzhang_app;
-- the frozen figures are read through guard.closings
GRANT INSERT (year, payload, sha256, note) ON year_closings TO nuanzhang_app;
GRANT INSERT ON organisations, users, user_identities, memberships, programmes, aid_categories, fund_sources,
  recipient_kinds, campaigns, approval_rules, finding_thresholds, export_maps, expectations, nil_declarations, years,
  disbursements, disbursement_shares, approval_steps, finding_answers, submission_rounds, adjustments, allotments,
  projects, idempotency_records TO nuanzhang_app;
GRANT UPDATE ON organisations, users, memberships, programmes, aid_categories, fund_sources, recipient_kinds,
  campaigns, approval_rules, finding_thresholds, export_maps, expectations, nil_declarations, years,
  disbursements, finding_answers, allotments, projects, idempotency_records TO nuanzhang_app;
GRANT DELETE ON disbursement_shares, finding_answers, user_identities, idempotency_records TO nuanzhang_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nuanzhang_app;

DO $$
DECLARE
  t text;
BEGIN
  -- every table, those added later too
  FOR t IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND c.relname <> '_prisma_migrations' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    -- The owner of the tables is also the owner of the guard functions, which must see every row.
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

-- Reference data: everybody who is signed in reads it, administrators keep it.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organisations', 'organisation_closure', 'programmes', 'aid_categories', 'fund_sources', 'recipient_kinds',
    'campaigns', 'approval_rules', 'finding_thresholds', 'export_maps', 'expectations', 'years', 'users', 'memberships', 'seed_runs'] LOOP
    EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO nuanzhang_app
      USING ((SELECT guard.session_user_id()) IS NOT NULL)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['organisations', 'programmes', 'aid_categories', 'fund_sources', 'recipient_kinds', 'campaigns',
    'approval_rules', 'finding_thresholds', 'export_maps', 'expectations', 'users', 'memberships'] LOOP
    EXECUTE format('CREATE POLICY admin_insert ON %I FOR INSERT TO nuanzhang_app
      WITH CHECK ((SELECT guard.is_admin()))', t);
    EXECUTE format('CREATE POLICY admin_update ON %I FOR UPDATE TO nuanzhang_app
      USING ((SELECT guard.is_admin())) WITH CHECK ((SELECT guard.is_admin()))', t);
  END LOOP;
END $$;

CREATE POLICY admin_reads ON user_identities FOR SELECT TO nuanzhang_app USING ((SELECT guard.is_admin()));
-- never their own, and nobody comes in as an import account
CREATE POLICY admin_links ON user_identities FOR INSERT TO nuanzhang_app WITH CHECK ((SELECT guard.is_admin())
  AND user_id <> (SELECT guard.session_user_id()) AND EXISTS (SELECT FROM users u WHERE u.id = user_id AND NOT u.is_system));
CREATE POLICY admin_unlinks ON user_identities FOR DELETE TO nuanzhang_app
  USING ((SELECT guard.is_admin()) AND user_id <> (SELECT guard.session_user_id()));
CREATE POLICY admin_reads ON sign_in_attempts FOR SELECT TO nuanzhang_app USING ((SELECT guard.is_admin()));
CREATE POLICY province_opens ON years FOR INSERT TO nuanzhang_app
  WITH CHECK ((SELECT guard.at_province('{PROVINCE,ADMIN}')));
CREATE POLICY province_keeps ON year_closings FOR INSERT TO nuanzhang_app
  WITH CHECK ((SELECT guard.at_province('{PROVINCE}')));
CREATE POLICY province_closes ON years FOR UPDATE TO nuanzhang_app
  USING ((SELECT guard.at_province('{PROVINCE}'))) WITH CHECK ((SELECT guard.at_province('{PROVINCE}')));

-- Records: the subtree of the reader. The guards are asked once a statement; the closure is probed for a few
-- rows and hashed once for many (docs/decisions/0011).
DO $$
DECLARE
  t text;
  v_below constant text := 'EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = %I.organisation_id AND c.ancestor_id = ANY ((SELECT %s)::int[]))';
BEGIN
  FOREACH t IN ARRAY ARRAY['disbursements', 'disbursement_shares', 'approval_steps', 'finding_answers',
    'submission_rounds', 'adjustments', 'allotments', 'projects', 'figure_rollups', 'figure_deltas', 'figure_totals', 'ledger_entries',
    'allotment_entries', 'record_moves', 'nil_declarations'] LOOP
    EXECUTE format('CREATE POLICY read_scope ON %I FOR SELECT TO nuanzhang_app
      USING ((SELECT guard.reads_everything()) OR ' || v_below || ')', t, t, 'guard.reading_homes()');
  END LOOP;
  FOREACH t IN ARRAY ARRAY['disbursements', 'disbursement_shares', 'finding_answers', 'submission_rounds', 'adjustments', 'nil_declarations', 'projects'] LOOP
    EXECUTE format('CREATE POLICY clerk_inserts ON %I FOR INSERT TO nuanzhang_app
      WITH CHECK (' || v_below || ')', t, t, 'guard.homes(''{CLERK}'')');
  END LOOP;
  FOREACH t IN ARRAY ARRAY['disbursement_shares', 'finding_answers'] LOOP
    EXECUTE format('CREATE POLICY clerk_deletes ON %I FOR DELETE TO nuanzhang_app
      USING (' || v_below || ')', t, t, 'guard.homes(''{CLERK}'')');
  END LOOP;
  FOREACH t IN ARRAY ARRAY['finding_answers', 'nil_declarations'] LOOP
    EXECUTE format('CREATE POLICY clerk_updates ON %I FOR UPDATE TO nuanzhang_app
      USING (' || v_below || ')', t, t, 'guard.homes(''{CLERK}'')');
  END LOOP;
  EXECUTE format('CREATE POLICY work_updates ON disbursements FOR UPDATE TO nuanzhang_app
    USING (' || v_below || ')', 'disbursements', 'guard.homes(''{CLERK,REVIEWER,PROVINCE}'')');
  EXECUTE format('CREATE POLICY project_steps ON projects FOR UPDATE TO nuanzhang_app
    USING (' || v_below || ')', 'projects', 'guard.homes(''{CLERK,REVIEWER,PROVINCE}'')');
  EXECUTE format('CREATE POLICY steps_taken ON approval_steps FOR INSERT TO nuanzhang_app
    WITH CHECK (' || v_below || ')', 'approval_steps', 'guard.homes(''{CLERK,REVIEWER,PROVINCE}'')');
  EXECUTE format('CREATE POLICY province_allots ON allotments FOR INSERT TO nuanzhang_app
    WITH CHECK (' || v_below || ')', 'allotments', 'guard.homes(''{PROVINCE}'')');
  EXECUTE format('CREATE POLICY province_voids ON allotments FOR UPDATE TO nuanzhang_app
    USING (' || v_below || ')', 'allotments', 'guard.homes(''{PROVINCE}'')');
  -- a reviewer passes down what is there already; both rows lie at or below their own organisation
  EXECUTE format('CREATE POLICY reviewer_passes_down ON allotments FOR INSERT TO nuanzhang_app
    WITH CHECK (transfer_kind = ''PASSED'' AND ' || v_below || ')', 'allotments', 'guard.homes(''{REVIEWER}'')');
  EXECUTE format('CREATE POLICY reviewer_takes_back ON allotments FOR UPDATE TO nuanzhang_app
    USING (transfer_kind = ''PASSED'' AND ' || v_below || ')', 'allotments', 'guard.homes(''{REVIEWER}'')');
END $$;

-- History: of records, to whoever reads the records; of accounts and reference data, to administrators
-- and to the auditors of the province. The closing of a year tells its sums: administrators see no amount.
CREATE POLICY read_history ON audit_entries FOR SELECT TO nuanzhang_app USING (
  CASE WHEN subject_type IN ('disbursement', 'allotment', 'project', 'nil-declaration', 'narrative', 'export', 'import', 'pack', 'attachment', 'evidence-pack')
    THEN (SELECT guard.reads_everything()) OR EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = audit_entries.organisation_id
        AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[]))
    ELSE root_id = (SELECT guard.root_of_session())
      AND ((action <> 'year.close' AND (SELECT guard.is_admin())) OR (SELECT guard.at_province('{AUDITOR,PROVINCE}'))) END);

-- How far the chain has come holds no figure and no name: whoever works under its root may print it.
CREATE POLICY read_root ON checkpoints FOR SELECT TO nuanzhang_app USING (root_id = (SELECT guard.root_of_session()));

-- A person's own stored answers.
CREATE POLICY own_records ON idempotency_records FOR ALL TO nuanzhang_app
  USING (user_id = (SELECT guard.session_user_id())) WITH CHECK (user_id = (SELECT guard.session_user_id()));
