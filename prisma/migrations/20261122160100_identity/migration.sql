-- Who is asking. Every transaction names its session by the SHA-256 of the opaque session token
-- (set_config('app.session', …, true)); user, roles and organisations are derived from it here and
-- nowhere else. A forged, revoked, idle or expired session derives nothing.

CREATE SCHEMA guard;

-- The application's role owns nothing and cannot bypass row-level security. Roles belong to the
-- whole server, so another database of it may have made this one already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nuanzhang_app') THEN
    CREATE ROLE nuanzhang_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'nuanzhang_app', 'MEMBER') THEN
    EXECUTE format('GRANT nuanzhang_app TO %I', current_user);
  END IF;
END $$;

GRANT USAGE ON SCHEMA public, guard TO nuanzhang_app;

CREATE FUNCTION guard.session_user_id() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.user_id
  FROM sessions s JOIN users u ON u.id = s.user_id AND u.active
  WHERE s.token_hash = NULLIF(current_setting('app.session', true), '')::char(64)
    AND s.revoked_at IS NULL
    AND s.expires_at > now()
    AND s.last_seen_at > now() - interval '30 minutes'
$$;

/* Organisations in the subtrees where the session's user holds one of the given roles. */
CREATE FUNCTION guard.organisations_for(p_roles role[]) RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT o.id), '{}'::int[])
  FROM memberships m
  JOIN organisations home ON home.id = m.organisation_id
  JOIN organisations o ON starts_with(o.path, home.path)
  WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL AND m.role = ANY (p_roles)
$$;

/* Organisations whose records the session may read. Administrators read none. */
CREATE FUNCTION guard.readable_organisations() RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT guard.organisations_for('{CLERK,REVIEWER,PROVINCE,AUDITOR}')
$$;

CREATE FUNCTION guard.is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM memberships m
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL AND m.role = 'ADMIN')
$$;

/* Does the session's user hold one of the roles at the province itself? */
CREATE FUNCTION guard.at_province(p_roles role[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL
      AND m.role = ANY (p_roles) AND o.kind = 'PROVINCE')
$$;

/* May the session's user give an approval of this level for a record of this organisation? */
CREATE FUNCTION guard.may_approve(p_organisation_id int, p_level approval_level) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM memberships m
    JOIN organisations home ON home.id = m.organisation_id
    JOIN organisations o ON o.id = p_organisation_id AND starts_with(o.path, home.path)
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL
      AND m.role IN ('REVIEWER', 'PROVINCE')
      AND CASE p_level
            WHEN 'COUNTY' THEN true
            WHEN 'PREFECTURE' THEN home.kind IN ('PREFECTURE', 'PROVINCE')
            ELSE home.kind = 'PROVINCE'
          END)
$$;

/* Everything the application needs to know about who is asking; no row when the session is void. */
CREATE FUNCTION guard.current_actor() RETURNS TABLE (
  user_id uuid, username text, name_zh text, name_en text, is_demo boolean,
  memberships jsonb, readable int[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.username, u.name_zh, u.name_en, u.is_demo,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'role', m.role, 'organisationId', o.id, 'path', o.path, 'code', o.code, 'kind', o.kind,
        'nameZh', o.name_zh, 'nameEn', o.name_en) ORDER BY o.path, m.role)
      FROM memberships m JOIN organisations o ON o.id = m.organisation_id
      WHERE m.user_id = u.id AND m.revoked_at IS NULL), '[]'),
    guard.readable_organisations()
  FROM users u WHERE u.id = guard.session_user_id()
$$;

-- Sign-in. The application's role cannot read credentials or sessions; these are its only ways in.

CREATE FUNCTION guard.find_sign_in(p_username text) RETURNS TABLE (
  user_id uuid, password_hash text, failed_attempts int, locked_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, c.password_hash, c.failed_attempts, c.locked_until
  FROM users u JOIN credentials c ON c.user_id = u.id
  WHERE u.username = p_username AND u.active AND NOT u.is_system
$$;

CREATE FUNCTION guard.find_identity(p_issuer text, p_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id FROM user_identities i JOIN users u ON u.id = i.user_id
  WHERE i.issuer = p_issuer AND i.subject = p_subject AND u.active AND NOT u.is_system
$$;

/* From the fifth failure on the account rests: 30 s, doubling, at most 15 minutes. */
CREATE FUNCTION guard.record_sign_in_failure(p_user_id uuid) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE credentials SET
    failed_attempts = failed_attempts + 1,
    locked_until = CASE WHEN failed_attempts + 1 >= 5
      THEN now() + least(interval '15 minutes', interval '30 seconds' * power(2, least(failed_attempts - 4, 10)))
      ELSE locked_until END
  WHERE user_id = p_user_id
  RETURNING locked_until
$$;

CREATE FUNCTION guard.touch_session(p_token_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE sessions SET last_seen_at = now()
  WHERE token_hash = p_token_hash::char(64) AND revoked_at IS NULL
    AND expires_at > now() AND last_seen_at > now() - interval '30 minutes'
$$;

/* Why a session does not count (for a sentence on the sign-in page): its end reason, 'expired', or null. */
CREATE FUNCTION guard.session_end(p_token_hash text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE
    WHEN s.revoked_at IS NOT NULL THEN coalesce(s.end_reason, 'revoked')
    WHEN s.expires_at <= now() OR s.last_seen_at <= now() - interval '30 minutes' THEN 'expired'
    END
  FROM sessions s WHERE s.token_hash = p_token_hash::char(64)
$$;

-- A change of role, account or password ends the sessions that were opened under the old one.

CREATE FUNCTION guard.end_sessions_of(p_user_id uuid, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE sessions SET revoked_at = now(), end_reason = p_reason
  WHERE user_id = p_user_id AND revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION guard.end_sessions_of(uuid, text) FROM PUBLIC;

CREATE FUNCTION guard.membership_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM guard.end_sessions_of(NEW.user_id, 'role-changed');
  RETURN NULL;
END $$;
CREATE TRIGGER membership_changed AFTER INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION guard.membership_changed();

CREATE FUNCTION guard.user_disabled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM guard.end_sessions_of(NEW.id, 'disabled');
  RETURN NULL;
END $$;
CREATE TRIGGER user_disabled AFTER UPDATE ON users
  FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION guard.user_disabled();

/* A person's own password, or any by an administrator. Ends every session of that person. */
CREATE FUNCTION guard.set_password(p_user_id uuid, p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF guard.session_user_id() IS DISTINCT FROM p_user_id AND NOT guard.is_admin() THEN
    RAISE EXCEPTION 'only the person or an administrator sets a password' USING ERRCODE = 'NZ009';
  END IF;
  INSERT INTO credentials (user_id, password_hash, changed_at) VALUES (p_user_id, p_hash, now())
  ON CONFLICT (user_id) DO UPDATE SET
    password_hash = excluded.password_hash, changed_at = now(), failed_attempts = 0, locked_until = NULL;
  PERFORM guard.end_sessions_of(p_user_id, 'password-changed');
END $$;

/* Takes one token from a bucket; answers how many seconds to wait (0 = go ahead). */
CREATE FUNCTION guard.take_token(p_key text, p_capacity double precision, p_per_second double precision)
RETURNS double precision
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO rate_buckets AS b (key, tokens, updated_at)
  VALUES (p_key, p_capacity - 1, clock_timestamp())
  ON CONFLICT (key) DO UPDATE SET
    tokens = least(p_capacity, greatest(b.tokens, -1) + p_per_second
      * extract(epoch FROM clock_timestamp() - b.updated_at)::double precision) - 1,
    updated_at = clock_timestamp()
  RETURNING CASE WHEN tokens >= 0 THEN 0 ELSE -tokens / p_per_second END
$$;
ALTER TABLE rate_buckets SET UNLOGGED;
