-- What a search finds a record by: every two characters that follow each other in its words, in small letters (a
-- character at an end stands alone, so that each begins some term), and after a mark that no word can hold its year,
-- programme (p), campaign (c), organisation (o), county (k) and prefecture (f). Every other rule of a search is a
-- condition over the rows found; a term too many costs time, a term too few would lose a record.
-- Not among the guards of prisma/sql: those are taken down and put up again, and with this one would go the index.
-- Its cost keeps the planner from working it out for rows where the index answers.
CREATE FUNCTION search_terms(
  p_note text, p_citation text, p_reference text, p_year smallint, p_programme_id int, p_campaign_id int,
  p_organisation_id int, p_county_id int, p_prefecture_id int) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
DECLARE
  v_text text := pg_catalog.lower(pg_catalog.concat_ws(E'\x01', p_note, p_citation, p_reference));
BEGIN
  RETURN pg_catalog.array_to_tsvector(pg_catalog.array_remove(pg_catalog.string_to_array(pg_catalog.concat_ws(E'\x01',
    pg_catalog.regexp_replace(v_text, '(..)', E'\\1\x01', 'g'),
    pg_catalog.regexp_replace(pg_catalog.substr(v_text, 2), '(..)', E'\\1\x01', 'g'),
    E'\x02y' || p_year, E'\x02p' || p_programme_id, E'\x02c' || p_campaign_id, E'\x02o' || p_organisation_id,
    E'\x02k' || p_county_id, E'\x02f' || p_prefecture_id), E'\x01'), ''));
END $$;

-- Without a list of what is still to be entered: a search would have to go through it, and some write to empty it.
CREATE INDEX disbursements_search_idx ON disbursements USING gin (search_terms(note, source_citation, source_ref,
  fiscal_year, programme_id, campaign_id, organisation_id, county_id, prefecture_id)) WITH (fastupdate = off);

-- How often a term occurs decides how a search is planned; there is no telling when the server would count by itself.
ANALYZE disbursements;
