-- What a programme comes to per head elsewhere. A clerk reads the own county's records only, so the
-- comparison is made here: it answers with a median and a spread, never with any organisation's own
-- figure, and says nothing below five peers. Asked for many records at once: what a
-- programme came to in a year is added up once, however many organisations are compared with it.

CREATE FUNCTION guard.per_head_of_peers(p_organisation_ids int[], p_programme_ids int[], p_years int[])
RETURNS TABLE (organisation_id int, programme_id int, fiscal_year int, peers int, median_fen bigint, deviation_fen bigint)
-- PL/pgSQL, so that it is planned once a connection
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS (
    SELECT DISTINCT k.* FROM unnest(p_organisation_ids, p_programme_ids, p_years)
      AS k (organisation_id, programme_id, fiscal_year)
    WHERE guard.session_user_id() IS NOT NULL
  ), heads AS MATERIALIZED (
    SELECT f.organisation_id, f.programme_id, f.fiscal_year,
      sum(f.amount_fen) / nullif(sum({{counts +: f.@ * (p.main_unit = '@wire')::int}}), 0) AS fen
    FROM (SELECT DISTINCT k.programme_id, k.fiscal_year FROM asked k) AS k
    JOIN programmes p ON p.id = k.programme_id
    JOIN figure_rows f ON f.programme_id = k.programme_id AND f.fiscal_year = k.fiscal_year
    -- every organisation by name: the rollup is ordered by organisation first
    WHERE f.organisation_id = ANY (ARRAY(SELECT id FROM organisations))
      AND f.fund_source_id = 0 AND f.status = 'APPROVED'
      -- what is not priced yet would only thin the average
      AND f.unvalued_records = 0
    GROUP BY f.organisation_id, f.programme_id, f.fiscal_year
  ), middle AS (
    SELECT k.organisation_id, k.programme_id, k.fiscal_year, array_agg(h.fen) AS fens,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY h.fen) AS median
    FROM asked k JOIN heads h ON h.programme_id = k.programme_id
      AND h.fiscal_year = k.fiscal_year AND h.organisation_id <> k.organisation_id
    WHERE h.fen > 0
    GROUP BY k.organisation_id, k.programme_id, k.fiscal_year HAVING count(*) >= 5
  )
  SELECT m.organisation_id, m.programme_id, m.fiscal_year, cardinality(m.fens), round(m.median)::bigint, (
    SELECT round(percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(f.fen - m.median)))::bigint
    FROM unnest(m.fens) AS f (fen))
  FROM middle m;
END $$;

GRANT EXECUTE ON FUNCTION guard.per_head_of_peers(int[], int[], int[]) TO nuanzhang_app;
