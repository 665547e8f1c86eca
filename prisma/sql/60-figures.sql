-- Figures: an append-only list of deltas, written by the statement that changed the records, folded into
-- two rollups in the background. Readers add up a rollup and the deltas in one statement, so a figure is never
-- stale and writers on one county never wait for each other. fund_source_id 0 = whole records; above it = the share
-- one source carries (its amount; the record's counts); below it = the counts once more, without an amount, of
-- records that exactly these several sources carry, a bit each: what a sum over several sources counted twice
-- is taken out by it. Bit 0 stands for no source, so -1 is no such set: it holds approved records that have a
-- price, by programme, year and length (`month` = how many months it covers; 0 on every other axis), for what a head
-- comes to elsewhere (61-peers).
-- figure_totals holds the same sums without category, kind, form and campaign; its month -1 = the whole year, its
-- fiscal_year 0 = all years.
--
-- The sums are listed nowhere here: {{…}} is written out when the file is applied (scripts/lib/sql.mjs), from
-- the columns the tables then have.
--   {{axes}}                 the key columns of figure_rollups, with commas ({{total_axes}}: of figure_totals)
--   {{columns}}              all its columns, in the table's order
--   {{sums}}                 its other columns, with commas; {{counts}}: those that count something of a record;
--                            {{signed}}: those that digests of figures are made of, as at the first checkpoint
--   {{sums: sum(c.@)}}       the text once a column, @ its name (@wire: as the API spells it), with commas
--   {{sums OR: sum(@) <> 0}} the same with OR between, or any other word

/* How many months a record pays for, by its days: 1 for a day and up to six weeks; none where no date is known. */
CREATE FUNCTION guard.months_covered(p_paid_on date, p_from date, p_to date) RETURNS smallint
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  SELECT CASE WHEN p_paid_on IS NOT NULL THEN 1 ELSE greatest(round((p_to - p_from + 1) * 12 / 365.25), 1) END::smallint;
END;

/* What a record adds to a figure (sign 1) or takes out of it (−1): as a whole, or for the share of one source. */
CREATE FUNCTION guard.figure_cell(d disbursements, p_sign int, p_fund_source_id int, p_amount_fen bigint)
RETURNS TABLE (
  fiscal_year smallint, month smallint, organisation_id int, programme_id int, aid_category_id int,
  recipient_kind_id int, form text, campaign_id int, fund_source_id int, status text, {{sums: @ bigint}})
-- A body bound to its names when it is made, and no SET: the planner writes it into the caller's statement,
-- where it costs nothing. Call it with ROW(d.*)::disbursements; a bare d makes Postgres 15 lose a column.
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  SELECT (d).fiscal_year, CASE WHEN p_fund_source_id <> -1 THEN (d).month
      ELSE coalesce(guard.months_covered((d).paid_on, (d).period_from, (d).period_to), 0) END::smallint, (d).organisation_id,
    (d).programme_id, CASE WHEN p_fund_source_id = -1 THEN 0 ELSE coalesce((d).aid_category_id, 0) END,
    CASE WHEN p_fund_source_id = -1 THEN 0 ELSE coalesce((d).recipient_kind_id, 0) END,
    CASE WHEN p_fund_source_id = -1 THEN '' ELSE coalesce((d).form, '') END,
    CASE WHEN p_fund_source_id = -1 THEN 0 ELSE coalesce((d).campaign_id, 0) END, p_fund_source_id, (d).status, {{sums: r.@}}
  FROM (SELECT
    (p_sign * n.net)::bigint AS records,
    (p_sign * n.net * ((d).amount_kind = 'UNVALUED')::int)::bigint AS unvalued_records,
    (p_sign * n.net * ((d).amount_kind = 'ESTIMATED')::int)::bigint AS estimated_records,
    (p_sign * n.net * ((d).amount_kind = 'NONE')::int)::bigint AS without_money_records,
    (p_sign * (n.net < 0)::int)::bigint AS reversal_records,
    p_sign * coalesce(p_amount_fen, 0) AS amount_fen,
    {{counts: p_sign * coalesce((d).@, 0)::bigint AS @}},
    (p_sign * n.net * (d).named::int)::bigint AS named_records,
    p_sign * (d).named::int * coalesce(p_amount_fen, 0) AS named_fen,
    (p_sign * (d).named::int * coalesce((d).persons, 0))::bigint AS named_persons,
    (p_sign * (d).named::int * coalesce((d).households, 0))::bigint AS named_households
    -- a reversal takes its original out of every count; one that is not approved yet waits like any other record
    FROM (SELECT CASE WHEN (d).entry_kind = 'REVERSAL' AND (d).status = 'APPROVED' THEN -1 ELSE 1 END AS net) AS n
  ) AS r;
END;

/* All cells of a record: the whole, each of its shares, their set where there are several, and the whole once
   more where it is approved and has a price. */
CREATE FUNCTION guard.figure_cells(d disbursements, p_sign int)
RETURNS TABLE (
  fiscal_year smallint, month smallint, organisation_id int, programme_id int, aid_category_id int,
  recipient_kind_id int, form text, campaign_id int, fund_source_id int, status text, {{sums: @ bigint}})
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT c.*
  FROM (
    SELECT 0 AS fund_source_id, (d).amount_fen
    UNION ALL
    SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE s.disbursement_id = (d).id
    UNION ALL
    SELECT -bit_or(1 << s.fund_source_id), NULL FROM disbursement_shares s
    WHERE s.disbursement_id = (d).id HAVING count(*) > 1
    UNION ALL
    SELECT -1, (d).amount_fen WHERE (d).status = 'APPROVED' AND (d).amount_kind IN ('EXACT', 'ESTIMATED')
  ) AS p
  CROSS JOIN LATERAL guard.figure_cell(d, p_sign, p.fund_source_id, p.amount_fen) AS c;
END;

/* The rows of figure_totals that a month is counted into: itself, its year, all years. */
CREATE FUNCTION guard.figure_spans(p_year smallint, p_month smallint) RETURNS TABLE (fiscal_year smallint, month smallint)
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  VALUES (p_year, p_month), (p_year, -1::smallint), (0::smallint, -1::smallint);
END;

/* What a figure is made of: the folded rows and those not yet folded. Sum over it, always grouped. */
CREATE VIEW figure_rows WITH (security_invoker = true) AS
  SELECT {{axes}}, {{sums}} FROM figure_rollups
  UNION ALL
  SELECT {{axes}}, {{sums}} FROM figure_deltas;
GRANT SELECT ON figure_rows TO nuanzhang_app;
-- what came to count later is taken out of a figure of an earlier position, record by record
GRANT EXECUTE ON FUNCTION guard.figure_cells(disbursements, int), guard.figure_cell(disbursements, int, int, bigint),
  guard.months_covered(date, date, date) TO nuanzhang_app;

/* What an organisation paid in a year by records of these statuses: for a programme, or from a source. Bodies
   bound to their names, so that the statement that judges many records has them within it. */
CREATE FUNCTION guard.spent_on_programme(p_organisation_id int, p_year int, p_programme_id int, p_statuses text[])
RETURNS TABLE (fen bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(f.amount_fen), 0)::bigint FROM (
    SELECT t.organisation_id, t.fiscal_year, t.programme_id, t.fund_source_id, t.status, t.amount_fen
    FROM figure_totals t WHERE t.month = -1
    UNION ALL
    SELECT c.organisation_id, c.fiscal_year, c.programme_id, c.fund_source_id, c.status, c.amount_fen FROM figure_deltas c
  ) AS f
  WHERE f.organisation_id = p_organisation_id AND f.fiscal_year = p_year AND f.programme_id = p_programme_id
    AND f.fund_source_id = 0 AND f.status = ANY (p_statuses);
END;

CREATE FUNCTION guard.spent_from_source(p_organisation_id int, p_year int, p_fund_source_id int, p_statuses text[])
RETURNS TABLE (fen bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(f.amount_fen), 0)::bigint FROM (
    SELECT t.organisation_id, t.fiscal_year, t.fund_source_id, t.status, t.amount_fen
    FROM figure_totals t WHERE t.month = -1
    UNION ALL
    SELECT c.organisation_id, c.fiscal_year, c.fund_source_id, c.status, c.amount_fen FROM figure_deltas c
  ) AS f
  WHERE f.organisation_id = p_organisation_id AND f.fiscal_year = p_year AND f.fund_source_id = p_fund_source_id
    AND f.status = ANY (p_statuses);
END;

/* The figures counted afresh from the records: the yardstick of figure_rows. */
CREATE VIEW figure_truth WITH (security_invoker = true) AS
  SELECT {{axes: c.@}}, {{sums: sum(c.@)::bigint AS @}}
  FROM disbursements d CROSS JOIN LATERAL guard.figure_cells(ROW(d.*)::disbursements, 1) AS c
  GROUP BY {{axes: c.@}};

/* The coarse rollup counted afresh from the fine one. */
CREATE VIEW figure_totals_truth WITH (security_invoker = true) AS
  SELECT f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status,
    {{sums: sum(f.@)::bigint AS @}}
  FROM figure_rollups f CROSS JOIN LATERAL guard.figure_spans(f.fiscal_year, f.month) AS g
  GROUP BY f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status;

CREATE FUNCTION guard.figures_after_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_deltas ({{axes}}, {{sums}})
  SELECT {{axes: c.@}}, {{sums: sum(c.@)::bigint}}
  -- the whole alone: shares come with their own trigger, also where one statement inserts both
  FROM new_rows n CROSS JOIN LATERAL guard.figure_cell(ROW(n.*)::disbursements, 1, 0, n.amount_fen) AS c
  GROUP BY {{axes: c.@}};
  RETURN NULL;
END $$;
CREATE TRIGGER figures_insert AFTER INSERT ON disbursements REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_insert();

/* The old row is taken out and the new one put in; what did not move cancels out. */
CREATE FUNCTION guard.figures_after_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_deltas ({{axes}}, {{sums}})
  SELECT {{axes: c.@}}, {{sums: sum(c.@)::bigint}}
  FROM (
    SELECT c.* FROM old_rows o CROSS JOIN LATERAL guard.figure_cells(ROW(o.*)::disbursements, -1) AS c
    UNION ALL
    SELECT c.* FROM new_rows n CROSS JOIN LATERAL guard.figure_cells(ROW(n.*)::disbursements, 1) AS c
  ) AS c
  GROUP BY {{axes: c.@}}
  HAVING {{sums OR: sum(c.@) <> 0}};
  RETURN NULL;
END $$;
CREATE TRIGGER figures_update AFTER UPDATE ON disbursements REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_update();

/* The shares themselves, and the record's move from the set of sources it had to the one it has. */
CREATE FUNCTION guard.figures_after_shares() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_sign int := TG_ARGV[0];
BEGIN
  INSERT INTO figure_deltas ({{axes}}, {{sums}})
  SELECT {{axes: c.@}}, {{sums: sum(c.@)::bigint}}
  FROM (
    SELECT s.disbursement_id, v_sign AS sign, s.fund_source_id, s.amount_fen FROM changed_rows s
    UNION ALL
    SELECT moved.disbursement_id, side.sign, -side.sources, NULL
    FROM (
      SELECT s.disbursement_id, bit_or(1 << s.fund_source_id) AS sources FROM changed_rows s GROUP BY s.disbursement_id
    ) AS moved
    CROSS JOIN LATERAL (
      SELECT coalesce(bit_or(1 << s.fund_source_id), 0) AS sources FROM disbursement_shares s
      WHERE s.disbursement_id = moved.disbursement_id) AS standing
    CROSS JOIN LATERAL (VALUES (1, standing.sources), (-1, CASE v_sign
      WHEN 1 THEN standing.sources & ~moved.sources ELSE standing.sources | moved.sources END)
    ) AS side (sign, sources)
    WHERE bit_count(side.sources::bit(32)) > 1
  ) AS p
  JOIN disbursements d ON d.id = p.disbursement_id
  CROSS JOIN LATERAL guard.figure_cell(ROW(d.*)::disbursements, p.sign, p.fund_source_id, p.amount_fen) AS c
  GROUP BY {{axes: c.@}}
  HAVING {{sums OR: sum(c.@) <> 0}};
  RETURN NULL;
END $$;
CREATE TRIGGER figures_insert AFTER INSERT ON disbursement_shares REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_shares('1');
CREATE TRIGGER figures_delete AFTER DELETE ON disbursement_shares REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.figures_after_shares('-1');

/* Moves deltas into both rollups; one folder at a time. Answers how many deltas it took. */
CREATE FUNCTION guard.fold_figures(p_limit int DEFAULT 50000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_taken int;
  v_rows figure_rollups[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(guard.lock_of_folding()) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM figure_deltas WHERE id IN (SELECT id FROM figure_deltas ORDER BY id LIMIT p_limit) RETURNING *
  ), summed AS (
    SELECT {{axes}}, count(*) AS taken, {{sums: sum(@)::bigint AS @}} FROM taken GROUP BY {{axes}}
  )
  SELECT sum(taken), array_agg(ROW({{columns}})::figure_rollups) INTO v_taken, v_rows FROM summed;
  IF v_taken IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO figure_rollups AS r ({{axes}}, {{sums}})
  SELECT {{axes}}, {{sums}} FROM unnest(v_rows)
  ON CONFLICT ({{axes}}) DO UPDATE SET {{sums: @ = r.@ + excluded.@}};
  INSERT INTO figure_totals AS r ({{total_axes}}, {{sums}})
  SELECT f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status, {{sums: sum(f.@)::bigint}}
  FROM unnest(v_rows) AS f CROSS JOIN LATERAL guard.figure_spans(f.fiscal_year, f.month) AS g
  GROUP BY f.organisation_id, g.fiscal_year, g.month, f.fund_source_id, f.programme_id, f.status
  ON CONFLICT ({{total_axes}}) DO UPDATE SET {{sums: @ = r.@ + excluded.@}};
  RETURN v_taken;
END $$;
GRANT EXECUTE ON FUNCTION guard.fold_figures(int) TO nuanzhang_worker;

/* Every combination of axes on which figures and records, or the two rollups, disagree. No rows = exact. */
CREATE FUNCTION guard.figure_differences() RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH both_sides AS (
    SELECT {{axes}}, {{sums}} FROM figure_rows
    UNION ALL
    SELECT {{axes}}, {{sums: -@}} FROM figure_truth
  ), both_rollups AS (
    SELECT {{total_axes}}, {{sums}} FROM figure_totals
    UNION ALL
    SELECT {{total_axes}}, {{sums: -@}} FROM figure_totals_truth
  )
  SELECT to_jsonb(t) FROM (
    SELECT {{axes}}, {{sums: sum(@)::bigint AS @}} FROM both_sides
    GROUP BY {{axes}} HAVING {{sums OR: sum(@) <> 0}}) AS t
  UNION ALL
  SELECT to_jsonb(t) FROM (
    SELECT {{total_axes}}, {{sums: sum(@)::bigint AS @}} FROM both_rollups
    GROUP BY {{total_axes}} HAVING {{sums OR: sum(@) <> 0}}) AS t
$$;

/* Counts everything afresh: for a restored or bulk-loaded database. In the order in which it is read. */
CREATE FUNCTION guard.rebuild_figures() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE disbursements, disbursement_shares, figure_deltas, figure_rollups, figure_totals
    IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM figure_deltas;
  DELETE FROM figure_rollups;
  DELETE FROM figure_totals;
  INSERT INTO figure_rollups ({{axes}}, {{sums}})
  SELECT {{axes}}, {{sums}} FROM figure_truth
  ORDER BY fiscal_year, fund_source_id, organisation_id, programme_id, month;
  INSERT INTO figure_totals ({{total_axes}}, {{sums}})
  SELECT {{total_axes}}, {{sums}} FROM figure_totals_truth
  ORDER BY fiscal_year, month, fund_source_id, organisation_id;
END $$;
