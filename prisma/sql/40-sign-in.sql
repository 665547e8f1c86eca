-- Sign-in. Neither role can read credentials or sessions; these are the only ways in. Whoever may call
-- start_session may become anybody, so the application's role may not: nuanzhang_sign_in does, over a login and
-- connections of its own (lib/platform/sign-in-db.ts).

CREATE FUNCTION guard.find_identity(p_issuer text, p_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id FROM user_identities i JOIN users u ON u.id = i.user_id
  WHERE i.issuer = p_issuer AND i.subject = p_subject AND u.active AND NOT u.is_system
$$;

/* How long a name rests, for one address, after so many failures in a row: from the fifth on 30 s, doubling, at
   most 15 minutes. For one address: nobody can keep somebody else's account shut from elsewhere. */
CREATE FUNCTION guard.rest_after(p_failed int) RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN p_failed < 5 THEN interval '0'
    ELSE least(interval '15 minutes', interval '30 seconds' * power(2, least(p_failed - 5, 10))) END
$$;

/* Begins an attempt to sign in and counts it as failed, before the password is looked at: guesses that
   arrive together are each counted. sign_in_fits sets the count back. While the name rests the hash is
   withheld. A name that nobody has goes the same way, so that neither can be told from the other.
   An address from which a name never got in also draws from one bucket of that name: guesses spread over many
   addresses come to 50 an hour in all, and neither whoever got in before from where they are nor whoever is
   signed in is held up by it. */
CREATE FUNCTION guard.begin_sign_in(p_username text, p_address text) RETURNS TABLE (
  user_id uuid, password_hash text, locked_seconds double precision, once_until timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_once timestamptz;
  v_key char(64) := encode(sha256(convert_to(lower(p_username), 'UTF8')), 'hex');
  v_user uuid;
  v_hash text;
  a sign_in_attempts;
  v_wait double precision;
BEGIN
  SELECT k.user_id, k.password_hash, k.once_until INTO v_user, v_hash, v_once FROM users u JOIN credentials k ON k.user_id = u.id
  WHERE u.username = p_username AND u.active AND NOT u.is_system;
  INSERT INTO sign_in_attempts AS s (name_key, address, user_id, first_at, tried_at)
  VALUES (v_key, p_address, v_user, clock_timestamp(), clock_timestamp())
  ON CONFLICT (name_key, address) DO UPDATE SET user_id = excluded.user_id
  RETURNING * INTO a;
  v_wait := extract(epoch FROM a.tried_at + guard.rest_after(a.failed_in_a_row) - clock_timestamp());
  IF v_wait <= 0 AND a.succeeded_at IS NULL AND p_address <> 'signed-in' THEN
    v_wait := guard.take_token('sign-in-name:' || v_key, 50, 50 / 3600.0);
  END IF;
  IF v_wait > 0 THEN
    RETURN QUERY SELECT v_user, NULL::text, v_wait, NULL::timestamptz;
  ELSE
    UPDATE sign_in_attempts s SET failed_in_a_row = s.failed_in_a_row + 1, failures = s.failures + 1,
      tried_at = greatest(s.tried_at, clock_timestamp()) WHERE s.id = a.id;
    RETURN QUERY SELECT v_user, v_hash, 0::double precision, v_once;
  END IF;
END $$;

/* The password was right: this attempt was no failure, and the count begins anew. */
CREATE FUNCTION guard.sign_in_fits(p_username text, p_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE sign_in_attempts SET failed_in_a_row = 0, failures = failures - 1, succeeded_at = clock_timestamp()
  WHERE name_key = encode(sha256(convert_to(lower(p_username), 'UTF8')), 'hex') AND address = p_address
    AND failed_in_a_row > 0
$$;

/* The password was right, and a code is asked for now: no failure, and nothing else either. */
CREATE FUNCTION guard.sign_in_half(p_username text, p_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE sign_in_attempts SET failed_in_a_row = failed_in_a_row - 1, failures = failures - 1
  WHERE name_key = encode(sha256(convert_to(lower(p_username), 'UTF8')), 'hex') AND address = p_address
    AND failed_in_a_row > 0
$$;

/* Why a session does not count (for a sentence on the sign-in page): its end reason, 'expired', or null. */
CREATE FUNCTION guard.session_end(p_token_hash text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE s.state
    WHEN 'revoked' THEN coalesce(s.end_reason, 'revoked')
    WHEN 'expired' THEN 'expired'
    END
  FROM guard.session_states s WHERE s.token_hash = p_token_hash::char(64)
$$;

/* Opens a session after the caller has checked the password ('password') or the identity provider's word
   ('provider', which asks for second factors of its own). A password that somebody else has seen opens none: its
   owner replaces it first. */
CREATE FUNCTION guard.start_session(p_user_id uuid, p_token_hash text, p_expires_at timestamptz, p_way text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_way IS DISTINCT FROM 'provider'
    AND EXISTS (SELECT FROM credentials k WHERE k.user_id = p_user_id AND k.once_until IS NOT NULL) THEN
    RAISE EXCEPTION 'a one-time password opens no session' USING ERRCODE = 'NZ009';
  END IF;
  IF p_way IS DISTINCT FROM 'provider' THEN
    PERFORM guard.require_factor(p_user_id);
  END IF;
  INSERT INTO sessions (token_hash, user_id, expires_at)
  SELECT p_token_hash, u.id, p_expires_at FROM users u WHERE u.id = p_user_id AND u.active AND NOT u.is_system;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such active account' USING ERRCODE = 'NZ009';
  END IF;
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

/* Whoever may come in another way than before comes in anew. */
CREATE FUNCTION guard.identity_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.end_sessions_of(CASE TG_OP WHEN 'DELETE' THEN OLD.user_id ELSE NEW.user_id END, 'identity-changed');
  RETURN NULL;
END $$;
CREATE TRIGGER identity_changed AFTER INSERT OR DELETE ON user_identities
  FOR EACH ROW EXECUTE FUNCTION guard.identity_changed();

/* A person's own password, or another's by an administrator (44-two-administrators says whose not). */
CREATE FUNCTION guard.set_password(p_user_id uuid, p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF guard.session_user_id() IS DISTINCT FROM p_user_id THEN
    IF NOT guard.is_admin() THEN
      RAISE EXCEPTION 'only the person or an administrator sets a password' USING ERRCODE = 'NZ009';
    ELSIF guard.is_far_reaching(p_user_id) THEN
      RAISE EXCEPTION 'this password is reset by two administrators' USING ERRCODE = 'NZ015';
    END IF;
  END IF;
  PERFORM guard.store_password(p_user_id, p_hash);
END $$;

/* Writes its own entry, while the person's session still stands, unless the account itself is new; then ends every
   session of that person. Called by whoever has asked already whether it may be. */
CREATE FUNCTION guard.store_password(p_user_id uuid, p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
BEGIN
  -- one that an administrator gave lasts a day
  INSERT INTO credentials (user_id, password_hash, changed_at, once_until) VALUES (p_user_id, p_hash, now(),
    CASE WHEN guard.session_user_id() = p_user_id THEN NULL ELSE now() + interval '1 day' END)
  ON CONFLICT (user_id) DO UPDATE SET
    password_hash = excluded.password_hash, changed_at = now(), once_until = excluded.once_until;
  UPDATE sign_in_attempts SET failed_in_a_row = 0 WHERE user_id = p_user_id;
  SELECT * INTO v FROM guard.audit_states('user', ARRAY[p_user_id::text]);
  IF NOT v.changed THEN
    PERFORM guard.write_entries(coalesce(guard.root_of_session(), guard.first_root()),
      ARRAY[CASE WHEN guard.session_user_id() = p_user_id THEN 'user.change-password' ELSE 'user.reset-password' END],
      ARRAY[p_user_id::text], ARRAY[NULL::int], ARRAY['{}'], ARRAY[v.digest]);
  END IF;
  PERFORM guard.end_sessions_of(p_user_id, 'password-changed');
END $$;

/* The owner of a one-time password, who has just shown that they have it, puts their own in its place. In a session
   of its own that ends here: the entry's actor is that person. */
CREATE FUNCTION guard.replace_once_password(p_user_id uuid, p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_token char(64) := encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex');
BEGIN
  INSERT INTO sessions (token_hash, user_id, expires_at)
  SELECT v_token, u.id, now() + interval '1 minute' FROM users u JOIN credentials k ON k.user_id = u.id
  WHERE u.id = p_user_id AND u.active AND NOT u.is_system AND k.once_until > now();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no one-time password to replace' USING ERRCODE = 'NZ009';
  END IF;
  PERFORM set_config('app.session', v_token, true);
  PERFORM guard.set_password(p_user_id, p_hash);
END $$;

GRANT EXECUTE ON FUNCTION guard.find_identity(text, text), guard.begin_sign_in(text, text),
  guard.sign_in_fits(text, text), guard.sign_in_half(text, text),
  guard.start_session(uuid, text, timestamptz, text), guard.end_session(text, text),
  guard.replace_once_password(uuid, text) TO nuanzhang_sign_in;
GRANT EXECUTE ON FUNCTION guard.session_end(text), guard.demo_accounts(), guard.set_password(uuid, text)
  TO nuanzhang_app;
