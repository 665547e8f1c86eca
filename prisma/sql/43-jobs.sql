-- Jobs: asked for and cancelled by people, begun and ended by the worker. The queue (graphile_worker, laid by
-- scripts/migrate.mjs) belongs to the owner; the web server reaches it through these functions alone.

/* Who may ask for this kind of job, and fetch what it made. (lib/features/jobs/policy.ts says the same.) */
CREATE FUNCTION guard.may_ask_job(p_kind text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE p_kind
    WHEN 'INVARIANTS' THEN guard.is_admin() OR guard.at_province('{AUDITOR}')
    ELSE false
  END;
END $$;

/* One job of a kind at a time for each person (and for the system), of imports one an import: asking again while it
   runs is a conflict. */
CREATE FUNCTION guard.put_job(p_kind text, p_organisation_id int, p_asked_by uuid, p_input jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(guard.lock_of_workers(), hashtext(p_kind || coalesce(p_asked_by::text, '')));
  IF EXISTS (SELECT FROM jobs j WHERE j.asked_by IS NOT DISTINCT FROM p_asked_by AND j.kind = p_kind
             AND j.input ->> 'import' IS NOT DISTINCT FROM p_input ->> 'import' AND j.status IN ('WAITING', 'RUNNING')) THEN
    RETURN NULL;
  END IF;
  INSERT INTO jobs (kind, organisation_id, asked_by, input)
  VALUES (p_kind, p_organisation_id, p_asked_by, p_input) RETURNING id INTO v_id;
  -- the queue tries once more than start_job allows, so that the last word is start_job's
  PERFORM graphile_worker.add_job('job', json_build_object('jobId', v_id::text),
    max_attempts => guard.job_attempts() + 2, job_key => 'job:' || v_id);
  RETURN v_id;
END $$;

CREATE FUNCTION guard.ask_job(p_kind text, p_organisation_id int, p_input jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_id bigint;
BEGIN
  IF NOT guard.may_ask_job(p_kind) THEN
    RAISE EXCEPTION 'this job is not for this person to ask' USING ERRCODE = '42501';
  END IF;
  v_id := guard.put_job(p_kind, p_organisation_id, v_user, p_input);
  IF v_id IS NULL THEN
    RAISE EXCEPTION 'one such job is under way already' USING ERRCODE = 'NZ011';
  END IF;
  RETURN v_id;
END $$;

/* One's own, while it waits or runs. The token goes with it: the run loses its rights at once. */
CREATE FUNCTION guard.cancel_job(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE jobs SET status = 'CANCELLED', finished_at = clock_timestamp(), run_token_hash = NULL, worker_key = NULL,
    message_key = NULL, message_values = '{}'
  WHERE id = p_id AND asked_by = guard.require_session() AND status IN ('WAITING', 'RUNNING');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this job cannot be cancelled' USING ERRCODE = 'NZ007';
  END IF;
  PERFORM graphile_worker.remove_job('job:' || p_id);
END $$;

-- The worker's side.

CREATE FUNCTION guard.ask_system_job(p_kind text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT guard.put_job(p_kind, NULL, NULL, '{}')
$$;

CREATE FUNCTION guard.close_job(p_id bigint, p_status text, p_key text, p_values jsonb DEFAULT '{}') RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE jobs SET status = p_status, run_token_hash = NULL, worker_key = NULL, message_key = p_key,
    message_values = p_values, progress = CASE WHEN p_status = 'DONE' THEN 100 ELSE progress END,
    finished_at = CASE WHEN p_status = 'WAITING' THEN NULL ELSE clock_timestamp() END
  WHERE id = p_id
$$;

/* Begins a run and gives out its token, the only time it is seen. No row: there is nothing to do any more. */
CREATE FUNCTION guard.start_job(p_id bigint, p_worker int)
RETURNS TABLE (token text, kind text, asked_by uuid, input jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  j jobs;
  v_token text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
BEGIN
  SELECT * INTO j FROM jobs WHERE id = p_id AND status IN ('WAITING', 'RUNNING') FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  ELSIF NOT coalesce((SELECT u.active FROM users u WHERE u.id = j.asked_by), true) THEN
    PERFORM guard.close_job(p_id, 'FAILED', 'askerDisabled');
  ELSIF j.attempts >= guard.job_attempts() THEN
    PERFORM guard.close_job(p_id, 'FAILED', 'gaveUp');
  ELSE
    UPDATE jobs SET status = 'RUNNING', attempts = attempts + 1, progress = 0, message_key = NULL,
      message_values = '{}', worker_key = p_worker, run_token_hash = guard.token_hash(v_token),
      started_at = clock_timestamp()
    WHERE id = p_id;
    RETURN QUERY SELECT v_token, j.kind, j.asked_by, j.input;
  END IF;
END $$;

/* Says how far it is, and learns whether to go on: false once it was cancelled, taken up by another worker,
   or its person disabled. */
CREATE FUNCTION guard.report_job(p_token text, p_progress int, p_key text, p_values jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  j jobs;
BEGIN
  SELECT * INTO j FROM jobs WHERE run_token_hash = guard.token_hash(p_token) AND status = 'RUNNING' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  ELSIF NOT coalesce((SELECT u.active FROM users u WHERE u.id = j.asked_by), true) THEN
    PERFORM guard.close_job(j.id, 'FAILED', 'askerDisabled');
    RETURN false;
  END IF;
  UPDATE jobs SET progress = p_progress, message_key = p_key, message_values = p_values WHERE id = j.id;
  RETURN true;
END $$;

/* A run that did not succeed: tried again while attempts are left, unless trying again is no use. */
CREATE FUNCTION guard.fail_job(p_token text, p_key text, p_again boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  j jobs;
  v_status text;
BEGIN
  SELECT * INTO j FROM jobs WHERE run_token_hash = guard.token_hash(p_token) AND status = 'RUNNING' FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  v_status := CASE WHEN p_again AND j.attempts < guard.job_attempts() THEN 'WAITING' ELSE 'FAILED' END;
  PERFORM guard.close_job(j.id, v_status, p_key);
  RETURN v_status;
END $$;

/* A worker that ends in good order gives its job back; that was no attempt. */
CREATE FUNCTION guard.release_job(p_token text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  UPDATE jobs SET attempts = attempts - 1
  WHERE run_token_hash = guard.token_hash(p_token) AND status = 'RUNNING' RETURNING id INTO v_id;
  PERFORM guard.close_job(v_id, 'WAITING', NULL);
END $$;

/* Gives back to the queue what dead workers had: kill -9 closes a worker's connection and thereby its lock.
   A worker that died between taking a job from the queue and starting it leaves it locked, but not running. */
CREATE FUNCTION guard.revive_jobs() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_lost bigint[];
BEGIN
  SELECT array_agg(j.id) INTO v_lost FROM jobs j
  LEFT JOIN graphile_worker.jobs q ON q.key = 'job:' || j.id
  WHERE j.status = 'RUNNING' AND NOT EXISTS (
      SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
        AND l.classid = guard.lock_of_workers() AND l.objid = j.worker_key
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
    OR j.status = 'WAITING' AND q.locked_at < now() - interval '1 minute';
  PERFORM guard.close_job(id, 'WAITING', NULL) FROM unnest(v_lost) AS id;
  UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, run_at = now()
  WHERE key IN (SELECT 'job:' || id FROM unnest(v_lost) AS id);
  PERFORM pg_notify('jobs:insert', '{"count":1}') WHERE v_lost IS NOT NULL;
  RETURN coalesce(cardinality(v_lost), 0);
END $$;

-- Inside a run: the transaction must have the job's door open.

CREATE FUNCTION guard.require_job() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_job bigint := guard.open_job_id();
BEGIN
  IF v_job IS NULL THEN
    RAISE EXCEPTION 'no job acts here' USING ERRCODE = '42501';
  END IF;
  RETURN v_job;
END $$;

CREATE FUNCTION guard.keep_job_file(p_name text, p_media_type text, p_content bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO job_files (job_id, name, media_type, bytes, content)
  VALUES (guard.require_job(), p_name, p_media_type, octet_length(p_content), p_content)
$$;

/* Ends the run in the transaction of its last work; the door closes with it, so this comes last. */
CREATE FUNCTION guard.finish_job(p_key text, p_values jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT guard.close_job(guard.require_job(), 'DONE', p_key, p_values)
$$;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.asked_by IS NOT NULL) EXECUTE FUNCTION guard.require_audit('job', 'id');

-- Everybody their own; the system's to administrators and to the auditors of the province. A file is fetched with
-- the rights of the moment: who may no longer ask for such a job no longer reads what it made.
GRANT SELECT (id, kind, organisation_id, asked_by, status, progress, message_key, message_values, attempts,
  created_at, started_at, finished_at) ON jobs TO nuanzhang_app;
GRANT SELECT ON job_files TO nuanzhang_app;
CREATE POLICY read_own ON jobs FOR SELECT TO nuanzhang_app USING (
  CASE WHEN asked_by IS NULL
    THEN (SELECT guard.is_admin()) OR (SELECT guard.at_province('{AUDITOR}'))
    ELSE asked_by = (SELECT guard.session_user_id()) END);
CREATE POLICY read_own ON job_files FOR SELECT TO nuanzhang_app USING (
  EXISTS (SELECT FROM jobs j WHERE j.id = job_id AND j.asked_by = (SELECT guard.session_user_id())
          AND guard.may_ask_job(j.kind)));

GRANT EXECUTE ON FUNCTION guard.may_ask_job(text), guard.ask_job(text, int, jsonb), guard.cancel_job(bigint),
  guard.keep_job_file(text, text, bytea), guard.finish_job(text, jsonb) TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.ask_system_job(text), guard.start_job(bigint, int),
  guard.report_job(text, int, text, jsonb), guard.fail_job(text, text, boolean), guard.release_job(text),
  guard.revive_jobs(),
  guard.lock_of_workers() TO nuanzhang_worker;

-- The queue's tables have row-level security without policies: closed to all but the owner. The worker needs them.
GRANT USAGE ON SCHEMA graphile_worker TO nuanzhang_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA graphile_worker TO nuanzhang_worker;
GRANT INSERT, UPDATE, DELETE ON graphile_worker._private_jobs, graphile_worker._private_job_queues,
  graphile_worker._private_tasks, graphile_worker._private_known_crontabs TO nuanzhang_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO nuanzhang_worker;
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS worker ON graphile_worker.%I', t);
    EXECUTE format('CREATE POLICY worker ON graphile_worker.%I TO nuanzhang_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
