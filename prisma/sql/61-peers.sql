-- What a programme comes to per head elsewhere. A clerk reads the own county's records only, so the
-- comparison is made here: it answers with a median and a spread, never with any organisation's own
-- figure, and says nothing below five peers. Asked for many records at once: what a
-- programme came to in a year is added up once, however many organisations are compared with it. Months are compared
-- with months, and what covers several with what covers several, per head and month: `across`.
-- Granted to nobody: guard.finding_context asks it about records that its caller may read.

CREATE FUNCTION guard.per_head_of_peers(p_organisation_ids int[], p_programme_ids int[], p_years int[], p_across boolean[])
RETURNS TABLE (organisation_id int, programme_id int, fiscal_year int, across boolean, peers int, median_fen bigint, deviation_fen bigint)
-- PL/pgSQL, so that it is planned once a connection
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS (
    SELECT DISTINCT k.* FROM unnest(p_organisation_ids, p_programme_ids, p_years, p_across)
      AS k (organisation_id, programme_id, fiscal_year, across)
  ), heads AS MATERIALIZED (
    SELECT f.organisation_id, k.programme_id, k.fiscal_year, k.across,
      sum(f.amount_fen) / nullif(sum(f.month * coalesce({{counts: CASE p.main_unit WHEN '@wire' THEN f.@ END}})), 0) AS fen
    FROM (SELECT DISTINCT k.programme_id, k.fiscal_year, k.across FROM asked k) AS k
    JOIN programmes p ON p.id = k.programme_id
    -- one row an organisation, programme, year and length, however many records there are: what has no price yet
    -- would only thin the average, so what has one has cells of its own (60-figures)
    CROSS JOIN LATERAL (
      SELECT t.organisation_id, t.month, t.amount_fen, {{counts: t.@}} FROM figure_totals t
      WHERE t.programme_id = k.programme_id AND t.fiscal_year = k.fiscal_year AND t.month > 0 AND t.fund_source_id = -1
        AND (t.month > 1) = k.across
      UNION ALL
      SELECT c.organisation_id, c.month, c.amount_fen, {{counts: c.@}} FROM figure_deltas c
      WHERE c.programme_id = k.programme_id AND c.fiscal_year = k.fiscal_year AND c.month > 0 AND c.fund_source_id = -1
        AND (c.month > 1) = k.across
    ) AS f
    GROUP BY f.organisation_id, k.programme_id, k.fiscal_year, k.across
  ), middle AS (
    SELECT k.organisation_id, k.programme_id, k.fiscal_year, k.across, array_agg(h.fen) AS fens,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY h.fen) AS median
    FROM asked k JOIN heads h ON h.programme_id = k.programme_id AND h.fiscal_year = k.fiscal_year
      AND h.across = k.across AND h.organisation_id <> k.organisation_id
    WHERE h.fen > 0
    GROUP BY k.organisation_id, k.programme_id, k.fiscal_year, k.across HAVING count(*) >= 5
  )
  SELECT m.organisation_id, m.programme_id, m.fiscal_year, m.across, cardinality(m.fens), round(m.median)::bigint, (
    SELECT round(percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(f.fen - m.median)))::bigint
    FROM unnest(m.fens) AS f (fen))
  FROM middle m;
END $$;

/* What others paid last for one of it, in the same programme, year and form: their median, from five on. What stands
   below a county is left out: its price is the county's, and there are thousands of them. */
CREATE FUNCTION guard.unit_price_of_peers(p_organisation_ids int[], p_programme_ids int[], p_years int[], p_forms text[])
RETURNS TABLE (organisation_id int, programme_id int, fiscal_year int, form text, peers int, median_fen bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS (
    SELECT DISTINCT k.* FROM unnest(p_organisation_ids, p_programme_ids, p_years, p_forms)
      AS k (organisation_id, programme_id, fiscal_year, form)
  ), prices AS MATERIALIZED (
    SELECT o.id AS organisation_id, k.programme_id, k.fiscal_year, k.form, newest.fen
    FROM (SELECT DISTINCT k.programme_id, k.fiscal_year, k.form FROM asked k) AS k
    CROSS JOIN organisations o
    CROSS JOIN LATERAL (
      -- disbursements_unit_prices_idx: its first row is the newest price
      SELECT d.rate_unit_fen AS fen FROM disbursements d
      WHERE d.programme_id = k.programme_id AND d.fiscal_year = k.fiscal_year AND d.form = k.form
        AND d.organisation_id = o.id AND d.status = 'APPROVED' AND d.rate_unit_fen IS NOT NULL
        AND d.entry_kind <> 'REVERSAL'
      ORDER BY d.ledger_on DESC, d.id DESC LIMIT 1
    ) AS newest
    WHERE o.kind <> 'GRASS_ROOTS'
  )
  SELECT k.organisation_id, k.programme_id, k.fiscal_year, k.form, count(*)::int,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY p.fen)
  FROM asked k JOIN prices p ON (p.programme_id, p.fiscal_year, p.form) = (k.programme_id, k.fiscal_year, k.form)
    AND p.organisation_id <> k.organisation_id
  GROUP BY k.organisation_id, k.programme_id, k.fiscal_year, k.form HAVING count(*) >= 5;
END $$;
