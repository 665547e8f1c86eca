-- What a view froze, counted once more from the records of its position: by the night's check, which acts for nobody and
-- so cannot ask as a reader does. It reads the conditions as they stand in the version's address and the records one by
-- one, where the application asks rollups (lib/features/frozen, lib/features/filter): two ways to one figure, and
-- prisma/frozen-recount.db.test.ts holds them together over conditions drawn at random.

/* By which rules it counts; a version of other rules is held to its digest alone. As in lib/features/figures/rules.ts. */
CREATE FUNCTION guard.figure_definition() RETURNS int LANGUAGE sql IMMUTABLE
RETURN 1;

/* How long a check counts versions again, of the fifteen minutes that it may take. */
CREATE FUNCTION guard.recount_time() RETURNS interval LANGUAGE sql IMMUTABLE
RETURN interval '8 minutes';

/* year=2026&programme=breakfast,warmth as an object of lists. */
CREATE FUNCTION guard.conditions_of(p_query text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(split_part(x.pair, '=', 1),
    to_jsonb(string_to_array(replace(substr(x.pair, strpos(x.pair, '=') + 1), '%2C', ','), ','))), '{}')
  FROM unnest(string_to_array(p_query, '&')) AS x (pair) WHERE x.pair <> ''
$$;

/* What an address may say: conditions, all of them counted below, and how the page is drawn. Of the statuses approved alone
   is frozen, and the place is the version's own. */
CREATE FUNCTION guard.known_conditions() RETURNS text[] LANGUAGE sql IMMUTABLE
RETURN '{year,yearAxis,month,throughMonth,org,organisation,prefecture,programme,aidCategory,recipientKind,campaign,fundSource,form,status,amountKind,named,paidFrom,paidTo,amountFrom,amountTo,corrects,rows,columns,measure,share,face,empty,fold,map,classes,steps}'::text[];

/* The values of one condition; null where it is not said. */
CREATE FUNCTION guard.condition(p_said jsonb, p_name text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN p_said ? p_name THEN ARRAY(SELECT jsonb_array_elements_text(p_said -> p_name)) END
$$;

/* The year that a month of a civil year lies in; of the unions' statistics year none where the month is unknown. */
CREATE FUNCTION guard.year_on(p_statistics boolean, p_year smallint, p_month smallint) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN NOT p_statistics THEN p_year WHEN p_month = 0 THEN 0 ELSE p_year + (p_month >= 10)::int END;

/* Every sum of a version as its records give it: axis '' is the total. */
CREATE FUNCTION guard.recount_frozen(p_version frozen_views, p_axes text[])
RETURNS TABLE (axis text, code text, {{sums: @ bigint}})
-- one plan for every version: making one costs more than counting a small one
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_said jsonb := guard.conditions_of(p_version.query);
  v_year int := (guard.condition(v_said, 'year'))[1];
  v_statistics boolean := coalesce((guard.condition(v_said, 'yearAxis'))[1] = 'statistics', false);
  v_month int := (guard.condition(v_said, 'month'))[1];
  v_through int := (guard.condition(v_said, 'throughMonth'))[1];
  v_organisations int[] := (SELECT array_agg(o.id) FROM organisations o WHERE o.code = ANY (guard.condition(v_said, 'organisation')));
  v_prefectures int[] := (SELECT array_agg(o.id) FROM organisations o WHERE o.code = ANY (guard.condition(v_said, 'prefecture')));
  v_programmes int[] := (SELECT array_agg(p.id) FROM programmes p WHERE p.code = ANY (guard.condition(v_said, 'programme')));
  v_categories int[] := (SELECT array_agg(a.id) FROM aid_categories a WHERE a.code = ANY (guard.condition(v_said, 'aidCategory')));
  v_recipients int[] := (SELECT array_agg(k.id) FROM recipient_kinds k WHERE k.code = ANY (guard.condition(v_said, 'recipientKind')));
  v_sources int[] := (SELECT array_agg(s.id) FROM fund_sources s WHERE s.code = ANY (guard.condition(v_said, 'fundSource')));
  v_campaigns int[] := CASE WHEN v_said ? 'campaign' THEN ARRAY(
    SELECT g.id FROM campaigns g WHERE g.code = ANY (guard.condition(v_said, 'campaign'))
    UNION ALL SELECT 0 WHERE 'none' = ANY (guard.condition(v_said, 'campaign'))) END;
  v_forms text[] := (SELECT array_agg(upper(x)) FROM unnest(guard.condition(v_said, 'form')) AS x);
  v_kinds text[] := (SELECT array_agg(upper(x)) FROM unnest(guard.condition(v_said, 'amountKind')) AS x);
  v_named boolean := (guard.condition(v_said, 'named'))[1] = 'yes';
  v_from date := (guard.condition(v_said, 'paidFrom'))[1];
  v_to date := (guard.condition(v_said, 'paidTo'))[1];
  v_least bigint := (guard.condition(v_said, 'amountFrom'))[1];
  v_most bigint := (guard.condition(v_said, 'amountTo'))[1];
  v_corrects text := (guard.condition(v_said, 'corrects'))[1];
BEGIN
  RETURN QUERY
  WITH counted AS NOT MATERIALIZED (
    SELECT ROW(d.*)::disbursements AS record, d.id, d.prefecture_id,
      CASE WHEN v_sources IS NULL THEN d.amount_fen ELSE (
        SELECT sum(s.amount_fen)::bigint FROM disbursement_shares s
        WHERE s.disbursement_id = d.id AND s.fund_source_id = ANY (v_sources)) END AS fen
    FROM ledger_entries l JOIN disbursements d ON d.id = l.disbursement_id
    JOIN organisation_closure c ON c.descendant_id = d.organisation_id AND c.ancestor_id = p_version.place_id
    WHERE l.root_id = p_version.root_id AND l.seq <= p_version.seq
      AND l.fiscal_year BETWEEN v_year - v_statistics::int AND v_year AND d.status = 'APPROVED'
      AND CASE WHEN NOT v_statistics THEN d.fiscal_year = v_year AND (v_month IS NULL OR d.month = v_month)
            AND (v_through IS NULL OR d.month BETWEEN 1 AND v_through)
          -- of an unknown month, in either of the civil years
          WHEN v_month = 0 THEN d.month = 0 AND v_through IS NULL
          ELSE guard.year_on(true, d.fiscal_year, d.month) = v_year AND (v_month IS NULL OR d.month = v_month)
            AND (v_through IS NULL OR v_through > 0 AND (d.month + 2) % 12 <= (v_through + 2) % 12) END
      AND CASE WHEN v_said ? 'programme' THEN d.programme_id = ANY (v_programmes)
          ELSE d.programme_id <> ALL (ARRAY(SELECT p.id FROM programmes p WHERE p.contributory)) END
      AND (NOT v_said ? 'organisation' OR d.organisation_id = ANY (v_organisations))
      AND (NOT v_said ? 'prefecture' OR d.prefecture_id = ANY (v_prefectures))
      AND (NOT v_said ? 'aidCategory' OR d.aid_category_id = ANY (v_categories))
      AND (NOT v_said ? 'recipientKind' OR d.recipient_kind_id = ANY (v_recipients))
      AND (NOT v_said ? 'campaign' OR coalesce(d.campaign_id, 0) = ANY (v_campaigns))
      AND (NOT v_said ? 'form' OR d.form = ANY (v_forms))
      AND (NOT v_said ? 'fundSource' OR EXISTS (SELECT FROM disbursement_shares s
        WHERE s.disbursement_id = d.id AND s.fund_source_id = ANY (v_sources)))
      AND (NOT v_said ? 'amountKind' OR d.amount_kind = ANY (v_kinds))
      AND (v_named IS NULL OR d.named = v_named)
      AND (v_from IS NULL OR d.ledger_on >= v_from) AND (v_to IS NULL OR d.ledger_on <= v_to)
      AND (coalesce(v_from, v_to) IS NULL OR d.paid_on IS NOT NULL OR d.period_to IS NOT NULL)
      AND (v_least IS NULL OR d.amount_fen >= v_least) AND (v_most IS NULL OR d.amount_fen <= v_most)
      AND (v_corrects IS NULL OR d.entry_kind <> 'ORIGINAL' AND EXISTS (
        SELECT FROM adjustments a JOIN disbursements o ON o.id = a.original_id
        WHERE d.id IN (a.reversal_id, a.replacement_id) AND o.fiscal_year < d.fiscal_year
          AND guard.year_on(v_statistics, o.fiscal_year, o.month) < CASE WHEN v_statistics
            THEN guard.year_on(true, d.fiscal_year, d.month) ELSE d.fiscal_year END
          AND (v_corrects = 'earlier' OR guard.year_on(v_statistics, o.fiscal_year, o.month)::text = v_corrects)))
  ), whole AS (
    SELECT e.prefecture_id, f.fiscal_year, f.month, f.organisation_id, f.programme_id, f.aid_category_id,
      f.recipient_kind_id, f.form, f.campaign_id, {{sums: sum(f.@)::bigint AS @}}
    FROM counted e CROSS JOIN LATERAL guard.figure_cell(e.record, 1, 0, e.fen) AS f
    GROUP BY e.prefecture_id, f.fiscal_year, f.month, f.organisation_id, f.programme_id, f.aid_category_id,
      f.recipient_kind_id, f.form, f.campaign_id
  ), lines AS (
    SELECT x.axis, x.code, {{sums: f.@}}
    FROM whole f
    JOIN organisations o ON o.id = f.organisation_id JOIN organisations prefecture ON prefecture.id = f.prefecture_id
    JOIN programmes p ON p.id = f.programme_id
    LEFT JOIN aid_categories a ON a.id = f.aid_category_id LEFT JOIN recipient_kinds k ON k.id = f.recipient_kind_id
    LEFT JOIN campaigns g ON g.id = f.campaign_id
    CROSS JOIN LATERAL (VALUES ('', ''), ('organisation', o.code), ('prefecture', prefecture.code), ('programme', p.code),
      ('year', guard.year_on(v_statistics, f.fiscal_year, f.month)::text), ('month', f.month::text),
      ('aidCategory', coalesce(a.code, '')), ('recipientKind', coalesce(k.code, '')), ('form', lower(f.form)),
      ('campaign', coalesce(g.code, ''))) AS x (axis, code)
    WHERE x.axis = '' OR x.axis = ANY (p_axes)
    UNION ALL
    SELECT 'fundSource', s.code, {{sums: f.@}}
    FROM counted e JOIN disbursement_shares h ON h.disbursement_id = e.id JOIN fund_sources s ON s.id = h.fund_source_id
    CROSS JOIN LATERAL guard.figure_cell(e.record, 1, h.fund_source_id, h.amount_fen) AS f
    WHERE 'fundSource' = ANY (p_axes) AND (v_sources IS NULL OR h.fund_source_id = ANY (v_sources))
  )
  SELECT l.axis, l.code, {{sums: sum(l.@)::bigint}} FROM lines l GROUP BY l.axis, l.code;
END $$;

/* Every number that a version keeps and its records do not give, and every one they give that it lacks; a condition that
   is not known here. No rows = exact. */
CREATE FUNCTION guard.frozen_view_differences(p_version frozen_views)
RETURNS TABLE (axis text, code text, measure text, kept numeric, counted numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH content AS (
    SELECT x.payload::jsonb AS of FROM frozen_figures x WHERE x.frozen_id = p_version.id
  ), axes AS (
    SELECT a ->> 'axis' AS axis, a -> 'rows' AS lines FROM content c, jsonb_array_elements(c.of -> 'axes') AS a
  ), kept AS (
    SELECT l.axis, l.code, m.key AS measure, m.value::numeric AS value
    FROM (
      SELECT '' AS axis, '' AS code, c.of -> 'totals' AS sums FROM content c
      UNION ALL SELECT a.axis, r ->> 'code', r - 'code' FROM axes a, jsonb_array_elements(a.lines) AS r) AS l
    CROSS JOIN LATERAL jsonb_each_text(l.sums) AS m
  ), counted AS (
    SELECT c.axis, c.code, m.measure, m.value
    FROM guard.recount_frozen(p_version, ARRAY(SELECT a.axis FROM axes a)) AS c
    CROSS JOIN LATERAL (VALUES ('records', c.records), ('unvalued', c.unvalued_records),
      ('estimated', c.estimated_records), ('withoutMoney', c.without_money_records),
      ('reversals', c.reversal_records), ('amountFen', c.amount_fen),
      {{counts: ('@wire', c.@)}}) AS m (measure, value)
  )
  SELECT axis, code, measure, k.value, c.value FROM kept k FULL JOIN counted c USING (axis, code, measure)
  WHERE coalesce(k.value, 0) <> coalesce(c.value, 0)
  UNION ALL
  SELECT 'condition', x, NULL, NULL, NULL FROM jsonb_object_keys(guard.conditions_of(p_version.query)) AS x
  WHERE x <> ALL (guard.known_conditions())
$$;
