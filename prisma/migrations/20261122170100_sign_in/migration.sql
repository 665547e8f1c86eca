/* Begins an attempt to sign in and counts it as failed, before the password is looked at: guesses that
   arrive together are each counted. start_session sets the count back. While the account rests the
   hash is withheld. No row: no such account. */
CREATE FUNCTION guard.begin_sign_in(p_username text) RETURNS TABLE (
  user_id uuid, password_hash text, locked_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
REVOKE ALL ON FUNCTION guard.begin_sign_in(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard.begin_sign_in(text) TO nuanzhang_app;
