-- What a person is typing: theirs alone, bounded, and changed one version after the other, so that of two windows
-- the second one learns of the first.

CREATE FUNCTION guard.most_working_copies() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 100 $$;
GRANT EXECUTE ON FUNCTION guard.most_working_copies() TO nuanzhang_app;

CREATE FUNCTION guard.before_working_copy() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtext('working-copies'), hashtext(NEW.owner_id::text));
    IF (SELECT count(*) FROM working_copies WHERE owner_id = NEW.owner_id) >= guard.most_working_copies() THEN
      RAISE EXCEPTION 'no more working copies for this person' USING ERRCODE = 'NZ011';
    END IF;
    NEW.version := 1;
    NEW.created_at := clock_timestamp();
  ELSE
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
    END IF;
    IF (NEW.id, NEW.owner_id, NEW.kind, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.owner_id, OLD.kind, OLD.created_at) THEN
      RAISE EXCEPTION 'whose working copy it is, and of what, does not change' USING ERRCODE = 'NZ004';
    END IF;
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE ON working_copies
  FOR EACH ROW EXECUTE FUNCTION guard.before_working_copy();

GRANT SELECT, INSERT, UPDATE, DELETE ON working_copies TO nuanzhang_app;
-- The subject is looked up as the person who writes: of a record out of reach there is no copy.
CREATE POLICY own_copies ON working_copies FOR ALL TO nuanzhang_app
  USING (owner_id = (SELECT guard.session_user_id()))
  WITH CHECK (owner_id = (SELECT guard.session_user_id())
    AND (subject_id IS NULL OR EXISTS (SELECT FROM disbursements d WHERE d.id = subject_id)));
