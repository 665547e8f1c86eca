-- Work briefs as they were written: one version after the other, readable by whoever reads the records of the place,
-- written by those who work there or above it, and never changed.

CREATE FUNCTION guard.before_narrative_text() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_last int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('narrative-texts'), hashtext(concat_ws(' ', NEW.organisation_id, NEW.year, NEW.lang)));
  SELECT coalesce(max(version), 0) INTO v_last FROM narrative_texts
  WHERE organisation_id = NEW.organisation_id AND year = NEW.year AND lang = NEW.lang;
  IF NEW.version <> v_last + 1 THEN
    RAISE EXCEPTION 'version % does not follow %', NEW.version, v_last USING ERRCODE = 'NZ006';
  END IF;
  NEW.created_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT ON narrative_texts
  FOR EACH ROW EXECUTE FUNCTION guard.before_narrative_text();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON narrative_texts
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

GRANT SELECT, INSERT ON narrative_texts TO nuanzhang_app;

CREATE POLICY read_scope ON narrative_texts FOR SELECT TO nuanzhang_app
  USING ((SELECT guard.reads_everything()) OR EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = narrative_texts.organisation_id AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY author_writes ON narrative_texts FOR INSERT TO nuanzhang_app
  WITH CHECK (author_id = (SELECT guard.session_user_id()) AND EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = narrative_texts.organisation_id
      AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK,REVIEWER,PROVINCE}'))::int[])));

CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON narrative_texts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('narrative', 'id');
