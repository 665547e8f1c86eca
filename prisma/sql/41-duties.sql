-- Who keeps the accounts: never their own roles, never together with work on records, never under two roots.

CREATE FUNCTION guard.before_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.user_id = guard.session_user_id() THEN
    RAISE EXCEPTION 'nobody changes their own roles' USING ERRCODE = '42501';
  END IF;
  IF NEW.revoked_at IS NOT NULL THEN
    RETURN NEW;
  END IF;
  -- one grant to a person at a time, so that two together cannot give what neither may
  PERFORM FROM users WHERE id = NEW.user_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM memberships m
    WHERE m.user_id = NEW.user_id AND m.revoked_at IS NULL AND m.id <> NEW.id
      AND m.organisation_id = NEW.organisation_id AND m.role = NEW.role) THEN
    RAISE EXCEPTION 'this role is held already' USING ERRCODE = '23505';
  END IF;
  IF EXISTS (
    SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = NEW.user_id AND guard.root_of(o.path) <> (
      SELECT guard.root_of(mine.path) FROM organisations mine WHERE mine.id = NEW.organisation_id)) THEN
    RAISE EXCEPTION 'a person works under one root' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT FROM memberships m
    WHERE m.user_id = NEW.user_id AND m.revoked_at IS NULL AND m.id <> NEW.id
      AND (m.role = 'ADMIN') <> (NEW.role = 'ADMIN')) THEN
    RAISE EXCEPTION 'an administrator holds no other role' USING ERRCODE = '23514';
  END IF;
  IF NEW.role IN ('ADMIN', 'PROVINCE') AND NOT EXISTS (
    SELECT FROM organisations o WHERE o.id = NEW.organisation_id AND o.kind = 'PROVINCE') THEN
    RAISE EXCEPTION 'this role is held at the province' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER duties BEFORE INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION guard.before_membership();
