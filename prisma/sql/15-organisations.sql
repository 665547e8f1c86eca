-- The tree of unions. It grows and never moves: records, figures and rights hang on it. (Moving an organisation
-- would be an act with a history of its own.)

CREATE FUNCTION guard.after_organisation_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO organisation_closure (ancestor_id, descendant_id)
  SELECT c.ancestor_id, NEW.id FROM organisation_closure c WHERE c.descendant_id = NEW.parent_id
  UNION ALL SELECT NEW.id, NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER closure AFTER INSERT ON organisations
  FOR EACH ROW EXECUTE FUNCTION guard.after_organisation_insert();

CREATE FUNCTION guard.before_organisation_update() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'an organisation does not move' USING ERRCODE = 'NZ004';
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON organisations FOR EACH ROW
  WHEN ((NEW.id, NEW.parent_id, NEW.path, NEW.kind) IS DISTINCT FROM (OLD.id, OLD.parent_id, OLD.path, OLD.kind))
  EXECUTE FUNCTION guard.before_organisation_update();

/* The prefecture above or at an organisation (else the province), and the county above or at it (else null). */
CREATE FUNCTION guard.place_of(p_organisation_id int) RETURNS TABLE (prefecture_id int, county_id int)
-- a body bound to its names and no SET, so that the caller's statement has it within it
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(max(o.id) FILTER (WHERE o.kind = 'PREFECTURE'), max(o.id) FILTER (WHERE o.kind = 'PROVINCE')),
    max(o.id) FILTER (WHERE o.kind = 'COUNTY')
  FROM organisation_closure c JOIN organisations o ON o.id = c.ancestor_id
  WHERE c.descendant_id = p_organisation_id;
END;
