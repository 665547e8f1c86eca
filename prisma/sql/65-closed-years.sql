-- What a closed year froze, held against what it was made of: the records and the money that had entered the
-- ledger of the closer's province at the closing's position in the chain.

/* Every number of each closing that its records do not give, and every one they give that it lacks. No rows = exact.
   A count added since is zero in every record of a closed year, and so differs from no closing; the axes one by one are
   held against those closings that have them. */
CREATE FUNCTION guard.frozen_differences() RETURNS TABLE (year smallint, no smallint, cell text, frozen numeric, counted numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH closed AS (
    SELECT c.year, c.no, c.payload::jsonb AS content, c.root_id, c.seq AS position FROM year_closings c
  ), entered AS NOT MATERIALIZED (
    SELECT c.year, c.no, c.content ? 'axes' AS by_axis, d.* FROM closed c
    JOIN ledger_entries l ON l.root_id = c.root_id AND l.fiscal_year = c.year AND l.seq <= c.position
    CROSS JOIN LATERAL (SELECT ROW(d.*)::disbursements AS record, d.id, d.amount_fen, d.prefecture_id FROM disbursements d
      WHERE d.id = l.disbursement_id AND d.status = 'APPROVED' AND d.fiscal_year = c.year) AS d
  ), whole AS (
    SELECT e.year, e.no, e.by_axis, p.contributory, o.code AS organisation, x.code AS prefecture, p.code AS programme,
      f.month, f.aid_category_id, f.recipient_kind_id, f.form, f.campaign_id, {{sums: sum(f.@) AS @}}
    FROM entered e
    CROSS JOIN LATERAL guard.figure_cell(e.record, 1, 0, e.amount_fen) AS f
    JOIN organisations o ON o.id = f.organisation_id JOIN programmes p ON p.id = f.programme_id
    JOIN organisations x ON x.id = e.prefecture_id
    GROUP BY e.year, e.no, e.by_axis, p.contributory, o.code, x.code, p.code, f.month, f.aid_category_id,
      f.recipient_kind_id, f.form, f.campaign_id
  ), cells AS (
    SELECT c.year, c.no, c.contributory, c.organisation, c.programme, {{sums: sum(c.@) AS @}}
    FROM whole c GROUP BY c.year, c.no, c.contributory, c.organisation, c.programme
  ), by_axis AS (
    SELECT c.year, c.no, x.axis, x.place, {{sums: sum(c.@) AS @}}
    FROM whole c
    LEFT JOIN aid_categories a ON a.id = c.aid_category_id LEFT JOIN recipient_kinds k ON k.id = c.recipient_kind_id
    LEFT JOIN campaigns g ON g.id = c.campaign_id
    CROSS JOIN LATERAL (VALUES ('organisation', c.organisation), ('prefecture', c.prefecture), ('programme', c.programme),
      ('month', c.month::text), ('aidCategory', a.code), ('recipientKind', k.code), ('form', lower(c.form)),
      ('campaign', coalesce(g.code, ''))) AS x (axis, place)
    WHERE c.by_axis AND NOT c.contributory
    GROUP BY c.year, c.no, x.axis, x.place
    UNION ALL
    SELECT e.year, e.no, 'fundSource', s.code, {{sums: sum(f.@) AS @}}
    FROM entered e JOIN disbursement_shares h ON h.disbursement_id = e.id JOIN fund_sources s ON s.id = h.fund_source_id
    CROSS JOIN LATERAL guard.figure_cell(e.record, 1, h.fund_source_id, h.amount_fen) AS f
    JOIN programmes p ON p.id = f.programme_id
    WHERE e.by_axis AND NOT p.contributory
    GROUP BY e.year, e.no, s.code
  ), measured AS (
    SELECT c.year, c.no, c.part, c.place, m.measure, m.value
    FROM (
      SELECT c.*, CASE WHEN c.contributory THEN 'contributory' ELSE 'figures' END AS part,
        c.organisation || ' ' || c.programme AS place FROM cells c) AS c
    CROSS JOIN LATERAL (VALUES ('records', c.records), ('unvalued', c.unvalued_records),
      ('estimated', c.estimated_records), ('withoutMoney', c.without_money_records),
      ('reversals', c.reversal_records), ('amountFen', c.amount_fen),
      {{counts: ('@wire', c.@)}}) AS m (measure, value)
    UNION ALL
    SELECT c.year, c.no, 'by ' || c.axis, c.place, m.measure, m.value
    FROM by_axis c
    CROSS JOIN LATERAL (VALUES ('records', c.records), ('unvalued', c.unvalued_records),
      ('estimated', c.estimated_records), ('withoutMoney', c.without_money_records),
      ('reversals', c.reversal_records), ('amountFen', c.amount_fen),
      {{counts: ('@wire', c.@)}}) AS m (measure, value)
  ), waiting AS (
    SELECT c.year, c.no, lower(s.status) AS measure, s.n AS value
    FROM closed c
    JOIN record_moves m ON m.root_id = c.root_id AND m.fiscal_year = c.year AND m.seq <= c.position
    CROSS JOIN LATERAL (VALUES (m.to_status, 1), (m.from_status, -1)) AS s (status, n)
    WHERE s.status IN ('DRAFT', 'SUBMITTED', 'RETURNED')
  ), received AS (
    SELECT c.year, c.no, o.code AS organisation, sum(a.amount_fen) AS fen
    FROM closed c
    JOIN allotment_entries e ON e.root_id = c.root_id AND e.fiscal_year = c.year AND e.seq <= c.position AND e.kind = 'RECEIVED'
    JOIN allotments a ON a.id = e.allotment_id JOIN organisations o ON o.id = a.organisation_id
    LEFT JOIN programmes p ON p.id = a.programme_id
    WHERE NOT coalesce(p.contributory, false) AND NOT EXISTS (
      SELECT FROM allotment_entries v WHERE v.allotment_id = a.id AND v.kind = 'VOIDED' AND v.seq <= c.position)
    GROUP BY c.year, c.no, o.code
  ), spent AS (
    SELECT c.year, c.no, c.organisation, sum(c.amount_fen) AS fen, sum(c.amount_fen) = 0 AND sum(c.unvalued_records) <> 0
      AND sum(c.unvalued_records + c.without_money_records) = sum(c.records) AS unpriced
    FROM cells c WHERE NOT c.contributory GROUP BY c.year, c.no, c.organisation
  ), money AS (
    -- a balance needs a receipt, and spending that has a price
    SELECT m.year, m.no, m.organisation, x.measure, x.value
    FROM (SELECT year, no, organisation, r.fen AS received, s.fen AS spent, coalesce(s.unpriced, false) AS unpriced
      FROM received r FULL JOIN spent s USING (year, no, organisation)) AS m
    CROSS JOIN LATERAL (VALUES ('receivedFen', m.received), ('spentFen', m.spent),
      ('balanceFen', CASE WHEN NOT m.unpriced THEN m.received - coalesce(m.spent, 0) END)) AS x (measure, value)
    WHERE x.value IS NOT NULL
  ), counted AS (
    SELECT m.year, m.no, m.part, x.place, m.measure, m.value
    FROM measured m CROSS JOIN LATERAL (VALUES (m.place), ('total')) AS x (place)
    -- what a closing does not sum up: the axes, the reversals, and of contributory programmes the kinds of amounts
    WHERE NOT (x.place = 'total' AND (starts_with(m.part, 'by ') OR m.measure = 'reversals'
      OR m.part = 'contributory' AND m.measure IN ('unvalued', 'estimated', 'withoutMoney')))
    UNION ALL
    SELECT w.year, w.no, part, 'total', w.measure, w.value
    FROM waiting w CROSS JOIN LATERAL (VALUES ('waiting'), ('figures')) AS x (part)
    UNION ALL
    SELECT m.year, m.no, 'balance', place, m.measure, m.value
    FROM money m CROSS JOIN LATERAL (VALUES (m.organisation), ('total')) AS p (place)
  ), said AS (
    SELECT c.year, c.no, part, concat_ws(' ', line ->> 'organisation', line ->> 'programme') AS place,
      line - 'organisation' - 'programme' AS measures
    FROM closed c CROSS JOIN (VALUES ('figures'), ('contributory'), ('balance')) AS x (part)
    CROSS JOIN LATERAL jsonb_path_query(c.content -> part, '$.rows[*] ? (@.type() == "object")') AS line
    UNION ALL
    SELECT c.year, c.no, 'by ' || x.axis, line ->> x.axis, line - x.axis
    FROM closed c CROSS JOIN LATERAL jsonb_each(
      CASE WHEN jsonb_typeof(c.content -> 'axes') = 'object' THEN c.content -> 'axes' ELSE '{}' END) AS x (axis, lines)
    CROSS JOIN LATERAL jsonb_path_query(x.lines, '$[*] ? (@.type() == "object")') AS line
    UNION ALL
    SELECT c.year, c.no, part, 'total', sums - 'contributory'
    FROM closed c CROSS JOIN LATERAL (VALUES ('figures', c.content #> '{figures,totals}'),
      ('figures', c.content #> '{figures,leftOut}'), ('contributory', c.content #> '{contributory,totals}'),
      ('balance', c.content #> '{balance,totals}'), ('waiting', c.content -> 'waiting')) AS x (part, sums)
    WHERE jsonb_typeof(sums) = 'object'
  ), both_sides AS (
    SELECT c.year, c.no, c.part, c.place, c.measure, 0 AS frozen, c.value::numeric AS counted FROM counted c
    UNION ALL
    -- what is no whole number is equal to none
    SELECT s.year, s.no, s.part, s.place, m.key, CASE WHEN m.value ~ '^-?\d{1,30}$' THEN m.value::numeric ELSE 'NaN' END, 0
    FROM said s CROSS JOIN LATERAL jsonb_each_text(s.measures) AS m WHERE m.value IS NOT NULL -- null: unknown
  )
  SELECT b.year, b.no, concat_ws(' ', b.part, b.place, b.measure), sum(b.frozen), sum(b.counted)
  FROM both_sides b GROUP BY b.year, b.no, b.part, b.place, b.measure HAVING sum(b.frozen) <> sum(b.counted)
  ORDER BY 1, 2, 3
$$;

/* Each closing: its place in the chain, its digest and the checkpoint signed over it to everybody; its figures to
   whoever reads all of them. */
CREATE VIEW guard.closings AS
  SELECT c.year, c.no, c.seq, c.at, c."by", c.sha256::text AS sha256, c.note, signed.note AS checkpoint,
    CASE WHEN (SELECT guard.at_province('{PROVINCE,AUDITOR}')) THEN c.payload::jsonb END AS content
  FROM year_closings c
  LEFT JOIN LATERAL (SELECT k.note FROM checkpoints k WHERE k.root_id = c.root_id AND k.size >= c.seq
    ORDER BY k.size, k.id LIMIT 1) AS signed ON true
  WHERE (SELECT guard.session_user_id()) IS NOT NULL;

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

/* Each part of a correction, with the record that its chain began with: a replacement that was corrected again leads back
   to the same one. */
CREATE VIEW guard.corrections_by_origin WITH (security_invoker = true) AS
  WITH RECURSIVE chain AS (
    SELECT part.id, o.id AS origin_id, o.fiscal_year AS origin_year
    FROM adjustments a JOIN disbursements o ON o.id = a.original_id
    CROSS JOIN LATERAL (VALUES (a.reversal_id), (a.replacement_id)) AS part (id)
    WHERE o.entry_kind = 'ORIGINAL' AND part.id IS NOT NULL
    UNION ALL
    SELECT part.id, c.origin_id, c.origin_year
    FROM chain c JOIN adjustments a ON a.original_id = c.id
    CROSS JOIN LATERAL (VALUES (a.reversal_id), (a.replacement_id)) AS part (id)
    WHERE part.id IS NOT NULL)
  SELECT id, origin_id, origin_year FROM chain;

GRANT SELECT ON guard.corrections_by_origin, guard.closings, guard.corrections_of_years TO nuanzhang_app;
