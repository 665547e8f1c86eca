-- Saved views: their owner's to change and remove, readable by everybody who reads records somewhere in the subtree
-- they are shared with. They hold no figure and open no door.

CREATE FUNCTION guard.most_saved_views() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 100 $$;
GRANT EXECUTE ON FUNCTION guard.most_saved_views() TO nuanzhang_app;

CREATE FUNCTION guard.before_saved_view() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtext('saved-views'), hashtext(NEW.owner_id::text));
    IF (SELECT count(*) FROM saved_views WHERE owner_id = NEW.owner_id AND removed_at IS NULL) >= guard.most_saved_views() THEN
      RAISE EXCEPTION 'no more saved views for this person' USING ERRCODE = 'NZ011';
    END IF;
    NEW.version := 1;
    NEW.created_at := clock_timestamp();
    NEW.removed_at := NULL;
  ELSE
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
    END IF;
    IF OLD.removed_at IS NOT NULL OR (NEW.id, NEW.owner_id, NEW.page, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.owner_id, OLD.page, OLD.created_at) THEN
      RAISE EXCEPTION 'whose view it is, and of what page, does not change, and what was removed stays so' USING ERRCODE = 'NZ004';
    END IF;
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE ON saved_views
  FOR EACH ROW EXECUTE FUNCTION guard.before_saved_view();

GRANT SELECT, INSERT, UPDATE ON saved_views TO nuanzhang_app;

-- Whoever reads no records (an administrator) has no views, and is shown none.
CREATE POLICY own_views ON saved_views FOR SELECT TO nuanzhang_app
  USING (owner_id = (SELECT guard.session_user_id()) AND (SELECT cardinality(guard.reading_homes())) > 0);
-- Shared for as long as its owner works there.
CREATE POLICY shared_views ON saved_views FOR SELECT TO nuanzhang_app
  USING (shared_with_id IS NOT NULL
    AND EXISTS (SELECT FROM organisation_closure c
      WHERE c.ancestor_id = saved_views.shared_with_id AND c.descendant_id = ANY ((SELECT guard.reading_homes())::int[]))
    AND EXISTS (SELECT FROM memberships m JOIN users u ON u.id = m.user_id AND u.active
      WHERE m.user_id = saved_views.owner_id AND m.organisation_id = saved_views.shared_with_id
        AND m.revoked_at IS NULL AND m.role <> 'ADMIN'));
CREATE POLICY owner_keeps ON saved_views FOR INSERT TO nuanzhang_app
  WITH CHECK (owner_id = (SELECT guard.session_user_id()) AND (SELECT cardinality(guard.reading_homes())) > 0
    AND (shared_with_id IS NULL OR shared_with_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY owner_changes ON saved_views FOR UPDATE TO nuanzhang_app
  USING (owner_id = (SELECT guard.session_user_id()))
  WITH CHECK (owner_id = (SELECT guard.session_user_id())
    AND (shared_with_id IS NULL OR shared_with_id = ANY ((SELECT guard.reading_homes())::int[])));

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON saved_views DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('view', 'id');
