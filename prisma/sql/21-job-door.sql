-- The second door: who asked for a job is who acts in it, with the rights of the moment and without a session.
-- A transaction names its run by the token that guard.start_job gave out (set_config('app.job', …, true)); only
-- the token's SHA-256 is kept, in the job's row, and only while the job runs.
-- Asked for every row that a job writes, so in PL/pgSQL like the first door (20-session).

/* May this connection's login act as the worker? Not which role it has taken on: a job's own statements run as
   nuanzhang_app, and so does all of the web server, whose login is no member. */
CREATE FUNCTION guard.is_worker() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN pg_has_role(session_user, 'nuanzhang_worker', 'MEMBER');
END $$;

CREATE FUNCTION guard.token_hash(p_token text) RETURNS char(64)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN encode(sha256(convert_to(p_token, 'UTF8')), 'hex')::char(64);
END $$;

/* The job that acts in this transaction; null = none does. Cancelled, ended, taken up by another worker, its
   person disabled, a session named beside it: each closes the door with the next statement. */
CREATE FUNCTION guard.open_job_id() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT j.id FROM jobs j LEFT JOIN users u ON u.id = j.asked_by
    WHERE j.run_token_hash = guard.token_hash(NULLIF(current_setting('app.job', true), ''))
      AND j.status = 'RUNNING' AND (j.asked_by IS NULL OR u.active)
      AND coalesce(current_setting('app.session', true), '') = '' AND guard.is_worker());
END $$;

/* The person for whom it acts; null also where the system itself asked: that has no rights of its own. */
CREATE FUNCTION guard.job_user_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT asked_by FROM jobs WHERE id = guard.open_job_id());
END $$;

/* What a job does stands in the history of the person who asked, and says so: their hand was not on it. */
CREATE FUNCTION guard.require_job_named(p_bodies text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('app.job', true), '') = '' THEN
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM unnest(p_bodies) AS b (body)
             WHERE (b.body::json ->> 'job')::bigint IS DISTINCT FROM guard.open_job_id()) THEN
    RAISE EXCEPTION 'an entry of a job names the job' USING ERRCODE = 'NZ008';
  END IF;
END $$;

/* The beginning of a job's transaction, in one call: enters as whoever asked, and says who that is; no row where
   the door is closed, or nobody asked. Plans its query after the setting is made. */
CREATE FUNCTION guard.begin_as_job(p_token text) RETURNS TABLE (
  user_id uuid, username text, name_zh text, name_en text, is_demo boolean,
  memberships jsonb, homes jsonb, everything boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.job', p_token, true);
  RETURN QUERY SELECT * FROM guard.current_actor();
END $$;

GRANT EXECUTE ON FUNCTION guard.open_job_id(), guard.begin_as_job(text) TO nuanzhang_app;
