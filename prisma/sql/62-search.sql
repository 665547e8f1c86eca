-- A search, answered by the index of terms (search_terms, prisma/migrations). Under row-level security no operator
-- of such an index may be used for the application's role: the rows would be compared before the policy has spoken.
-- So it is asked here, within the reader's reach, and answers ids alone; whoever asked reads the records themselves
-- under the policies, and compares their words.

/* A term as a query spells it. */
CREATE FUNCTION guard.search_term(p_term text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT '''' || replace(replace(p_term, '\', '\\'), '''', '''''') || ''''
$$;

/* What a folded text that holds the word is LIKE. */
CREATE FUNCTION guard.search_pattern(p_word text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT '%' || replace(replace(replace(search_fold(p_word), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

/* The sources of money that have the word in their names, or are named by its initials ('s2'). */
CREATE FUNCTION guard.search_sources(p_word text, p_named text) RETURNS int[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(f.id), '{}') FROM fund_sources f, guard.search_pattern(p_word) AS sought
  WHERE search_fold(f.name_zh) LIKE sought OR search_fold(f.name_en) LIKE sought
    OR 's' || f.id = ANY (string_to_array(p_named, '|'))
$$;

/* The records that hold this word, or whose programme, campaign or organisation has it in its name or, as the asker
   knows, is named by its initials ('o12|p3'). The terms know no sources of money: search_found asks the shares. */
CREATE FUNCTION guard.search_of_word(p_word text, p_named text) RETURNS tsquery
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT string_agg(either.terms, ' | ')::tsquery
  FROM (
    SELECT '(' || string_agg(guard.search_term(substr(w.word, n, 2)) || CASE length(w.word) WHEN 1 THEN ':*' ELSE '' END, ' & ')
      || ')' AS terms
    FROM (SELECT search_fold(p_word) AS word) w, generate_series(1, greatest(length(w.word) - 1, 1)) AS n
    UNION ALL
    SELECT guard.search_term(E'\x02' || named.kind || named.id)
    FROM (
      SELECT 'p' AS kind, id, name_zh, name_en FROM programmes
      UNION ALL SELECT 'c', id, name_zh, name_en FROM campaigns
      UNION ALL SELECT 'o', id, name_zh, name_en FROM organisations
    ) AS named, guard.search_pattern(p_word) AS sought
    WHERE search_fold(named.name_zh) LIKE sought OR search_fold(named.name_en) LIKE sought
    UNION ALL
    SELECT guard.search_term(E'\x02' || term) FROM string_to_table(p_named, '|') AS term
    WHERE left(term, 1) <> 's'
  ) AS either
$$;

/* Where the session reads; NULL = everywhere. */
CREATE FUNCTION guard.search_of_reach() RETURNS tsquery
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF guard.reads_everything() THEN
    RETURN NULL;
  END IF;
  RETURN (
    SELECT coalesce(string_agg(guard.search_term(E'\x02' || place.term), ' | '), '''nothing''')::tsquery
    FROM organisations home
    CROSS JOIN LATERAL (
      SELECT 'k' || home.id WHERE home.kind = 'COUNTY'
      UNION ALL SELECT 'f' || home.id WHERE home.kind = 'PREFECTURE'
      UNION ALL SELECT 'o' || c.descendant_id FROM organisation_closure c
        WHERE c.ancestor_id = home.id AND home.kind NOT IN ('COUNTY', 'PREFECTURE')
    ) AS place (term)
    WHERE home.id = ANY (guard.reading_homes()));
END $$;

/* All the words, within the reader's reach and whatever else narrows: terms of which one has to be there
   ('y2026', 'p3|p7'). NULL = nothing narrows. */
CREATE FUNCTION guard.search_query(p_words text[], p_within text[], p_named text[]) RETURNS tsquery
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_query tsquery := guard.search_of_reach();
  v_one text;
BEGIN
  FOR i IN 1 .. cardinality(p_words) LOOP
    v_query := coalesce(v_query && guard.search_of_word(p_words[i], p_named[i]), guard.search_of_word(p_words[i], p_named[i]));
  END LOOP;
  FOREACH v_one IN ARRAY p_within LOOP
    SELECT coalesce(v_query && either, either) INTO v_query FROM (
      SELECT string_agg(guard.search_term(E'\x02' || term), ' | ')::tsquery AS either
      FROM string_to_table(v_one, '|') AS term) AS narrower;
  END LOOP;
  RETURN v_query;
END $$;

/* What holds of a record `d` with this word, which may be an amount (in fen). The reader's own statement says the same (findRecords in
   lib/features/search). */
CREATE FUNCTION guard.search_condition(p_word text, p_amount bigint, p_named text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pattern text := guard.search_pattern(p_word);
  v_number text := substring(p_word FROM '^0*([1-9][0-9]{0,17})$');
  v_reference text[] := regexp_match(p_word, '^([A-Za-z0-9-]{2,40})-([0-9]{4})-0*([1-9][0-9]{0,17})$');
  v_sources int[] := guard.search_sources(p_word, p_named);
BEGIN
  RETURN '(' || concat_ws(' OR ',
    -- first: where many records have such a source, few need their words compared
    CASE WHEN v_sources <> '{}' THEN format('EXISTS (SELECT FROM disbursement_shares x
      WHERE x.disbursement_id = d.id AND x.fund_source_id = ANY (%L::int[]))', v_sources) END,
    (SELECT string_agg(format('search_fold(d.%I) LIKE %L', field, v_pattern), ' OR ')
      FROM unnest('{note,source_citation,source_ref}'::text[]) AS field),
    (SELECT string_agg(format('d.%I IN (SELECT id FROM %I WHERE search_fold(name_zh) LIKE %L OR search_fold(name_en) LIKE %L)',
        named || '_id', named || 's', v_pattern, v_pattern), ' OR ')
      FROM unnest('{campaign,programme,organisation}'::text[]) AS named),
    (SELECT string_agg(format('d.%I = %L', CASE left(term, 1) WHEN 'o' THEN 'organisation_id' WHEN 'p' THEN 'programme_id'
        ELSE 'campaign_id' END, substr(term, 2)::int), ' OR ') FROM string_to_table(p_named, '|') AS term WHERE left(term, 1) <> 's'),
    CASE WHEN p_amount IS NOT NULL THEN format('d.amount_fen IN (%s, %s)', p_amount, -p_amount) END,
    CASE
      WHEN v_number IS NOT NULL THEN format('d.id = %L', v_number)
      WHEN v_reference IS NOT NULL THEN format(
        'd.id = %L AND d.fiscal_year = %L AND d.organisation_id IN (SELECT id FROM organisations WHERE code = %L)',
        v_reference[3], v_reference[2], v_reference[1])
    END) || ')';
END $$;

/* Records `d` in the index ($1); or, where there are numbers or amounts, called by one ($2) or of one ($5); or, where
   words name sources of money, with a share of one ($6) and all else that is asked of them in the index ($7, where
   there is anything else); and within the reader's reach ($3, $4). Each is asked for by itself (OFFSET): of conditions
   put together the planner would compare the terms again, row by row. */
CREATE FUNCTION guard.search_found(p_numbered boolean, p_sourced boolean, p_else boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_terms constant text := 'search_terms(d.note, d.source_citation, d.source_ref, d.fiscal_year, d.programme_id,
    d.campaign_id, d.organisation_id, d.county_id, d.prefecture_id)';
  v_share constant text := 'EXISTS (SELECT FROM disbursement_shares x WHERE x.disbursement_id = d.id
    AND x.fund_source_id = ANY ($6))';
  v_paid text := v_share || CASE WHEN p_else THEN ' AND ' || v_terms || ' @@ $7' ELSE '' END;
BEGIN
  RETURN '(SELECT * FROM disbursements d WHERE ' || v_terms || ' @@ $1'
    -- whoever holds all the words holds all else that is asked
    || CASE WHEN p_sourced THEN ' AND NOT ' || v_share || ' UNION ALL SELECT * FROM disbursements d WHERE ' || v_paid ELSE '' END
    || CASE WHEN p_numbered THEN ' UNION ALL SELECT * FROM disbursements d WHERE (d.id = ANY ($2) OR d.amount_fen = ANY ($5))
      AND (' || v_terms || ' @@ $1) IS NOT TRUE' || CASE WHEN p_sourced THEN ' AND (' || v_paid || ') IS NOT TRUE' ELSE '' END
      ELSE '' END
    || ' OFFSET 0) AS d WHERE ($3 OR EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY ($4)))';
END $$;

/* The sources of money that words name, and what is asked of the index besides those words. */
CREATE FUNCTION guard.search_sourced(
  p_words text[], p_within text[], p_named text[], OUT sources int[], OUT besides tsquery)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_one int[];
  v_words text[] := '{}';
  v_named text[] := '{}';
BEGIN
  sources := '{}';
  FOR i IN 1 .. cardinality(p_words) LOOP
    v_one := guard.search_sources(p_words[i], p_named[i]);
    sources := sources || v_one;
    IF v_one = '{}' THEN
      v_words := array_append(v_words, p_words[i]);
      v_named := array_append(v_named, p_named[i]);
    END IF;
  END LOOP;
  IF sources <> '{}' THEN
    besides := guard.search_query(v_words, p_within, v_named);
  END IF;
END $$;

/* Amounts as they are looked for: an adjustment's lie below zero. */
CREATE FUNCTION guard.search_amounts(p_amounts bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(amount) || array_agg(-amount), '{}') FROM unnest(p_amounts) AS amount WHERE amount IS NOT NULL
$$;

/*
 * The ids of the records within the reader's reach that may hold all the words, or have one of the numbers or amounts;
 * NULL where there are more than p_most, and walking the ledger meets them soon enough. p_amounts: beside each word
 * that may be an amount what it is in fen, else NULL.
 */
CREATE FUNCTION guard.found_records(
  p_words text[], p_numbers bigint[], p_within text[], p_most int, p_amounts bigint[] DEFAULT '{}',
  p_named text[] DEFAULT '{}') RETURNS bigint[]
-- A bitmap that has to forget single rows would have their terms worked out again.
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
  v_found bigint[];
  v_amounts bigint[] := guard.search_amounts(p_amounts);
  v_paid record := guard.search_sourced(p_words, p_within, p_named);
BEGIN
  -- planned for these words: which of them are rare decides how
  EXECUTE 'SELECT array_agg(id) FROM (SELECT d.id FROM '
    || guard.search_found(cardinality(p_numbers) + cardinality(v_amounts) > 0, v_paid.sources <> '{}', v_paid.besides IS NOT NULL)
    || ' LIMIT $8 + 1) AS found'
  INTO v_found
  USING guard.search_query(p_words, p_within, p_named), p_numbers, guard.reads_everything(), guard.reading_homes(), v_amounts,
    v_paid.sources, v_paid.besides, p_most;
  RETURN CASE WHEN coalesce(cardinality(v_found), 0) <= p_most THEN coalesce(v_found, '{}') END;
END $$;

/*
 * What all records within the reader's reach that hold the words add to figures, as whole records: cells like those
 * of figure_rows. Organisation, programme and status are kept apart, and of the other axes those named in p_axes.
 */
CREATE FUNCTION guard.found_figures(
  p_words text[], p_numbers bigint[], p_within text[], p_axes text[], p_amounts bigint[] DEFAULT '{}',
  p_named text[] DEFAULT '{}')
RETURNS TABLE (
  fiscal_year smallint, month smallint, organisation_id int, programme_id int, aid_category_id int,
  recipient_kind_id int, form text, campaign_id int, fund_source_id int, status text, {{sums: @ bigint}})
-- few cells of many records: sorted first they would take half as long again
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET work_mem = '64MB'
SET enable_sort = off AS $$
DECLARE
  v_axes text := (
    SELECT string_agg(CASE WHEN axis.name = ANY (p_axes || '{organisation_id,programme_id,status}'::text[])
      THEN 'c.' || axis.name ELSE axis.none END, ', ' ORDER BY axis.at)
    FROM (VALUES (1, 'fiscal_year', '0::smallint'), (2, 'month', '0::smallint'), (3, 'organisation_id', NULL),
      (4, 'programme_id', NULL), (5, 'aid_category_id', '0::int'), (6, 'recipient_kind_id', '0::int'),
      (7, 'form', '''''::text'), (8, 'campaign_id', '0::int'), (9, 'fund_source_id', '0::int'), (10, 'status', NULL)) AS axis (at, name, none));
  v_amounts bigint[] := guard.search_amounts(p_amounts);
  v_called boolean := cardinality(p_numbers) + cardinality(v_amounts) > 0;
  v_paid record := guard.search_sourced(p_words, p_within, p_named);
  -- of a word of one or two characters the terms say everything
  v_words text := (
    SELECT coalesce(string_agg(' AND ' || guard.search_condition(word, p_amounts[at], p_named[at]), ''), '')
    FROM unnest(p_words) WITH ORDINALITY AS asked (word, at)
    -- a record called by its number or amount, or by a source of money, has not been found by the terms of any word
    WHERE v_called OR v_paid.sources <> '{}' OR length(search_fold(word)) > 2);
BEGIN
  RETURN QUERY EXECUTE 'SELECT ' || v_axes || ', {{sums: sum(c.@)::bigint}}
    FROM (SELECT d.* FROM ' || guard.search_found(v_called, v_paid.sources <> '{}', v_paid.besides IS NOT NULL) || v_words || ') AS d
    CROSS JOIN LATERAL guard.figure_cell(ROW(d.*)::disbursements, 1, 0, d.amount_fen) AS c GROUP BY ' || v_axes
  USING guard.search_query(p_words, p_within, p_named), p_numbers, guard.reads_everything(), guard.reading_homes(), v_amounts,
    v_paid.sources, v_paid.besides;
END $$;
GRANT EXECUTE ON FUNCTION guard.found_records(text[], bigint[], text[], int, bigint[], text[]),
  guard.found_figures(text[], bigint[], text[], text[], bigint[], text[]) TO nuanzhang_app;
