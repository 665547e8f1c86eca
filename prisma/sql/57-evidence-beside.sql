-- What the evidence of a record is held against when it is judged (63-findings): other files, by index. Of a file that
-- lies beside another case elsewhere, or of a photograph like one there, one bit is told: neither whose, nor which, nor
-- how many; and it is told of a file that was brought and written into the chain, to whoever reads its record.

/* Of photographs alone: two sign-off sheets on one form differ by less than one sheet photographed twice. */
CREATE FUNCTION guard.most_signs_apart() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 6 $$;

/* Among all places there are hundreds of times as many photographs, of which two may be alike by chance: only what was
   made smaller or saved anew is told there. Three signs leave one quarter of four as it is, by which it is found. */
CREATE FUNCTION guard.most_signs_apart_elsewhere() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 3 $$;

/* Records of other places with a photograph like this one. A picture of nearly nothing, a wall or the sky, says too
   little to be known again among all. */
CREATE FUNCTION guard.photographed_elsewhere(p_file attachments) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT x.disbursement_id), '{}') FROM attachments x
  WHERE x.likeness IS NOT NULL AND x.removed_at IS NULL AND x.organisation_id <> p_file.organisation_id
    AND ARRAY[x.likeness & 65535, 65536 | ((x.likeness >> 16) & 65535), 131072 | ((x.likeness >> 32) & 65535),
      196608 | ((x.likeness >> 48) & 65535)] && ARRAY[p_file.likeness & 65535,
      65536 | ((p_file.likeness >> 16) & 65535), 131072 | ((p_file.likeness >> 32) & 65535), 196608 | ((p_file.likeness >> 48) & 65535)]
    AND x.likeness_version = p_file.likeness_version
    AND bit_count((x.likeness # p_file.likeness)::bit(64)) <= guard.most_signs_apart_elsewhere()
    AND bit_count(p_file.likeness::bit(64)) BETWEEN 1 + guard.most_signs_apart_elsewhere() AND 63 - guard.most_signs_apart_elsewhere()
    AND x.sha256 <> p_file.sha256 AND x.source_sha256 <> p_file.source_sha256
$$;

/* Other live records with a file like this one, told apart by whether the reader may see them. A correction may show
   what its original showed, and what was voided is entered anew with the same papers. */
CREATE FUNCTION guard.told_of_others(p_case bigint, p_records bigint[], p_homes int[]) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH other AS (
    SELECT DISTINCT d.id, EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (p_homes)) AS seen
    FROM disbursements d WHERE d.id = ANY (p_records) AND d.status <> 'VOIDED' AND guard.case_of(d.id) <> p_case)
  SELECT CASE WHEN count(*) > 0 THEN json_build_object(
    'references', to_json(ARRAY(SELECT guard.reference_of(o.id) FROM other o WHERE o.seen ORDER BY o.id LIMIT 3)),
    'elsewhere', bool_or(NOT seen)) END
  FROM other
$$;

CREATE FUNCTION guard.evidence_beside(p_id bigint, p_organisation_id int, p_homes int[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_case bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM attachments a WHERE a.disbursement_id = p_id AND a.organisation_id = p_organisation_id AND a.removed_at IS NULL) THEN
    -- a form that is not saved has nothing beside it yet, and is not asked for any
    RETURN CASE WHEN EXISTS (SELECT FROM disbursements d WHERE d.id = p_id AND d.organisation_id = p_organisation_id)
      THEN json_build_object('files', 0, 'used', '[]'::json, 'alike', '[]'::json, 'taken', '[]'::json, 'invoices', '[]'::json) END;
  END IF;
  v_case := guard.case_of(p_id);
  RETURN (
    WITH own AS MATERIALIZED (
      SELECT a.* FROM attachments a WHERE a.disbursement_id = p_id AND a.organisation_id = p_organisation_id AND a.removed_at IS NULL
    ), used AS (
      SELECT own.no, own.kind, guard.told_of_others(v_case, ARRAY(
          SELECT x.disbursement_id FROM attachments x
          WHERE (x.sha256 = own.sha256 OR x.source_sha256 = own.source_sha256) AND x.disbursement_id <> p_id AND x.removed_at IS NULL),
        p_homes) AS told FROM own
    ), invoice AS (
      SELECT own.no, own.invoice_number AS number, guard.told_of_others(v_case, ARRAY(
          SELECT x.disbursement_id FROM attachments x
          WHERE x.invoice_number = own.invoice_number AND x.disbursement_id <> p_id AND x.removed_at IS NULL),
        p_homes) AS told FROM own WHERE own.invoice_number IS NOT NULL
    ), alike AS (
      -- the very same file is told as such
      SELECT own.no, guard.told_of_others(v_case, guard.photographed_elsewhere(own::attachments) || ARRAY(
          SELECT x.disbursement_id FROM attachments x
          WHERE x.organisation_id = p_organisation_id AND x.removed_at IS NULL AND x.likeness_version = own.likeness_version
            AND bit_count((x.likeness # own.likeness)::bit(64)) <= guard.most_signs_apart()
            AND x.disbursement_id <> p_id AND x.sha256 <> own.sha256 AND x.source_sha256 <> own.source_sha256),
        p_homes) AS told FROM own WHERE own.likeness IS NOT NULL
    )
    SELECT json_build_object('files', (SELECT count(*) FROM own),
      'used', (SELECT coalesce(json_agg(json_build_object('no', u.no, 'references', u.told -> 'references', 'elsewhere', u.told -> 'elsewhere')
        ORDER BY u.no), '[]') FROM used u WHERE u.told IS NOT NULL),
      'alike', (SELECT coalesce(json_agg(json_build_object('no', a.no, 'references', a.told -> 'references', 'elsewhere', a.told -> 'elsewhere')
        ORDER BY a.no), '[]') FROM alike a WHERE a.told IS NOT NULL),
      'invoices', (SELECT coalesce(json_agg(json_build_object('no', i.no, 'number', i.number, 'references', i.told -> 'references',
        'elsewhere', i.told -> 'elsewhere') ORDER BY i.no), '[]') FROM invoice i WHERE i.told IS NOT NULL),
      'taken', (SELECT coalesce(json_agg(json_build_object('no', o.no, 'day', o.taken_on::text) ORDER BY o.no), '[]')
        FROM own o WHERE o.taken_on IS NOT NULL),
      -- known only where every sheet was counted
      'signatures', (SELECT CASE WHEN count(*) > 0 AND count(o.signatures) = count(*) THEN sum(o.signatures) END
        FROM own o WHERE o.kind = 'SIGN-OFF-SHEET')));
END $$;
