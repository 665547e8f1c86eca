-- Records as commands and their page need them, with all that stands beside them, in one statement that is planned
-- once a connection, of probes alone (see 63-findings). It reads past the policies and asks once whose records the
-- caller may read; everything else it looks at hangs on such a record.

/* The records and, beside a reversal or a replacement, the other half of its pair. `codes`: by the table they stand in. */
CREATE FUNCTION guard.read_records(p_ids bigint[]) RETURNS TABLE (
  d disbursements, organisation text, path text, year_open boolean, levels text[], codes json, authors text[], people json, shares json,
  steps json, answers json, corrections json, original_id bigint, reversal_id bigint, replacement_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_homes int[] := guard.reading_homes();
BEGIN
  RETURN QUERY
  WITH wanted AS MATERIALIZED (
    SELECT asked.id FROM unnest(p_ids) AS asked (id)
    UNION SELECT unnest(ARRAY[a.reversal_id, a.replacement_id]) FROM unnest(p_ids) AS asked (id)
      JOIN adjustments a ON a.replacement_id = asked.id OR a.reversal_id = asked.id
  )
  SELECT ROW(d.*)::disbursements, o.code, o.path, guard.takes_entries(y.status, y.reopened_until), l.levels,
    json_build_object(
      'campaigns', (SELECT c.code FROM campaigns c WHERE c.id = d.campaign_id),
      'programmes', (SELECT c.code FROM programmes c WHERE c.id = d.programme_id),
      'aid_categories', (SELECT c.code FROM aid_categories c WHERE c.id = d.aid_category_id),
      'recipient_kinds', (SELECT c.code FROM recipient_kinds c WHERE c.id = d.recipient_kind_id)),
    (CASE WHEN d.editors IS NULL THEN guard.editors_of(ROW(d.*)::disbursements) ELSE d.editors END)::text[],
    (SELECT json_object_agg(u.id, json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)) FROM users u
      WHERE u.id IN (d.created_by, d.last_edited_by, d.submitted_by)),
    (SELECT coalesce(json_agg(json_build_object('fundSource', f.code, 'amountFen', s.amount_fen::text)
        ORDER BY f.sort_order, f.id), '[]')
      FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id WHERE s.disbursement_id = d.id),
    (SELECT coalesce(json_agg(json_build_object('action', lower(s.action), 'actor',
          json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en),
          'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'reason', s.reason_code, 'words', s.words, 'round', s.round) ORDER BY s.id), '[]')
      FROM approval_steps s JOIN users u ON u.id = s.actor_id WHERE s.disbursement_id = d.id),
    (SELECT coalesce(json_agg(json_build_object('rule', a.rule, 'code', a.answer_code, 'words', a.words, 'values', a.given_for)), '[]')
      FROM finding_answers a WHERE a.disbursement_id = d.id),
    (SELECT coalesce(json_agg(lower(v.status)), '[]') FROM adjustments c
      JOIN disbursements v ON v.id = c.reversal_id WHERE c.original_id = d.id),
    pair.original_id, pair.reversal_id, pair.replacement_id
  FROM wanted JOIN disbursements d ON d.id = wanted.id
  JOIN organisations o ON o.id = d.organisation_id
  JOIN years y ON y.year = d.fiscal_year
  CROSS JOIN LATERAL guard.approval_ladder(o.path, d.amount_fen) AS l
  LEFT JOIN adjustments pair ON pair.reversal_id = d.id OR pair.replacement_id = d.id
  WHERE EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (v_homes));
END $$;

GRANT EXECUTE ON FUNCTION guard.read_records(bigint[]) TO nuanzhang_app;
