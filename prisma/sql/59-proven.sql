-- Which records say for whom they were, and which have something to show for it: with what takes them back, so that a
-- correction takes the same from each. The first is settled once a record is handed in, and stands in it
-- (disbursements.named); a file may still come after the approval, so the second is asked of the files.

/* Whether lines say for whom it is, of a reversal for whom what it takes back was. */
CREATE FUNCTION guard.has_roster(d disbursements) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = CASE WHEN d.entry_kind = 'REVERSAL'
    THEN (SELECT a.original_id FROM adjustments a WHERE a.reversal_id = d.id) ELSE d.id END);
END $$;

CREATE FUNCTION guard.with_reversals(p_ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT unnest(p_ids) UNION ALL SELECT a.reversal_id FROM adjustments a WHERE a.original_id = ANY (p_ids);
END $$;

/* Records beside which a file lies that was not removed. */
CREATE FUNCTION guard.evidenced_records() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_homes int[] := guard.reading_homes();
BEGIN
  RETURN QUERY SELECT guard.with_reversals(ARRAY(
    SELECT DISTINCT a.disbursement_id FROM attachments a WHERE a.removed_at IS NULL AND EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = a.organisation_id AND c.ancestor_id = ANY (v_homes))));
END $$;

GRANT EXECUTE ON FUNCTION guard.evidenced_records() TO nuanzhang_app;
