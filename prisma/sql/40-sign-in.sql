-- Sign-in. Neither role can read credentials or sessions; these are the only ways in. Whoever may call
-- start_session may become anybody, so the application's role may not: nuanzhang_sign_in does, over a login and
-- connections of its own (lib/platform/sign-in-db.ts).

CREATE FUNCTION guard.find_identity(p_issuer text, p_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id FROM user_identities i JOIN users u ON u.id = i.user_id
  WHERE i.issuer = p_issuer AND i.subject = p_subject AND u.active AND NOT u.is_system
$$;

/* From the fifth failure on the account rests: 30 s, doubling, at most 15 minutes. */
CREATE FUNCTION guard.record_sign_in_failure(p_user_id uuid) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE credentials SET
    failed_attempts = failed_attempts + 1,
    locked_until = CASE WHEN failed_attempts + 1 >= 5
      THEN now() + least(interval '15 minutes', interval '30 seconds' * power(2, least(failed_attempts - 4, 10)))
      ELSE locked_until END
  WHERE user_id = p_user_id
  RETURNING locked_until
$$;

/* Begins an attempt to sign in and counts it as failed, before the password is looked at: guesses that
   arrive together are each counted. start_session sets the count back. While the account rests the
   hash is withheld. No row: no such account. */
CREATE FUNCTION guard.begin_sign_in(p_username text) RETURNS TABLE (
  user_id uuid, password_hash text, locked_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  c credentials;
BEGIN
  SELECT k.* INTO c FROM users u JOIN credentials k ON k.user_id = u.id
  WHERE u.username = p_username AND u.active AND NOT u.is_system
  FOR NO KEY UPDATE OF k;
  IF NOT FOUND THEN
    RETURN;
  ELSIF c.locked_until > clock_timestamp() THEN
    RETURN QUERY SELECT c.user_id, NULL::text,
      extract(epoch FROM c.locked_until - clock_timestamp())::double precision;
  ELSE
    PERFORM guard.record_sign_in_failure(c.user_id);
    RETURN QUERY SELECT c.user_id, c.password_hash, 0::double precision;
  END IF;
END $$;

/* Why a session does not count (for a sentence on the sign-in page): its end reason, 'expired', or null. */
CREATE FUNCTION guard.session_end(p_token_hash text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE s.state
    WHEN 'revoked' THEN coalesce(s.end_reason, 'revoked')
    WHEN 'expired' THEN 'expired'
    END
  FROM guard.session_states s WHERE s.token_hash = p_token_hash::char(64)
$$;

/* Opens a session after the caller has checked the password or the identity provider's word. */
CREATE FUNCTION guard.start_session(p_user_id uuid, p_token_hash text, p_expires_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO sessions (token_hash, user_id, expires_at)
  SELECT p_token_hash, u.id, p_expires_at FROM users u WHERE u.id = p_user_id AND u.active AND NOT u.is_system;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such active account' USING ERRCODE = 'NZ009';
  END IF;
  UPDATE credentials SET failed_attempts = 0, locked_until = NULL WHERE user_id = p_user_id;
  PERFORM set_config('app.session', p_token_hash, true);
  PERFORM guard.append_session('start', p_user_id, '{}');
END $$;

/* The entry is written while the session still stands: its actor is the person who signs out. */
CREATE FUNCTION guard.end_session(p_token_hash text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid;
BEGIN
  PERFORM set_config('app.session', p_token_hash, true);
  v_user := guard.session_user_id();
  IF v_user IS NOT NULL THEN
    PERFORM guard.append_session('end', v_user, format('{"reason":%s}', to_json(p_reason)));
    UPDATE sessions SET revoked_at = now(), end_reason = p_reason WHERE token_hash = p_token_hash::char(64);
  END IF;
END $$;

/* The demo's sign-in page offers these; a real database has none. */
CREATE FUNCTION guard.demo_accounts() RETURNS TABLE (
  username text, name_zh text, name_en text, role text, organisation_zh text, organisation_en text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.username, u.name_zh, u.name_en, m.role, o.name_zh, o.name_en
  FROM users u
  JOIN LATERAL (
    SELECT m.role, m.organisation_id FROM memberships m
    WHERE m.user_id = u.id AND m.revoked_at IS NULL ORDER BY m.id LIMIT 1) AS m ON true
  JOIN organisations o ON o.id = m.organisation_id
  WHERE u.is_demo AND u.active AND NOT u.is_system
  ORDER BY guard.role_rank(m.role), o.code, u.username
$$;

-- A change of role, account or password ends the sessions that were opened under the old one.

CREATE FUNCTION guard.end_sessions_of(p_user_id uuid, p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE sessions SET revoked_at = now(), end_reason = p_reason
  WHERE user_id = p_user_id AND revoked_at IS NULL
$$;

CREATE FUNCTION guard.membership_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.end_sessions_of(NEW.user_id, 'role-changed');
  RETURN NULL;
END $$;
CREATE TRIGGER membership_changed AFTER INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION guard.membership_changed();

CREATE FUNCTION guard.user_disabled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.end_sessions_of(NEW.id, 'disabled');
  RETURN NULL;
END $$;
CREATE TRIGGER user_disabled AFTER UPDATE ON users
  FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION guard.user_disabled();

/* A person's own password, or any by an administrator. Writes its own entry, while the person's session still
   stands, unless the account itself is new; then ends every session of that person. */
CREATE FUNCTION guard.set_password(p_user_id uuid, p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
BEGIN
  IF guard.session_user_id() IS DISTINCT FROM p_user_id AND NOT guard.is_admin() THEN
    RAISE EXCEPTION 'only the person or an administrator sets a password' USING ERRCODE = 'NZ009';
  END IF;
  INSERT INTO credentials (user_id, password_hash, changed_at) VALUES (p_user_id, p_hash, now())
  ON CONFLICT (user_id) DO UPDATE SET
    password_hash = excluded.password_hash, changed_at = now(), failed_attempts = 0, locked_until = NULL;
  SELECT * INTO v FROM guard.audit_states('user', ARRAY[p_user_id::text]);
  IF NOT v.changed THEN
    PERFORM guard.write_entries(coalesce(guard.root_of_session(), guard.first_root()),
      ARRAY[CASE WHEN guard.session_user_id() = p_user_id THEN 'user.change-password' ELSE 'user.reset-password' END],
      ARRAY[p_user_id::text], ARRAY[NULL::int], ARRAY['{}'], ARRAY[v.digest]);
  END IF;
  PERFORM guard.end_sessions_of(p_user_id, 'password-changed');
END $$;

GRANT EXECUTE ON FUNCTION guard.find_identity(text, text), guard.begin_sign_in(text),
  guard.start_session(uuid, text, timestamptz), guard.end_session(text, text) TO nuanzhang_sign_in;
GRANT EXECUTE ON FUNCTION guard.session_end(text), guard.demo_accounts(), guard.set_password(uuid, text)
  TO nuanzhang_app;
