-- A second factor: a code that a device shows for half a minute (RFC 6238), or one of ten codes for when it is lost.
-- What the codes are made of is sealed (lib/platform/second-factor.ts) and read by nuanzhang_sign_in alone; the
-- database keeps count: no code is taken twice, and one code shown opens one session.

/* Whether somebody's roles ask for it: the strictest of them. */
CREATE FUNCTION guard.factor_rule_of(p_user_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((
    SELECT f.rule FROM memberships m JOIN factor_rules f ON f.role = m.role
    WHERE m.user_id = p_user_id AND m.revoked_at IS NULL
    ORDER BY array_position('{REQUIRED,ASKED,OFF}'::text[], f.rule) LIMIT 1), 'OFF');
END $$;

/* For the session's person: what is asked of them, and what they have. */
CREATE FUNCTION guard.own_factor() RETURNS TABLE (rule text, confirmed boolean, codes_left int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  RETURN QUERY SELECT guard.factor_rule_of(v_user),
    EXISTS (SELECT FROM second_factors f WHERE f.user_id = v_user AND f.confirmed_at IS NOT NULL),
    (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = v_user AND c.used_at IS NULL);
END $$;

/* For sign-in. `sealed` is null where there is none. */
CREATE FUNCTION guard.factor_of(p_user_id uuid) RETURNS TABLE (sealed text, confirmed boolean, rule text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.sealed, f.confirmed_at IS NOT NULL, guard.factor_rule_of(u.id)
  FROM users u LEFT JOIN second_factors f ON f.user_id = u.id WHERE u.id = p_user_id
$$;

/* Keeps what a new device is given, until a code of it is shown. What is confirmed is not overwritten. */
CREATE FUNCTION guard.begin_factor(p_user_id uuid, p_sealed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO second_factors AS f (user_id, sealed)
  SELECT u.id, p_sealed FROM users u WHERE u.id = p_user_id AND u.active AND NOT u.is_system
  ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, begun_at = now(), last_step = 0
    WHERE f.confirmed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is a second factor already' USING ERRCODE = 'NZ007';
  END IF;
END $$;

/* An entry in the person's own name, in a session that ends with it: at sign-in there is no other. */
CREATE FUNCTION guard.append_factor(p_action text, p_user_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_token char(64) := encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex');
BEGIN
  INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (v_token, p_user_id, now() + interval '1 minute');
  PERFORM set_config('app.session', v_token, true);
  PERFORM guard.write_entries(coalesce(guard.root_of_user(p_user_id), guard.first_root()),
    ARRAY[p_action], ARRAY[p_user_id::text], ARRAY[NULL::int], ARRAY['{}'], ARRAY[NULL::text]);
  UPDATE sessions SET revoked_at = now(), end_reason = 'entry-written' WHERE token_hash = v_token;
END $$;

/* Takes the code of one half minute, under the row's lock: of two that come together one is too late. The first one
   confirms a device that was begun. False: used before, or there is nothing to use it on. */
CREATE FUNCTION guard.use_step(p_user_id uuid, p_step bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  f second_factors;
BEGIN
  SELECT * INTO f FROM second_factors WHERE user_id = p_user_id FOR UPDATE;
  IF f.user_id IS NULL OR p_step <= f.last_step THEN
    RETURN false;
  END IF;
  UPDATE second_factors SET last_step = p_step, used_at = clock_timestamp(), confirmed_at = coalesce(confirmed_at, now())
  WHERE user_id = p_user_id;
  IF f.confirmed_at IS NULL THEN
    PERFORM guard.append_factor('user.enrol-factor', p_user_id);
  END IF;
  RETURN true;
END $$;

CREATE FUNCTION guard.use_recovery_code(p_user_id uuid, p_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE recovery_codes SET used_at = now() WHERE user_id = p_user_id AND code_hash = p_hash::char(64) AND used_at IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE second_factors SET used_at = clock_timestamp() WHERE user_id = p_user_id;
  PERFORM guard.append_factor('user.use-recovery-code', p_user_id);
  RETURN true;
END $$;

/* Ten new ones in place of what was left. */
CREATE FUNCTION guard.keep_recovery_codes(p_user_id uuid, p_hashes text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM second_factors WHERE user_id = p_user_id AND confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'no second factor to recover' USING ERRCODE = 'NZ007';
  END IF;
  DELETE FROM recovery_codes WHERE user_id = p_user_id;
  INSERT INTO recovery_codes (user_id, code_hash) SELECT p_user_id, unnest(p_hashes);
  PERFORM guard.append_factor('user.make-recovery-codes', p_user_id);
END $$;

/* Called by start_session: with a factor, a code shown a moment ago, which opens this session and no other; where the
   person's roles require one and there is none, no session at all. */
CREATE FUNCTION guard.require_factor(p_user_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  f second_factors;
BEGIN
  SELECT * INTO f FROM second_factors WHERE user_id = p_user_id AND confirmed_at IS NOT NULL FOR UPDATE;
  IF f.user_id IS NULL THEN
    IF guard.factor_rule_of(p_user_id) = 'REQUIRED' THEN
      RAISE EXCEPTION 'a second factor is required' USING ERRCODE = 'NZ009';
    END IF;
  ELSIF f.used_at IS NULL OR f.used_at < now() - interval '1 minute' THEN
    RAISE EXCEPTION 'no code was shown' USING ERRCODE = 'NZ009';
  ELSE
    UPDATE second_factors SET used_at = NULL WHERE user_id = p_user_id;
  END IF;
END $$;

/* The person's sessions end: where a factor is required, the next sign-in asks for a new one. */
CREATE FUNCTION guard.drop_factor(p_user_id uuid, p_action text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM second_factors WHERE user_id = p_user_id) THEN
    RAISE EXCEPTION 'no second factor' USING ERRCODE = 'NZ007';
  END IF;
  DELETE FROM recovery_codes WHERE user_id = p_user_id;
  DELETE FROM second_factors WHERE user_id = p_user_id;
  PERFORM guard.write_entries(coalesce(guard.root_of_session(), guard.first_root()),
    ARRAY[p_action], ARRAY[p_user_id::text], ARRAY[NULL::int], ARRAY['{}'], ARRAY[NULL::text]);
  PERFORM guard.end_sessions_of(p_user_id, 'factor-changed');
END $$;

/* A person's own, after sign-in has seen a code of it; or another's, by an administrator (44 says whose not). */
CREATE FUNCTION guard.lift_factor(p_user_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF guard.session_user_id() = p_user_id THEN
    -- the code was used a moment ago, for this
    PERFORM FROM second_factors WHERE user_id = p_user_id AND used_at > now() - interval '1 minute';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no code was shown' USING ERRCODE = '42501';
    END IF;
    PERFORM guard.drop_factor(p_user_id, 'user.remove-factor');
  ELSIF NOT guard.is_admin() THEN
    RAISE EXCEPTION 'only the person or an administrator' USING ERRCODE = '42501';
  ELSIF guard.is_far_reaching(p_user_id) THEN
    RAISE EXCEPTION 'this factor is lifted by two administrators' USING ERRCODE = 'NZ015';
  ELSE
    PERFORM guard.drop_factor(p_user_id, 'user.lift-factor');
  END IF;
END $$;

/* Where a factor becomes required, whoever has none is led to it: by signing in anew. */
CREATE FUNCTION guard.factor_required() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.end_sessions_of(m.user_id, 'factor-changed') FROM memberships m
  WHERE m.role = NEW.role AND m.revoked_at IS NULL AND m.user_id IS DISTINCT FROM guard.session_user_id()
    AND NOT EXISTS (SELECT FROM second_factors f WHERE f.user_id = m.user_id AND f.confirmed_at IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER factor_required AFTER UPDATE ON factor_rules
  FOR EACH ROW WHEN (NEW.rule = 'REQUIRED' AND OLD.rule <> 'REQUIRED') EXECUTE FUNCTION guard.factor_required();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON factor_rules DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('factor-rule', 'role');

GRANT EXECUTE ON FUNCTION guard.factor_of(uuid), guard.begin_factor(uuid, text), guard.use_step(uuid, bigint),
  guard.use_recovery_code(uuid, text), guard.keep_recovery_codes(uuid, text[]) TO nuanzhang_sign_in;
GRANT EXECUTE ON FUNCTION guard.own_factor(), guard.lift_factor(uuid) TO nuanzhang_app;

-- That there is one, and since when; never what it is made of.
GRANT SELECT (user_id, confirmed_at) ON second_factors TO nuanzhang_app;
CREATE POLICY admin_reads ON second_factors FOR SELECT TO nuanzhang_app USING ((SELECT guard.is_admin()));
GRANT SELECT, UPDATE ON factor_rules TO nuanzhang_app;
CREATE POLICY read_signed_in ON factor_rules FOR SELECT TO nuanzhang_app
  USING ((SELECT guard.session_user_id()) IS NOT NULL);
CREATE POLICY admin_update ON factor_rules FOR UPDATE TO nuanzhang_app
  USING ((SELECT guard.is_admin())) WITH CHECK ((SELECT guard.is_admin()));
