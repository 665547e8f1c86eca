-- What a closed year froze, held against what it was made of: the records and the money that had entered the
-- ledger of the closer's province at the closing's position in the chain.

/* Every number of a snapshot that its records do not give, and every one they give that it lacks. No rows = exact.
   A count added since is zero in every record of a closed year, and so differs from no snapshot. */
CREATE FUNCTION guard.frozen_differences() RETURNS TABLE (year smallint, cell text, frozen numeric, counted numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH closed AS (
    SELECT y.year, y.snapshot -> 'content' AS content, a.root_id, a.position
    FROM years y CROSS JOIN LATERAL (
      SELECT e.root_id, e.position FROM audit_entries e
      WHERE e.subject_type = 'year' AND e.subject_id = y.year::text AND e.action = 'year.close'
      ORDER BY e.position LIMIT 1) AS a
    WHERE y.status = 'CLOSED'
  ), cells AS (
    SELECT c.year, p.contributory, o.code AS organisation, p.code AS programme, {{sums: sum(f.@) AS @}}
    FROM closed c
    JOIN ledger_entries l ON l.root_id = c.root_id AND l.fiscal_year = c.year AND l.seq <= c.position
    JOIN disbursements d ON d.id = l.disbursement_id AND d.status = 'APPROVED' AND d.fiscal_year = c.year
    CROSS JOIN LATERAL guard.figure_cell(ROW(d.*)::disbursements, 1, 0, d.amount_fen) AS f
    JOIN organisations o ON o.id = f.organisation_id JOIN programmes p ON p.id = f.programme_id
    GROUP BY c.year, p.contributory, o.code, p.code
  ), measured AS (
    SELECT c.year, c.contributory, c.organisation, c.programme, m.measure, m.value
    FROM cells c CROSS JOIN LATERAL (VALUES ('records', c.records), ('unvalued', c.unvalued_records),
      ('estimated', c.estimated_records), ('withoutMoney', c.without_money_records),
      ('reversals', c.reversal_records), ('amountFen', c.amount_fen),
      {{counts: ('@wire', c.@)}}) AS m (measure, value)
  ), waiting AS (
    SELECT c.year, lower(s.status) AS measure, s.n AS value
    FROM closed c
    JOIN record_moves m ON m.root_id = c.root_id AND m.fiscal_year = c.year AND m.seq <= c.position
    CROSS JOIN LATERAL (VALUES (m.to_status, 1), (m.from_status, -1)) AS s (status, n)
    WHERE s.status IN ('DRAFT', 'SUBMITTED', 'RETURNED')
  ), received AS (
    SELECT c.year, o.code AS organisation, sum(a.amount_fen) AS fen
    FROM closed c
    JOIN allotment_entries e ON e.root_id = c.root_id AND e.fiscal_year = c.year AND e.seq <= c.position AND e.kind = 'RECEIVED'
    JOIN allotments a ON a.id = e.allotment_id JOIN organisations o ON o.id = a.organisation_id
    LEFT JOIN programmes p ON p.id = a.programme_id
    WHERE NOT coalesce(p.contributory, false) AND NOT EXISTS (
      SELECT FROM allotment_entries v WHERE v.allotment_id = a.id AND v.kind = 'VOIDED' AND v.seq <= c.position)
    GROUP BY c.year, o.code
  ), spent AS (
    SELECT c.year, c.organisation, sum(c.amount_fen) AS fen, sum(c.amount_fen) = 0 AND sum(c.unvalued_records) <> 0
      AND sum(c.unvalued_records + c.without_money_records) = sum(c.records) AS unpriced
    FROM cells c WHERE NOT c.contributory GROUP BY c.year, c.organisation
  ), money AS (
    -- a balance needs a receipt, and spending that has a price
    SELECT m.year, m.organisation, x.measure, x.value
    FROM (SELECT year, organisation, r.fen AS received, s.fen AS spent, coalesce(s.unpriced, false) AS unpriced
      FROM received r FULL JOIN spent s USING (year, organisation)) AS m
    CROSS JOIN LATERAL (VALUES ('receivedFen', m.received), ('spentFen', m.spent),
      ('balanceFen', CASE WHEN NOT m.unpriced THEN m.received - coalesce(m.spent, 0) END)) AS x (measure, value)
    WHERE x.value IS NOT NULL
  ), counted AS (
    SELECT m.year, CASE WHEN m.contributory THEN 'contributory' ELSE 'figures' END AS part, place, m.measure, m.value
    FROM measured m CROSS JOIN LATERAL (VALUES (m.organisation || ' ' || m.programme), ('total')) AS x (place)
    -- what a snapshot does not sum up: the reversals, and of contributory programmes the kinds of amounts
    WHERE NOT (place = 'total' AND (m.measure = 'reversals'
      OR m.contributory AND m.measure IN ('unvalued', 'estimated', 'withoutMoney')))
    UNION ALL
    SELECT w.year, part, 'total', w.measure, w.value
    FROM waiting w CROSS JOIN LATERAL (VALUES ('waiting'), ('figures')) AS x (part)
    UNION ALL
    SELECT m.year, 'balance', place, m.measure, m.value
    FROM money m CROSS JOIN LATERAL (VALUES (m.organisation), ('total')) AS p (place)
  ), said AS (
    SELECT c.year, part, concat_ws(' ', line ->> 'organisation', line ->> 'programme') AS place,
      line - 'organisation' - 'programme' AS measures
    FROM closed c CROSS JOIN (VALUES ('figures'), ('contributory'), ('balance')) AS x (part)
    CROSS JOIN LATERAL jsonb_path_query(c.content -> part, '$.rows[*] ? (@.type() == "object")') AS line
    UNION ALL
    SELECT c.year, part, 'total', sums - 'contributory'
    FROM closed c CROSS JOIN LATERAL (VALUES ('figures', c.content #> '{figures,totals}'),
      ('figures', c.content #> '{figures,leftOut}'), ('contributory', c.content #> '{contributory,totals}'),
      ('balance', c.content #> '{balance,totals}'), ('waiting', c.content -> 'waiting')) AS x (part, sums)
    WHERE jsonb_typeof(sums) = 'object'
  ), both_sides AS (
    SELECT c.year, c.part, c.place, c.measure, 0 AS frozen, c.value::numeric AS counted FROM counted c
    UNION ALL
    -- what is no whole number is equal to none
    SELECT s.year, s.part, s.place, m.key, CASE WHEN m.value ~ '^-?\d{1,30}$' THEN m.value::numeric ELSE 'NaN' END, 0
    FROM said s CROSS JOIN LATERAL jsonb_each_text(s.measures) AS m WHERE m.value IS NOT NULL -- null: unknown
  )
  SELECT b.year, concat_ws(' ', b.part, b.place, b.measure), sum(b.frozen), sum(b.counted)
  FROM both_sides b GROUP BY b.year, b.part, b.place, b.measure HAVING sum(b.frozen) <> sum(b.counted)
  ORDER BY 1, 2
$$;

/* What each closed year froze: its hash to everybody, its figures to whoever reads all of them. */
CREATE VIEW guard.frozen_years AS
  SELECT y.year, y.snapshot ->> 'sha256' AS sha256,
    CASE WHEN (SELECT guard.at_province('{PROVINCE,AUDITOR}')) THEN y.snapshot -> 'content' END AS content
  FROM years y WHERE y.status = 'CLOSED' AND (SELECT guard.session_user_id()) IS NOT NULL;

/* Corrections of a year's records: those not decided yet and booked in the year itself, and those that count in a
   later one, with the money they moved there. A year that is closed is changed by neither. */
CREATE VIEW guard.corrections_of_years WITH (security_invoker = true) AS
  SELECT original.fiscal_year AS year, a.organisation_id,
    bool_or(part.status IN ('DRAFT', 'SUBMITTED', 'RETURNED') AND part.fiscal_year = original.fiscal_year) AS under_way,
    bool_or(part.status = 'APPROVED' AND part.fiscal_year > original.fiscal_year) AS later,
    coalesce(sum(part.amount_fen) FILTER (
      WHERE part.status = 'APPROVED' AND part.fiscal_year > original.fiscal_year), 0)::bigint AS later_fen
  FROM adjustments a
  JOIN disbursements original ON original.id = a.original_id
  JOIN disbursements part ON part.id IN (a.reversal_id, a.replacement_id)
  GROUP BY a.id, original.fiscal_year, a.organisation_id;

GRANT SELECT ON guard.frozen_years, guard.corrections_of_years TO nuanzhang_app;
