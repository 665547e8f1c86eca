-- More of what must hold at any hour (see 70-invariants): the rows against the chain that vouches for them, as
-- prisma/verify holds them. What needs a key, or a checkpoint kept elsewhere, npm run verify-audit alone can ask.

/* Each record with its shares, steps, answers and corrections is what its last entry fixed, and still there. What was
   loaded before the chain has no entry, and records-are-audited says so. A thousand at a time: their states are long. */
CREATE FUNCTION guard.faults_of_records_are_as_audited() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_ids bigint[];
  v_faults bigint := (SELECT count(DISTINCT e.subject_id) FROM audit_entries e WHERE e.subject_type = 'disbursement'
    AND NOT EXISTS (SELECT FROM disbursements d WHERE d.id = e.subject_id::bigint));
BEGIN
  LOOP
    v_ids := ARRAY(SELECT id FROM disbursements WHERE id > coalesce(v_ids[cardinality(v_ids)], -1) ORDER BY id LIMIT 1000);
    EXIT WHEN cardinality(v_ids) = 0;
    v_faults := v_faults + (
      SELECT count(*) FROM guard.record_states(v_ids) AS now
      CROSS JOIN LATERAL (
        SELECT e.state_digest FROM audit_entries e
        WHERE e.subject_type = 'disbursement' AND e.subject_id = now.subject_id
        ORDER BY e.position DESC LIMIT 1) AS last
      WHERE last.state_digest <> now.digest);
  END LOOP;
  RETURN v_faults;
END $$;

/* Money received, years, accounts with their roles, and what administrators keep: as the last entry that fixed each. */
CREATE FUNCTION guard.faults_of_subjects_are_as_audited() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(sum(found.faults), 0)::bigint
  FROM unnest('{allotment,household,project,year,year-reopening,user,admin-request,organisation,programme,campaign,approval-rule,finding-threshold,export-map,workdays,expectation,nil-declaration,factor-rule,retention-rule,rights-request,reveal-request,view,frozen-view,layout,narrative,pack,attachment,evidence-pack,publication}'::text[]) AS x (kind)
  CROSS JOIN LATERAL (
    WITH last AS (
      SELECT DISTINCT ON (subject_id) subject_id, state_digest FROM audit_entries
      WHERE subject_type = x.kind AND state_digest IS NOT NULL ORDER BY subject_id, position DESC)
    SELECT count(*) AS faults
    FROM last LEFT JOIN guard.audit_states(x.kind, ARRAY(SELECT subject_id FROM last)) AS now USING (subject_id)
    WHERE now.digest IS DISTINCT FROM last.state_digest) AS found
$$;

/* Each kept checkpoint is of this chain; the newest, and that of each closing, has the figures as they were then. */
CREATE FUNCTION guard.faults_of_checkpoints_stand() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT c.*, c.occasion = 'YEAR_CLOSE' OR c.id = max(c.id) OVER (PARTITION BY c.root_id) AS telling FROM checkpoints c) AS c
  LEFT JOIN audit_entries e ON e.root_id = c.root_id AND e.position = c.size AND e.hash = c.head
  WHERE CASE WHEN e.position IS NULL THEN true
    WHEN c.telling THEN guard.figures_digest(c.root_id, c.size) <> c.figures ELSE false END
$$;
