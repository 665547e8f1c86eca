-- Proof anew: what reaches far (closing a year, a file of the whole province, giving roles) asks who sits there once
-- more where they last showed a password or a code longer ago than this. Written by sign-in's role alone.

CREATE FUNCTION guard.proof_life() RETURNS interval LANGUAGE sql IMMUTABLE
RETURN interval '10 minutes';

/* Of the session of this transaction. */
CREATE FUNCTION guard.is_proven() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM sessions s WHERE s.token_hash = NULLIF(current_setting('app.session', true), '')::char(64)
      AND s.proven_at > now() - guard.proof_life());
END $$;

/* After the caller has seen the password or a code. Only of a session that stands, and of that person. */
CREATE FUNCTION guard.prove_session(p_token_hash text, p_user_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE sessions s SET proven_at = clock_timestamp() FROM guard.session_states l
  WHERE s.token_hash = p_token_hash::char(64) AND s.user_id = p_user_id AND l.id = s.id AND l.state = 'live';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'NZ009';
  END IF;
END $$;

GRANT EXECUTE ON FUNCTION guard.is_proven() TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.prove_session(text, uuid) TO nuanzhang_sign_in;
