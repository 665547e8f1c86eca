-- Two administrators. What opens the whole province to somebody, or the accounts themselves (the roles PROVINCE,
-- AUDITOR, ADMIN), is asked for by one administrator and done when another confirms it. The application's role cannot
-- do it at all: decide_request does, and exactly what the row says. Whoever keeps a terminal on the machine can make
-- further administrators (npm run create-admin), and nobody is exempt: one alone gives nobody such a role.

CREATE FUNCTION guard.needs_two(p_role text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN p_role IN ('PROVINCE', 'AUDITOR', 'ADMIN');

CREATE FUNCTION guard.request_life() RETURNS interval LANGUAGE sql IMMUTABLE
RETURN interval '7 days';

/* Does this account hold such a role? A disabled one too: it can be enabled again. */
CREATE FUNCTION guard.is_far_reaching(p_user_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM memberships m WHERE m.user_id = p_user_id AND m.revoked_at IS NULL AND guard.needs_two(m.role));
END $$;

/* As the caller, to tell the application from decide_request; after the row, so that the older laws speak first. */
CREATE FUNCTION guard.after_lone_grant() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'nuanzhang_app' AND NEW.revoked_at IS NULL AND guard.needs_two(NEW.role) THEN
    RAISE EXCEPTION 'this role is given by two administrators' USING ERRCODE = 'NZ015';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER by_two AFTER INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION guard.after_lone_grant();

CREATE FUNCTION guard.after_lone_way_in() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'nuanzhang_app' AND guard.is_far_reaching((to_jsonb(NEW) ->> TG_ARGV[0])::uuid) THEN
    RAISE EXCEPTION 'a way into this account is opened by two administrators' USING ERRCODE = 'NZ015';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER by_two AFTER INSERT ON user_identities
  FOR EACH ROW EXECUTE FUNCTION guard.after_lone_way_in('user_id');
CREATE TRIGGER by_two AFTER UPDATE ON users
  FOR EACH ROW WHEN (NEW.active AND NOT OLD.active) EXECUTE FUNCTION guard.after_lone_way_in('id');

/* A request is in the name of whoever makes it, from now on, and about somebody else. */
CREATE FUNCTION guard.before_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.user_id = guard.session_user_id() THEN
    RAISE EXCEPTION 'nobody asks for themselves' USING ERRCODE = '42501';
  END IF;
  NEW.requested_by := guard.session_user_id();
  NEW.requested_at := clock_timestamp();
  NEW.decision := NULL;
  NEW.decided_by := NULL;
  NEW.decided_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER before_request BEFORE INSERT ON admin_requests
  FOR EACH ROW EXECUTE FUNCTION guard.before_request();
CREATE TRIGGER never_deleted BEFORE DELETE ON admin_requests
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON admin_requests DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('admin-request', 'id');

/* Does what a request says; answers whose account it was. Called by decide_request alone. */
CREATE FUNCTION guard.carry_out(r admin_requests, p_password_hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := r.user_id;
BEGIN
  IF r.kind = 'OPEN-ACCOUNT' THEN
    INSERT INTO users (username, name_zh, name_en) VALUES (r.username, r.name_zh, r.name_en) RETURNING id INTO v_user;
  END IF;
  IF r.kind IN ('OPEN-ACCOUNT', 'GRANT-ROLE') THEN
    INSERT INTO memberships (user_id, organisation_id, role, granted_by)
    SELECT v_user, o.id, r.role, r.requested_by FROM organisations o WHERE o.id = r.organisation_id AND o.active;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'this organisation is out of use' USING ERRCODE = 'NZ007';
    END IF;
  END IF;
  IF r.kind IN ('OPEN-ACCOUNT', 'RESET-PASSWORD') THEN
    PERFORM guard.store_password(v_user, p_password_hash);
  END IF;
  IF r.kind IN ('LINK-IDENTITY', 'ENABLE-ACCOUNT') THEN
    UPDATE users SET active = active OR r.kind = 'ENABLE-ACCOUNT', version = version + 1 WHERE id = v_user;
  END IF;
  IF r.kind = 'LIFT-FACTOR' THEN
    PERFORM guard.drop_factor(v_user, 'user.lift-factor');
  END IF;
  IF r.kind = 'LINK-IDENTITY' THEN
    INSERT INTO user_identities (issuer, subject, user_id) VALUES (r.issuer, r.subject, v_user);
  END IF;
  RETURN v_user;
END $$;

/* Confirms (another administrator), declines (another) or takes back (the requester) a request that still waits;
   what was asked for is done in the same moment. Answers whose account it was. */
CREATE FUNCTION guard.decide_request(p_id bigint, p_decision text, p_password_hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := guard.session_user_id();
  v_user uuid;
  r admin_requests;
BEGIN
  IF NOT guard.is_admin() THEN
    RAISE EXCEPTION 'administrators decide' USING ERRCODE = '42501';
  END IF;
  SELECT * INTO r FROM admin_requests WHERE id = p_id FOR UPDATE;
  IF r.id IS NULL OR r.decision IS NOT NULL THEN
    RAISE EXCEPTION 'this request does not wait' USING ERRCODE = 'NZ006';
  ELSIF (p_decision = 'WITHDRAWN') <> (r.requested_by = v_me) THEN
    RAISE EXCEPTION 'who asked does not confirm' USING ERRCODE = 'NZ015';
  END IF;
  IF p_decision = 'CONFIRMED' THEN
    IF r.requested_at < now() - guard.request_life() THEN
      RAISE EXCEPTION 'this request has lapsed' USING ERRCODE = 'NZ007';
    ELSIF r.user_id = v_me THEN
      RAISE EXCEPTION 'nobody confirms what is about themselves' USING ERRCODE = '42501';
    ELSIF NOT EXISTS (
      SELECT FROM users u JOIN memberships m ON m.user_id = u.id
      WHERE u.id = r.requested_by AND u.active AND m.role = 'ADMIN' AND m.revoked_at IS NULL) THEN
      RAISE EXCEPTION 'who asked is no administrator any more' USING ERRCODE = 'NZ007';
    END IF;
    v_user := guard.carry_out(r, p_password_hash);
  END IF;
  UPDATE admin_requests SET decision = p_decision, decided_by = v_me, decided_at = clock_timestamp(),
    user_id = coalesce(v_user, user_id) WHERE id = p_id;
  RETURN coalesce(v_user, r.user_id);
END $$;

GRANT SELECT ON admin_requests TO nuanzhang_app;
GRANT INSERT (kind, user_id, username, name_zh, name_en, role, organisation_id, issuer, subject)
  ON admin_requests TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.needs_two(text), guard.request_life(), guard.is_far_reaching(uuid), guard.decide_request(bigint, text, text)
  TO nuanzhang_app;
CREATE POLICY admin_reads ON admin_requests FOR SELECT TO nuanzhang_app USING ((SELECT guard.is_admin()));
CREATE POLICY admin_asks ON admin_requests FOR INSERT TO nuanzhang_app WITH CHECK ((SELECT guard.is_admin()));
