-- Every code that records may name, as ids, for a command: in one statement that is planned once a connection and asks
-- once whose session it is, where a policy of each of nine tables would ask again. Reference data is public to
-- whoever is signed in; whose organisation a person may write to is the command's own question.

CREATE FUNCTION guard.codes(p_organisations text[], p_programmes text[], p_campaigns text[]) RETURNS TABLE (
  organisations json, programmes json, campaigns json, aid_categories json, recipient_kinds json, fund_sources json,
  years json)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  IF guard.session_user_id() IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT
    (SELECT coalesce(json_agg(json_build_object('code', code, 'id', id, 'path', path, 'active', active)), '[]')
      FROM organisations WHERE code = ANY (p_organisations)),
    (SELECT coalesce(json_agg(json_build_object('code', p.code, 'id', p.id, 'active', p.active, 'defaults',
        json_build_object('aidCategory', c.code, 'recipientKind', k.code, 'form', lower(p.default_form)))), '[]')
      FROM programmes p JOIN aid_categories c ON c.id = p.default_aid_category_id
      JOIN recipient_kinds k ON k.id = p.default_recipient_kind_id
      WHERE p.code = ANY (p_programmes)),
    (SELECT coalesce(json_agg(json_build_object('code', c.code, 'id', c.id, 'programmeId', c.programme_id,
        'path', home.path)), '[]')
      FROM campaigns c JOIN organisations home ON home.id = c.organisation_id
      WHERE c.code = ANY (p_campaigns)),
    (SELECT json_agg(json_build_object('code', code, 'id', id, 'active', active)) FROM aid_categories),
    (SELECT json_agg(json_build_object('code', code, 'id', id, 'active', active)) FROM recipient_kinds),
    (SELECT json_agg(json_build_object('code', code, 'id', id, 'active', active) ORDER BY sort_order, id) FROM fund_sources),
    (SELECT json_agg(json_build_object('year', year, 'status',
        CASE WHEN guard.takes_entries(status, reopened_until) THEN 'OPEN' ELSE 'CLOSED' END)) FROM years);
END $$;

GRANT EXECUTE ON FUNCTION guard.codes(text[], text[], text[]) TO nuanzhang_app;
