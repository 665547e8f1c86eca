-- What a programme comes to per head elsewhere. A clerk reads the own county's records only, so the
-- comparison is made here: it answers with a median and a spread, never with any organisation's own
-- figure, and says nothing below five peers.

CREATE FUNCTION guard.per_head_of_peers(p_organisation_id int, p_programme_id int, p_year int)
RETURNS TABLE (peers int, median_fen bigint, deviation_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH heads AS (
    SELECT sum(f.amount_fen) / nullif(sum({{counts +: f.@ * (p.main_unit = '@wire')::int}}), 0) AS fen
    FROM programmes p
    JOIN figure_rows f ON f.programme_id = p.id
    WHERE p.id = p_programme_id AND guard.session_user_id() IS NOT NULL
      -- every organisation by name: the rollup is ordered by organisation first
      AND f.organisation_id = ANY (ARRAY(SELECT id FROM organisations WHERE id <> p_organisation_id))
      AND f.fiscal_year = p_year AND f.fund_source_id = 0 AND f.status = 'APPROVED'
      -- what is not priced yet would only thin the average
      AND f.unvalued_records = 0
    GROUP BY f.organisation_id
  ), middle AS (
    SELECT count(*)::int AS peers, percentile_disc(0.5) WITHIN GROUP (ORDER BY fen) AS median
    FROM heads WHERE fen > 0
  )
  SELECT m.peers, round(m.median)::bigint, round((
      SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(fen - m.median)) FROM heads WHERE fen > 0))::bigint
  FROM middle m WHERE m.peers >= 5
$$;

GRANT EXECUTE ON FUNCTION guard.per_head_of_peers(int, int, int) TO nuanzhang_app;
