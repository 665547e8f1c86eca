-- What records are compared with when they are judged (lib/features/findings/rules.ts), for all of them in one
-- statement that is planned once a connection. It reads past the policies and asks once whose records the caller may
-- read: every row it looks at is of such a record's own organisation, except the peers, of which it tells a median.
-- Whatever it reads is a probe of an index, and the plan must not depend on how full figure_deltas was on the day it
-- was made: read from end to end for every record, that queue cost more than all the rest. Hence enable_seqscan.

/* Records that may be this one over again: of the organisation, the programme and the amount; of what has no amount,
   those that count the same. When they were is the caller's question. */
CREATE FUNCTION guard.alike(p_id bigint, p_original_id bigint, p_organisation_id int, p_programme_id int, p_year int,
  p_amount_fen bigint, p_main_unit text, p_counted int)
RETURNS TABLE (id bigint, organisation_id int, fiscal_year smallint, ledger_on date, period_from date, period_to date)
-- a body bound to its names and no SET, so that the caller's statement has it within it
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT e.id, e.organisation_id, e.fiscal_year, e.ledger_on, e.period_from, e.period_to
  FROM disbursements e
  WHERE e.organisation_id = p_organisation_id AND e.programme_id = p_programme_id
    AND coalesce(e.amount_fen, -1) = coalesce(p_amount_fen, -1)
    AND (p_amount_fen IS NOT NULL
      OR coalesce({{counts: CASE p_main_unit WHEN '@wire' THEN e.@ END}}) IS NOT DISTINCT FROM p_counted)
    AND e.fiscal_year BETWEEN p_year - 1 AND p_year + 1
    AND e.status <> 'VOIDED' AND e.entry_kind <> 'REVERSAL'
    AND e.id <> p_id AND e.id IS DISTINCT FROM p_original_id
    AND NOT EXISTS (SELECT FROM adjustments c JOIN disbursements v ON v.id = c.reversal_id
      WHERE c.original_id = e.id AND v.status <> 'VOIDED')
    AND NOT EXISTS (SELECT FROM adjustments c WHERE c.original_id = p_id AND c.replacement_id = e.id);
END;

/* The thresholds that hold for an organisation in a year and for a programme, by their codes: what is the programme's
   own wins, then the nearest place, and there the year. */
CREATE FUNCTION guard.thresholds_of(p_organisation_id int, p_year int, p_programme_id int) RETURNS TABLE (thresholds json)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT json_object_agg(nearest.threshold, nearest.value) FROM (
    SELECT DISTINCT ON (t.threshold) t.threshold, t.value
    FROM finding_thresholds t LEFT JOIN organisation_closure c
      ON c.ancestor_id = t.organisation_id AND c.descendant_id = p_organisation_id
    LEFT JOIN organisations place ON place.id = c.ancestor_id
    WHERE t.active AND (t.year IS NULL OR t.year = p_year) AND (t.organisation_id IS NULL OR c.ancestor_id IS NOT NULL)
      AND (t.programme_id IS NULL OR t.programme_id = p_programme_id)
    ORDER BY t.threshold, t.programme_id NULLS LAST, length(place.path) DESC NULLS LAST, t.year NULLS LAST) AS nearest;
END;

/* How many records of an organisation lie in the last five days of a quarter, and how many before in it; of each, no
   more than a thousand are counted. */
CREATE FUNCTION guard.at_end_of_quarter(p_organisation_id int, p_year int, p_end date)
RETURNS TABLE (last_days int, before int)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT (SELECT count(*)::int FROM (
      SELECT FROM disbursements e WHERE e.organisation_id = p_organisation_id AND e.fiscal_year = p_year
        AND e.ledger_on BETWEEN p_end - 4 AND p_end
        AND e.paid_on IS NOT NULL AND e.status <> 'VOIDED' AND e.entry_kind = 'ORIGINAL' LIMIT 1000) AS l),
    (SELECT count(*)::int FROM (
      SELECT FROM disbursements e WHERE e.organisation_id = p_organisation_id AND e.fiscal_year = p_year
        AND e.ledger_on >= date_trunc('quarter', p_end::timestamp)::date AND e.ledger_on < p_end - 4
        AND e.paid_on IS NOT NULL AND e.status <> 'VOIDED' AND e.entry_kind = 'ORIGINAL' LIMIT 1000) AS b);
END;

/* Of a replacement, what it and its reversal change together is looked at, so that the original's money is not
   counted twice. Judged are stored records by number, or rows as they would be stored: a form that is checked, of
   a correction with the number of what it corrects and the year its reversal would fall into. Such a row says
   whatever its sender likes, so that nothing is looked up by its numbers but what is of its own organisation, and
   that one is asked about. */
CREATE FUNCTION guard.finding_context(p_ids bigint[], p_records disbursements[] DEFAULT NULL,
  p_shares disbursement_shares[] DEFAULT NULL, p_corrects bigint DEFAULT NULL, p_reversed_in int DEFAULT NULL) RETURNS TABLE (
  id bigint, organisation_id int, prefecture_id int, county_id int, year_open boolean, season_months int[],
  allowed_forms text[], main_unit text, earmarked json, this_year_fen bigint, last_year_fen bigint,
  duplicates text[], months int, campaign json, thresholds json, peers int, median_fen bigint, deviation_fen bigint,
  unit_peers int, unit_median_fen bigint, bunched json, other_headings json, roster json, evidence json, notice json)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_homes int[] := guard.reading_homes();
  -- what has been or is about to be spent
  v_spent constant text[] := '{APPROVED,SUBMITTED}';
BEGIN
  RETURN QUERY
  WITH given AS (
    SELECT d.* FROM disbursements d WHERE d.id = ANY (p_ids) UNION ALL SELECT d.* FROM unnest(p_records) AS d
  ), checked AS MATERIALIZED (
    SELECT d.id, d.organisation_id, d.prefecture_id, d.county_id, d.fiscal_year, d.programme_id, d.status, d.amount_fen,
      d.ledger_on, d.campaign_id, coalesce(a.original_id, p_corrects) AS original_id, a.reversal_id, p.main_unit,
      {{counts: d.@}},
      CASE WHEN d.rate_unit_fen IS NOT NULL THEN d.form END AS priced_as,
      -- the last five days of a quarter are looked at together
      CASE WHEN d.paid_on > (date_trunc('quarter', d.paid_on::timestamp) + interval '3 months -6 days')::date
        THEN (date_trunc('quarter', d.paid_on::timestamp) + interval '3 months -1 day')::date END AS quarter_end,
      coalesce({{counts: CASE p.main_unit WHEN '@wire' THEN d.@ END}}) AS counted,
      CASE WHEN d.paid_on IS NULL AND d.period_to IS NOT NULL THEN coalesce(d.period_from, d.ledger_on)
        ELSE d.ledger_on END AS first_day,
      coalesce(guard.months_covered(d.paid_on, d.period_from, d.period_to), 1) AS months
    FROM given d JOIN programmes p ON p.id = d.programme_id
    LEFT JOIN adjustments a ON a.replacement_id = d.id AND a.organisation_id = d.organisation_id
    WHERE EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (v_homes))
  ), undone AS MATERIALIZED (
    -- what a reversal takes back and what was spent does not yet lack: its own rows, or its original's turned round
    SELECT c.id, e.id AS record_id, e.programme_id, 1 AS sign, e.amount_fen FROM checked c
    JOIN disbursements e ON e.id = c.reversal_id AND e.organisation_id = c.organisation_id
      AND e.fiscal_year = c.fiscal_year AND e.status <> ALL (v_spent)
    UNION ALL
    SELECT c.id, e.id, e.programme_id, -1, e.amount_fen FROM checked c
    JOIN disbursements e ON e.id = p_corrects AND e.organisation_id = c.organisation_id AND e.status = 'APPROVED'
    WHERE c.fiscal_year = p_reversed_in AND c.reversal_id IS NULL
  ), held AS MATERIALIZED (
    -- what was spent is added up here, once for all records of a programme: tens of thousands of deltas may wait
    SELECT k.organisation_id, k.fiscal_year, k.programme_id, t.thresholds,
      (t.thresholds ->> 'duplicate-days')::int AS days, (t.thresholds ->> 'other-heading-days')::int AS heading_days,
      this_year.fen AS this_year_fen, last_year.fen AS last_year_fen
    FROM (SELECT DISTINCT organisation_id, fiscal_year, programme_id FROM checked) AS k
    CROSS JOIN LATERAL guard.thresholds_of(k.organisation_id, k.fiscal_year, k.programme_id) AS t
    CROSS JOIN LATERAL guard.spent_on_programme(k.organisation_id, k.fiscal_year, k.programme_id, v_spent) AS this_year
    CROSS JOIN LATERAL guard.spent_on_programme(k.organisation_id, k.fiscal_year - 1, k.programme_id, '{APPROVED}') AS last_year
  ), drawn AS MATERIALIZED (
    SELECT d.id, d.organisation_id, d.fiscal_year, f.id AS fund_source_id, f.code, f.sort_order, s.amount_fen,
      f.earmarked, guard.limit_of(f.limits, f.earmarked, d.fiscal_year) AS spending_limit
    FROM checked d JOIN (
      SELECT x.disbursement_id, x.fund_source_id, x.amount_fen FROM disbursement_shares x
      WHERE x.disbursement_id = ANY (p_ids)
      UNION ALL SELECT x.disbursement_id, x.fund_source_id, x.amount_fen FROM unnest(p_shares) AS x) AS s
      ON s.disbursement_id = d.id
    JOIN fund_sources f ON f.id = s.fund_source_id
      AND (f.earmarked OR guard.limit_of(f.limits, f.earmarked, d.fiscal_year) <> 'NONE')
  ), source AS MATERIALIZED (
    SELECT k.*, spent.fen AS spent_fen, (SELECT sum(a.amount_fen) FROM allotments a
      WHERE a.organisation_id = k.organisation_id AND a.fiscal_year = k.fiscal_year
        AND a.fund_source_id = k.fund_source_id AND a.voided_at IS NULL) AS received_fen
    FROM (SELECT DISTINCT organisation_id, fiscal_year, fund_source_id FROM drawn) AS k
    CROSS JOIN LATERAL guard.spent_from_source(k.organisation_id, k.fiscal_year, k.fund_source_id, v_spent) AS spent
  ), priced AS MATERIALIZED (
    SELECT p.* FROM (
      SELECT array_agg(organisation_id) AS organisations, array_agg(programme_id) AS programmes,
        array_agg(fiscal_year::int) AS years, array_agg(priced_as) AS forms
      FROM checked WHERE priced_as IS NOT NULL HAVING count(*) > 0) AS k
    CROSS JOIN LATERAL guard.unit_price_of_peers(k.organisations, k.programmes, k.years, k.forms) AS p
  ), bunch AS MATERIALIZED (
    SELECT k.*, c.last_days, c.before
    FROM (SELECT DISTINCT organisation_id, fiscal_year, quarter_end FROM checked WHERE quarter_end IS NOT NULL) AS k
    CROSS JOIN LATERAL guard.at_end_of_quarter(k.organisation_id, k.fiscal_year, k.quarter_end) AS c
  ), peer AS MATERIALIZED (
    SELECT p.* FROM (
      SELECT array_agg(organisation_id) AS organisations, array_agg(programme_id) AS programmes,
        array_agg(fiscal_year::int) AS years, array_agg(months > 1) AS across FROM checked) AS k
    CROSS JOIN LATERAL guard.per_head_of_peers(k.organisations, k.programmes, k.years, k.across) AS p
  )
  SELECT d.id, d.organisation_id, d.prefecture_id, d.county_id, guard.takes_entries(y.status, y.reopened_until), p.season_months::int[], p.allowed_forms, p.main_unit,
    (SELECT coalesce(json_agg(json_build_object('fundSource', s.code, 'isEarmarked', s.earmarked, 'limit', lower(s.spending_limit),
        'receivedFen', source.received_fen::text,
        'spentFen', (coalesce(s.amount_fen, 0) + source.spent_fen
          - (SELECT coalesce(sum(x.amount_fen), 0)
             FROM disbursements e JOIN disbursement_shares x ON x.disbursement_id = e.id
             WHERE e.id = d.id AND e.organisation_id = d.organisation_id AND e.fiscal_year = d.fiscal_year
               AND e.status = ANY (v_spent) AND x.fund_source_id = s.fund_source_id)
          + (SELECT coalesce(sum(u.sign * x.amount_fen), 0)
             FROM undone u JOIN disbursement_shares x ON x.disbursement_id = u.record_id
             WHERE u.id = d.id AND x.fund_source_id = s.fund_source_id))::text)
        ORDER BY s.sort_order), '[]')
      FROM drawn s JOIN source ON (source.organisation_id, source.fiscal_year, source.fund_source_id)
        = (s.organisation_id, s.fiscal_year, s.fund_source_id)
      WHERE s.id = d.id),
    held.this_year_fen + CASE WHEN d.status = ANY (v_spent) THEN 0 ELSE coalesce(d.amount_fen, 0) END
      + (SELECT coalesce(sum(u.sign * u.amount_fen), 0) FROM undone u
         WHERE u.id = d.id AND u.programme_id = d.programme_id)::bigint,
    held.last_year_fen,
    ARRAY(
      SELECT o.code || '-' || e.fiscal_year || '-' || lpad(e.id::text, greatest(6, length(e.id::text)), '0')
      FROM (
        -- disbursements_alike_idx in its own order: three are found without reading all that are alike
        (SELECT e.* FROM guard.alike(d.id, d.original_id, d.organisation_id, d.programme_id, d.fiscal_year,
            d.amount_fen, d.main_unit, d.counted) e
          WHERE e.ledger_on BETWEEN least(d.first_day, d.ledger_on - held.days) AND d.ledger_on + held.days
          ORDER BY e.ledger_on DESC, e.id DESC LIMIT 3)
        UNION ALL
        -- periods that end later and hold its last day, in disbursements_alike_periods_idx
        (SELECT e.* FROM guard.alike(d.id, d.original_id, d.organisation_id, d.programme_id, d.fiscal_year,
            d.amount_fen, d.main_unit, d.counted) e
          WHERE e.period_to > e.period_from AND e.ledger_on BETWEEN d.ledger_on + held.days + 1 AND d.ledger_on + 366
            AND e.period_from <= d.ledger_on
          ORDER BY e.ledger_on DESC, e.id DESC LIMIT 3)
      ) AS e JOIN organisations o ON o.id = e.organisation_id
      ORDER BY e.ledger_on DESC, e.id DESC LIMIT 3),
    d.months::int, (SELECT json_build_object('code', c.code, 'startsOn', c.starts_on::text, 'endsOn', c.ends_on::text)
      FROM campaigns c WHERE c.id = d.campaign_id),
    held.thresholds,
    peer.peers, peer.median_fen, peer.deviation_fen, priced.peers, priced.median_fen,
    CASE WHEN bunch.last_days IS NOT NULL THEN json_build_object('count', bunch.last_days,
      'before', bunch.before, 'from', (d.quarter_end - 4)::text, 'to', d.quarter_end::text) END,
    -- the same amount for the same people, within days, in another programme
    (SELECT coalesce(json_agg(json_build_object('programme', o.programme, 'reference', o.reference)), '[]') FROM (
      SELECT p2.code AS programme,
        w.code || '-' || e.fiscal_year || '-' || lpad(e.id::text, greatest(6, length(e.id::text)), '0') AS reference
      FROM programmes p2
      CROSS JOIN LATERAL (SELECT e.* FROM guard.alike(d.id, d.original_id, d.organisation_id, p2.id, d.fiscal_year,
          d.amount_fen, d.main_unit, NULL) e
        WHERE e.ledger_on BETWEEN d.ledger_on - held.heading_days AND d.ledger_on + held.heading_days
        ORDER BY e.ledger_on DESC, e.id DESC LIMIT 3) AS e
      JOIN disbursements f ON f.id = e.id JOIN organisations w ON w.id = e.organisation_id
      WHERE d.amount_fen IS NOT NULL AND p2.id <> d.programme_id
        AND ({{counts OR: f.@ = d.@}}) AND {{counts AND: (f.@ IS NULL OR d.@ IS NULL OR f.@ = d.@)}}
      ORDER BY e.ledger_on DESC, e.id DESC LIMIT 3) AS o),
    guard.roster_beside(d.id, d.organisation_id, d.programme_id, d.fiscal_year, d.first_day, d.ledger_on, v_homes),
    guard.evidence_beside(d.id, d.organisation_id, v_homes),
    -- asked of what is still to be submitted, where the programme asks for it at all
    CASE WHEN p.notice_from_year <= d.fiscal_year AND d.status IN ('DRAFT', 'RETURNED')
      THEN guard.notice_beside(d.id, d.organisation_id) END
  FROM checked d
  JOIN held ON (held.organisation_id, held.fiscal_year, held.programme_id) = (d.organisation_id, d.fiscal_year, d.programme_id)
  JOIN programmes p ON p.id = d.programme_id
  LEFT JOIN years y ON y.year = d.fiscal_year
  LEFT JOIN peer ON (peer.organisation_id, peer.programme_id, peer.fiscal_year, peer.across)
    = (d.organisation_id, d.programme_id, d.fiscal_year, d.months > 1)
  LEFT JOIN priced ON (priced.organisation_id, priced.programme_id, priced.fiscal_year, priced.form)
    = (d.organisation_id, d.programme_id, d.fiscal_year, d.priced_as)
  LEFT JOIN bunch ON (bunch.organisation_id, bunch.fiscal_year, bunch.quarter_end)
    = (d.organisation_id, d.fiscal_year, d.quarter_end);
END $$;

GRANT EXECUTE ON FUNCTION guard.finding_context(bigint[], disbursements[], disbursement_shares[], bigint, int) TO nuanzhang_app;
