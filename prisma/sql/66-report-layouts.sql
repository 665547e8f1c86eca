-- Report forms of a province's own: drawn and changed by whoever works for it as the province, readable by everybody
-- who reads records somewhere below it. They hold no figure and open no door.

CREATE FUNCTION guard.most_layouts() RETURNS int LANGUAGE sql IMMUTABLE
RETURN 100;
GRANT EXECUTE ON FUNCTION guard.most_layouts() TO nuanzhang_app;

CREATE FUNCTION guard.before_report_layout() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtext('report-layouts'), NEW.organisation_id);
    IF (SELECT count(*) FROM report_layouts WHERE organisation_id = NEW.organisation_id AND removed_at IS NULL) >= guard.most_layouts() THEN
      RAISE EXCEPTION 'no more report forms for this organisation' USING ERRCODE = 'NZ011';
    END IF;
    NEW.version := 1;
    NEW.created_at := clock_timestamp();
    NEW.removed_at := NULL;
  ELSE
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
    END IF;
    IF OLD.removed_at IS NOT NULL OR (NEW.id, NEW.organisation_id, NEW.author_id, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.author_id, OLD.created_at) THEN
      RAISE EXCEPTION 'whose form it is does not change, and what was removed stays so' USING ERRCODE = 'NZ004';
    END IF;
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE ON report_layouts
  FOR EACH ROW EXECUTE FUNCTION guard.before_report_layout();

GRANT SELECT, INSERT, UPDATE ON report_layouts TO nuanzhang_app;

CREATE POLICY read_below ON report_layouts FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c
    WHERE c.ancestor_id = report_layouts.organisation_id AND c.descendant_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY province_draws ON report_layouts FOR INSERT TO nuanzhang_app
  WITH CHECK (author_id = (SELECT guard.session_user_id()) AND organisation_id = ANY ((SELECT guard.homes('{PROVINCE}'))::int[]));
CREATE POLICY province_changes ON report_layouts FOR UPDATE TO nuanzhang_app
  USING (organisation_id = ANY ((SELECT guard.homes('{PROVINCE}'))::int[]))
  WITH CHECK (organisation_id = ANY ((SELECT guard.homes('{PROVINCE}'))::int[]));

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON report_layouts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('layout', 'id');
