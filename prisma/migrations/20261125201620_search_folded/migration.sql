-- How a text is compared when somebody looks for words: in small letters, wide characters as narrow ones, every kind
-- of bracket, dot, dash and quotation mark as the plain one. Text and words go through it alike.
-- Not among the guards of prisma/sql, for the same reason as search_terms: an index stands on it.
CREATE FUNCTION search_fold(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.translate(pg_catalog.lower(pg_catalog.normalize(p_text, 'NFKC')),
    '〔【「『《〈[{〕】」』》〉]}·・•‧∙⋅。、，–—―−‐‑“”„‟‘’‚‛',
    '(((((((()))))))).......,,------""""''''''''')
$$;

CREATE OR REPLACE FUNCTION search_terms(
  p_note text, p_citation text, p_reference text, p_year smallint, p_programme_id int, p_campaign_id int,
  p_organisation_id int, p_county_id int, p_prefecture_id int) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
DECLARE
  v_text text := public.search_fold(pg_catalog.concat_ws(E'\x01', p_note, p_citation, p_reference));
BEGIN
  RETURN pg_catalog.array_to_tsvector(pg_catalog.array_remove(pg_catalog.string_to_array(pg_catalog.concat_ws(E'\x01',
    pg_catalog.regexp_replace(v_text, '(..)', E'\\1\x01', 'g'),
    pg_catalog.regexp_replace(pg_catalog.substr(v_text, 2), '(..)', E'\\1\x01', 'g'),
    E'\x02y' || p_year, E'\x02p' || p_programme_id, E'\x02c' || p_campaign_id, E'\x02o' || p_organisation_id,
    E'\x02k' || p_county_id, E'\x02f' || p_prefecture_id), E'\x01'), ''));
END $$;

REINDEX INDEX disbursements_search_idx;
ANALYZE disbursements;
