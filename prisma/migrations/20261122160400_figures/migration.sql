-- Figures: an append-only list of deltas, written by the statement that changed the records, folded into
-- a rollup in the background. Readers add both up in one statement, so a figure is never stale and
-- writers on one county never wait for each other. fund_source_id 0 = whole records; other values =
-- the share one source carries (its amount; the record's counts).

/* What a figure is made of: the folded rows and those not yet folded. Sum over it, always grouped. */
CREATE VIEW figure_rows WITH (security_invoker = true) AS
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_rollups
  UNION ALL
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_deltas;

CREATE FUNCTION guard.figures_after_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM (
    SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id, coalesce(d.aid_category_id, 0) AS aid_category_id,
      coalesce(d.recipient_kind_id, 0) AS recipient_kind_id, coalesce(d.form::text, '') AS form,
      p.fund_source_id, d.status, d.sign AS records,
      d.sign * (d.amount_kind = 'UNVALUED')::int AS unvalued_records,
      d.sign * (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      d.sign * coalesce(p.amount_fen, 0) AS amount_fen,
      d.sign * coalesce(d.households, 0) AS households, d.sign * coalesce(d.persons, 0) AS persons,
      d.sign * coalesce(d.person_times, 0) AS person_times, d.sign * coalesce(d.packs, 0) AS packs,
      d.sign * coalesce(d.employers, 0) AS employers, d.sign * coalesce(d.sessions, 0) AS sessions,
      d.sign * coalesce(d.posts, 0) AS posts
    FROM (SELECT n.*, 1 AS sign FROM new_rows n) AS d
    CROSS JOIN LATERAL (
      SELECT 0 AS fund_source_id, d.amount_fen
      UNION ALL
      SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE s.disbursement_id = d.id
    ) AS p
  ) AS x GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status;
  RETURN NULL;
END $$;
CREATE TRIGGER figures_insert AFTER INSERT ON disbursements REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_insert();

/* The old row is taken out and the new one put in; what did not move cancels out. */
CREATE FUNCTION guard.figures_after_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM (
    SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id, coalesce(d.aid_category_id, 0) AS aid_category_id,
      coalesce(d.recipient_kind_id, 0) AS recipient_kind_id, coalesce(d.form::text, '') AS form,
      p.fund_source_id, d.status, d.sign AS records,
      d.sign * (d.amount_kind = 'UNVALUED')::int AS unvalued_records,
      d.sign * (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      d.sign * coalesce(p.amount_fen, 0) AS amount_fen,
      d.sign * coalesce(d.households, 0) AS households, d.sign * coalesce(d.persons, 0) AS persons,
      d.sign * coalesce(d.person_times, 0) AS person_times, d.sign * coalesce(d.packs, 0) AS packs,
      d.sign * coalesce(d.employers, 0) AS employers, d.sign * coalesce(d.sessions, 0) AS sessions,
      d.sign * coalesce(d.posts, 0) AS posts
    FROM (SELECT o.*, -1 AS sign FROM old_rows o UNION ALL SELECT n.*, 1 FROM new_rows n) AS d
    CROSS JOIN LATERAL (
      SELECT 0 AS fund_source_id, d.amount_fen
      UNION ALL
      SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE s.disbursement_id = d.id
    ) AS p
  ) AS x GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status
  HAVING sum(records) <> 0 OR sum(unvalued_records) <> 0 OR sum(estimated_records) <> 0 OR sum(amount_fen) <> 0 OR sum(households) <> 0 OR sum(persons) <> 0 OR sum(person_times) <> 0 OR sum(packs) <> 0 OR sum(employers) <> 0 OR sum(sessions) <> 0 OR sum(posts) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER figures_update AFTER UPDATE ON disbursements REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_update();

CREATE FUNCTION guard.figures_after_shares() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM (
    SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id, coalesce(d.aid_category_id, 0) AS aid_category_id,
      coalesce(d.recipient_kind_id, 0) AS recipient_kind_id, coalesce(d.form::text, '') AS form,
      p.fund_source_id, d.status, d.sign AS records,
      d.sign * (d.amount_kind = 'UNVALUED')::int AS unvalued_records,
      d.sign * (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      d.sign * coalesce(p.amount_fen, 0) AS amount_fen,
      d.sign * coalesce(d.households, 0) AS households, d.sign * coalesce(d.persons, 0) AS persons,
      d.sign * coalesce(d.person_times, 0) AS person_times, d.sign * coalesce(d.packs, 0) AS packs,
      d.sign * coalesce(d.employers, 0) AS employers, d.sign * coalesce(d.sessions, 0) AS sessions,
      d.sign * coalesce(d.posts, 0) AS posts
    FROM changed_rows AS p
    CROSS JOIN LATERAL (SELECT c.*, TG_ARGV[0]::int AS sign FROM disbursements c WHERE c.id = p.disbursement_id) AS d
  ) AS x GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status;
  RETURN NULL;
END $$;
CREATE TRIGGER figures_insert AFTER INSERT ON disbursement_shares REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_shares('1');
CREATE TRIGGER figures_delete AFTER DELETE ON disbursement_shares REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_shares('-1');

/* Moves deltas into the rollup; one folder at a time. Answers how many deltas it took. */
CREATE FUNCTION guard.fold_figures(p_limit int DEFAULT 50000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_taken int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(727070, 2) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM figure_deltas WHERE id IN (SELECT id FROM figure_deltas ORDER BY id LIMIT p_limit) RETURNING *
  ), folded AS (
    INSERT INTO figure_rollups AS r (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM taken GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status
    ON CONFLICT (organisation_id, fiscal_year, fund_source_id, programme_id, month, aid_category_id,
                 recipient_kind_id, form, status) DO UPDATE SET
    records = r.records + excluded.records,
    unvalued_records = r.unvalued_records + excluded.unvalued_records,
    estimated_records = r.estimated_records + excluded.estimated_records,
    amount_fen = r.amount_fen + excluded.amount_fen,
    households = r.households + excluded.households,
    persons = r.persons + excluded.persons,
    person_times = r.person_times + excluded.person_times,
    packs = r.packs + excluded.packs,
    employers = r.employers + excluded.employers,
    sessions = r.sessions + excluded.sessions,
    posts = r.posts + excluded.posts
    RETURNING 1
  )
  SELECT count(*) INTO v_taken FROM taken;
  RETURN v_taken;
END $$;

/* The figures counted afresh from the records: the yardstick of figure_rows. */
CREATE VIEW figure_truth WITH (security_invoker = true) AS
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM (
    SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id, coalesce(d.aid_category_id, 0) AS aid_category_id,
      coalesce(d.recipient_kind_id, 0) AS recipient_kind_id, coalesce(d.form::text, '') AS form,
      p.fund_source_id, d.status, d.sign AS records,
      d.sign * (d.amount_kind = 'UNVALUED')::int AS unvalued_records,
      d.sign * (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      d.sign * coalesce(p.amount_fen, 0) AS amount_fen,
      d.sign * coalesce(d.households, 0) AS households, d.sign * coalesce(d.persons, 0) AS persons,
      d.sign * coalesce(d.person_times, 0) AS person_times, d.sign * coalesce(d.packs, 0) AS packs,
      d.sign * coalesce(d.employers, 0) AS employers, d.sign * coalesce(d.sessions, 0) AS sessions,
      d.sign * coalesce(d.posts, 0) AS posts
    FROM (SELECT c.*, 1 AS sign FROM disbursements c) AS d
    CROSS JOIN LATERAL (
      SELECT 0 AS fund_source_id, d.amount_fen
      UNION ALL
      SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE s.disbursement_id = d.id
    ) AS p
  ) AS x GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status;

/* Every combination of axes on which figures and records disagree. No rows = exact. */
CREATE FUNCTION guard.figure_differences() RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH both_sides AS (
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_rows
    UNION ALL
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, -records, -unvalued_records, -estimated_records, -amount_fen, -households, -persons, -person_times, -packs, -employers, -sessions, -posts FROM figure_truth
  )
  SELECT to_jsonb(t) FROM (
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM both_sides GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status HAVING sum(records) <> 0 OR sum(unvalued_records) <> 0 OR sum(estimated_records) <> 0 OR sum(amount_fen) <> 0 OR sum(households) <> 0 OR sum(persons) <> 0 OR sum(person_times) <> 0 OR sum(packs) <> 0 OR sum(employers) <> 0 OR sum(sessions) <> 0 OR sum(posts) <> 0
  ) AS t
$$;

/* Counts everything afresh: for a restored or bulk-loaded database. */
CREATE FUNCTION guard.rebuild_figures() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  LOCK TABLE disbursements, disbursement_shares, figure_deltas, figure_rollups IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM figure_deltas;
  DELETE FROM figure_rollups;
  INSERT INTO figure_rollups (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts) SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_truth;
END $$;
REVOKE ALL ON FUNCTION guard.rebuild_figures() FROM PUBLIC;
REVOKE ALL ON FUNCTION guard.figure_differences() FROM PUBLIC;
