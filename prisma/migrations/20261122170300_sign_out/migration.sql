/* The entry is written while the session still stands: its actor is the person who signs out. */
CREATE OR REPLACE FUNCTION guard.end_session(p_token_hash text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_user uuid;
BEGIN
  PERFORM set_config('app.session', p_token_hash, true);
  v_user := guard.session_user_id();
  IF v_user IS NOT NULL THEN
    PERFORM guard.append_audit('session.end', 'user', v_user::text, NULL,
      format('{"reason":%s}', to_json(p_reason)));
    UPDATE sessions SET revoked_at = now(), end_reason = p_reason WHERE token_hash = p_token_hash::char(64);
  END IF;
END $$;
