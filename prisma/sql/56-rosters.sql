-- Rosters: lines are part of their record, written by whoever may write it, in the transaction that edits it. What is
-- of a person was sealed before it came here (docs/decisions/0040): nothing in this file opens anything.

/* Lines change with an edit of their record, and so with its version, its editors and its audit entry. */
CREATE FUNCTION guard.after_roster_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  PERFORM FROM disbursements d
  WHERE d.id IN (SELECT l.disbursement_id FROM changed_rows l)
    AND (d.status NOT IN ('DRAFT', 'RETURNED') OR d.entry_kind = 'REVERSAL' OR d.last_edited_by <> v_user
      OR d.xmin <> pg_current_xact_id()::xid);
  IF FOUND THEN
    RAISE EXCEPTION 'the roster of this record cannot be changed' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER editable_insert AFTER INSERT ON roster_lines REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_roster_lines();
CREATE TRIGGER editable_delete AFTER DELETE ON roster_lines REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_roster_lines();

CREATE TRIGGER only_resealed BEFORE UPDATE ON roster_lines
  FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();

/* What a record says and its lines do not add up to; no row where it has no lines, or where they do. Persons,
   households, packs and money apart: nothing is ever added to another. An amount that is about so much is not held
   against lines that know it to the fen. */
CREATE FUNCTION guard.roster_differences(d disbursements) RETURNS TABLE (what text, listed bigint, recorded bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT x.what, x.listed, x.recorded
  FROM (SELECT count(*) AS lines, count(l.amount_fen) AS priced, coalesce(sum(l.amount_fen), 0)::bigint AS fen,
      sum(l.persons)::bigint AS persons, coalesce(sum(l.households), 0)::bigint AS households, coalesce(sum(l.packs), 0)::bigint AS packs
    FROM roster_lines l WHERE l.disbursement_id = d.id) AS s
  CROSS JOIN LATERAL (VALUES
    ('amount', s.fen, CASE d.amount_kind WHEN 'EXACT' THEN d.amount_fen WHEN 'ESTIMATED' THEN s.fen ELSE 0 END),
    ('persons', s.persons, d.persons::bigint), ('households', s.households, d.households::bigint),
    ('packs', s.packs, d.packs::bigint)) AS x (what, listed, recorded)
  WHERE s.lines > 0 AND x.listed <> x.recorded;
END $$;

/* Asked at commit of what is submitted or approved (52-laws-at-commit). */
CREATE FUNCTION guard.check_roster(d disbursements) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM guard.roster_differences(d)) THEN
    RAISE EXCEPTION 'the roster of % does not add up to it', d.id USING ERRCODE = 'NZ001';
  END IF;
END $$;

/* How many lines, people and fen the rosters of these records come to: to whoever reads the records, without a line. */
CREATE FUNCTION guard.roster_sums(p_ids bigint[]) RETURNS TABLE (
  disbursement_id bigint, lines int, documented int, priced int, amount_fen bigint, persons int, households int, packs int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_homes int[] := guard.reading_homes();
BEGIN
  RETURN QUERY
  SELECT l.disbursement_id, count(*)::int, count(l.identity_id)::int, count(l.amount_fen)::int, sum(l.amount_fen)::bigint,
    sum(l.persons)::int, sum(l.households)::int, sum(l.packs)::int
  FROM roster_lines l WHERE l.disbursement_id = ANY (p_ids) AND EXISTS (
    SELECT FROM organisation_closure c WHERE c.descendant_id = l.organisation_id AND c.ancestor_id = ANY (v_homes))
  GROUP BY l.disbursement_id;
END $$;

GRANT SELECT, INSERT, DELETE ON roster_lines TO nuanzhang_app;
-- Names are for those who enter and those who judge there. The province sees sums, administrators not even those.
CREATE POLICY workers_read ON roster_lines FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = roster_lines.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK,REVIEWER}'))::int[])));
CREATE POLICY clerk_inserts ON roster_lines FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = roster_lines.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
CREATE POLICY clerk_deletes ON roster_lines FOR DELETE TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = roster_lines.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));

GRANT EXECUTE ON FUNCTION guard.roster_sums(bigint[]) TO nuanzhang_app;
