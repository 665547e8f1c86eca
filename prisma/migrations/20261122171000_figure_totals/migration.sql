-- A coarser rollup beside the fine one, so that a dashboard reads a few thousand rows however many
-- records there are: without category, kind and form; month -1 = the whole year, fiscal_year 0 = all
-- years. Folded from the same deltas in the same transaction as the fine one.

CREATE TABLE "figure_totals" (
    "organisation_id" INTEGER NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "month" SMALLINT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "status" "disbursement_status" NOT NULL,
    "records" BIGINT NOT NULL,
    "unvalued_records" BIGINT NOT NULL,
    "estimated_records" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "households" BIGINT NOT NULL,
    "persons" BIGINT NOT NULL,
    "person_times" BIGINT NOT NULL,
    "packs" BIGINT NOT NULL,
    "employers" BIGINT NOT NULL,
    "sessions" BIGINT NOT NULL,
    "posts" BIGINT NOT NULL,

    CONSTRAINT "figure_totals_pkey" PRIMARY KEY ("organisation_id","fiscal_year","month","fund_source_id","programme_id","status")
);

ALTER TABLE figure_totals ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure_totals FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON figure_totals TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY read_scope ON figure_totals FOR SELECT TO nuanzhang_app
  USING (organisation_id = ANY ((SELECT guard.readable_organisations())::int[]));
GRANT SELECT ON figure_totals TO nuanzhang_app;

/* Fine rows, each counted into its month, its year and all years. */
CREATE FUNCTION guard.add_to_totals(p_rows figure_rollups[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO figure_totals AS r (organisation_id, fiscal_year, month, fund_source_id, programme_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status,
    sum(f.records)::bigint AS records, sum(f.unvalued_records)::bigint AS unvalued_records, sum(f.estimated_records)::bigint AS estimated_records, sum(f.amount_fen)::bigint AS amount_fen, sum(f.households)::bigint AS households, sum(f.persons)::bigint AS persons, sum(f.person_times)::bigint AS person_times, sum(f.packs)::bigint AS packs, sum(f.employers)::bigint AS employers, sum(f.sessions)::bigint AS sessions, sum(f.posts)::bigint AS posts
  FROM unnest(p_rows) AS f
  CROSS JOIN LATERAL (VALUES (f.fiscal_year, f.month), (f.fiscal_year, -1::smallint), (0::smallint, -1::smallint))
    AS g (fiscal_year, month)
  GROUP BY f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status
  ON CONFLICT (organisation_id, fiscal_year, month, fund_source_id, programme_id, status) DO UPDATE SET
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
$$;
REVOKE ALL ON FUNCTION guard.add_to_totals(figure_rollups[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION guard.fold_figures(p_limit int DEFAULT 50000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_taken int;
  v_rows figure_rollups[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(727070, 2) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM figure_deltas WHERE id IN (SELECT id FROM figure_deltas ORDER BY id LIMIT p_limit) RETURNING *
  ), summed AS (
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
      count(*) AS taken, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts
    FROM taken GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status
  )
  SELECT sum(taken), array_agg(ROW(fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)::figure_rollups)
  INTO v_taken, v_rows FROM summed;
  IF v_taken IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO figure_rollups AS r (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM unnest(v_rows)
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
    posts = r.posts + excluded.posts;
  PERFORM guard.add_to_totals(v_rows);
  RETURN v_taken;
END $$;

/* Every combination of axes on which figures and records, or the two rollups, disagree. No rows = exact. */
CREATE OR REPLACE FUNCTION guard.figure_differences() RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH both_sides AS (
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_rows
    UNION ALL
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, -records, -unvalued_records, -estimated_records, -amount_fen, -households, -persons, -person_times, -packs, -employers, -sessions, -posts FROM figure_truth
  ), both_rollups AS (
    SELECT organisation_id, fiscal_year, month, fund_source_id, programme_id, status, records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts FROM figure_totals
    UNION ALL
    SELECT f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status, -f.records, -f.unvalued_records, -f.estimated_records, -f.amount_fen, -f.households, -f.persons, -f.person_times, -f.packs, -f.employers, -f.sessions, -f.posts
    FROM figure_rollups f CROSS JOIN LATERAL (VALUES (f.fiscal_year, f.month), (f.fiscal_year, -1::smallint),
      (0::smallint, -1::smallint)) AS g (fiscal_year, month)
  )
  SELECT to_jsonb(t) FROM (
    SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM both_sides
    GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status
    HAVING sum(records) <> 0 OR sum(unvalued_records) <> 0 OR sum(estimated_records) <> 0 OR sum(amount_fen) <> 0 OR sum(households) <> 0 OR sum(persons) <> 0 OR sum(person_times) <> 0 OR sum(packs) <> 0 OR sum(employers) <> 0 OR sum(sessions) <> 0 OR sum(posts) <> 0
  ) AS t
  UNION ALL
  SELECT to_jsonb(t) FROM (
    SELECT organisation_id, fiscal_year, month, fund_source_id, programme_id, status, sum(records)::bigint AS records, sum(unvalued_records)::bigint AS unvalued_records, sum(estimated_records)::bigint AS estimated_records, sum(amount_fen)::bigint AS amount_fen, sum(households)::bigint AS households, sum(persons)::bigint AS persons, sum(person_times)::bigint AS person_times, sum(packs)::bigint AS packs, sum(employers)::bigint AS employers, sum(sessions)::bigint AS sessions, sum(posts)::bigint AS posts FROM both_rollups
    GROUP BY organisation_id, fiscal_year, month, fund_source_id, programme_id, status
    HAVING sum(records) <> 0 OR sum(unvalued_records) <> 0 OR sum(estimated_records) <> 0 OR sum(amount_fen) <> 0 OR sum(households) <> 0 OR sum(persons) <> 0 OR sum(person_times) <> 0 OR sum(packs) <> 0 OR sum(employers) <> 0 OR sum(sessions) <> 0 OR sum(posts) <> 0
  ) AS t
$$;

/* Counts everything afresh: for a restored or bulk-loaded database. In the order in which it is read. */
CREATE OR REPLACE FUNCTION guard.rebuild_figures() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  LOCK TABLE disbursements, disbursement_shares, figure_deltas, figure_rollups, figure_totals
    IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM figure_deltas;
  DELETE FROM figure_rollups;
  DELETE FROM figure_totals;
  INSERT INTO figure_rollups (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form, fund_source_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts
  FROM figure_truth ORDER BY fiscal_year, fund_source_id, organisation_id, programme_id, month;
  INSERT INTO figure_totals (organisation_id, fiscal_year, month, fund_source_id, programme_id, status,
    records, unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
  SELECT f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status,
    sum(f.records)::bigint AS records, sum(f.unvalued_records)::bigint AS unvalued_records, sum(f.estimated_records)::bigint AS estimated_records, sum(f.amount_fen)::bigint AS amount_fen, sum(f.households)::bigint AS households, sum(f.persons)::bigint AS persons, sum(f.person_times)::bigint AS person_times, sum(f.packs)::bigint AS packs, sum(f.employers)::bigint AS employers, sum(f.sessions)::bigint AS sessions, sum(f.posts)::bigint AS posts
  FROM figure_rollups f
  CROSS JOIN LATERAL (VALUES (f.fiscal_year, f.month), (f.fiscal_year, -1::smallint), (0::smallint, -1::smallint))
    AS g (fiscal_year, month)
  GROUP BY f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status
  ORDER BY g.fiscal_year, g.month, f.fund_source_id, f.organisation_id;
END $$;

-- What an older database has folded already.
SELECT guard.rebuild_figures();
