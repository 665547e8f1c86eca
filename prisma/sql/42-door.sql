-- The door: one call a request says who is asking and whether they may go on; and the housekeeping
-- of what the door leaves behind.

/* What a bucket holds at a moment; it never holds less for a clock that steps back. */
CREATE FUNCTION guard.tokens_at(p_at timestamptz, p_tokens double precision, p_updated_at timestamptz,
  p_capacity double precision, p_per_second double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE
RETURN least(p_capacity, p_tokens + p_per_second
  * greatest(0, extract(epoch FROM p_at - p_updated_at)::double precision));

/* Takes one token from a bucket; answers how many seconds to wait (0 = go ahead). A refused attempt
   costs nothing, so that whoever asks too fast still gets through at the rate of the bucket. */
CREATE FUNCTION guard.take_token(p_key text, p_capacity double precision, p_per_second double precision)
RETURNS double precision
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tokens double precision;
  v_now timestamptz := clock_timestamp();
BEGIN
  INSERT INTO rate_buckets AS b (key, tokens, updated_at)
  VALUES (p_key, p_capacity - 1, v_now)
  ON CONFLICT (key) DO UPDATE SET
    tokens = guard.tokens_at(v_now, b.tokens, b.updated_at, p_capacity, p_per_second) - 1,
    updated_at = greatest(b.updated_at, v_now)
  WHERE guard.tokens_at(v_now, b.tokens, b.updated_at, p_capacity, p_per_second) >= 1;
  IF FOUND THEN
    RETURN 0;
  END IF;
  SELECT guard.tokens_at(v_now, b.tokens, b.updated_at, p_capacity, p_per_second) INTO v_tokens
  FROM rate_buckets b WHERE b.key = p_key;
  RETURN (1 - v_tokens) / p_per_second;
END $$;

/* Who this session is and how long they must wait; no row when the session is void. Marks the session
   as seen at most once a minute. */
CREATE FUNCTION guard.admit(
  p_token_hash text, p_class text, p_capacity double precision, p_per_second double precision)
RETURNS TABLE (user_id uuid, wait_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id uuid;
  v_user uuid;
  v_seen timestamptz;
BEGIN
  SELECT s.id, s.user_id, s.last_seen_at INTO v_id, v_user, v_seen
  FROM guard.session_states s WHERE s.token_hash = p_token_hash::char(64) AND s.state = 'live';
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF v_seen < now() - interval '1 minute' THEN
    UPDATE sessions s SET last_seen_at = now()
    WHERE s.id = v_id AND s.last_seen_at < now() - interval '1 minute';
  END IF;
  RETURN QUERY SELECT v_user, guard.take_token(p_class || ':' || v_user, p_capacity, p_per_second);
END $$;

/* Takes the key of a request for the session's person, in the transaction of the work itself, so that the two
   stand or fall together. A second request with the key waits here for the first to commit, and is given what
   that one stored; no row: the key is ours, or nobody is signed in. As the caller: of another's keys it sees none. */
CREATE FUNCTION guard.claim_key(p_key text, p_route text, p_body_hash text)
RETURNS TABLE (route text, body_hash text, status int, response text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.session_user_id();
BEGIN
  INSERT INTO idempotency_records AS r (user_id, key, route, body_hash, status, response)
  SELECT v_user, p_key, p_route, p_body_hash, 0, '' WHERE v_user IS NOT NULL
  ON CONFLICT (user_id, key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT r.route, r.body_hash::text, r.status::int, r.response
      FROM idempotency_records r WHERE r.user_id = v_user AND r.key = p_key;
  END IF;
END $$;

/* Keeps the answer of a request beside its key. A function, as its plan lasts as long as the connection; as the
   caller: of another's keys it changes none. */
CREATE FUNCTION guard.store_answer(p_user_id uuid, p_key text, p_status int, p_response text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE idempotency_records SET status = p_status, response = p_response WHERE user_id = p_user_id AND key = p_key;
END $$;

/* Forgets stored answers and idle buckets older than the given hours, attempts to sign in after 90 days, jobs (with their files) that ended 30 days
   ago, files of imports and of packs after theirs, and what the queue gave up. Only a job does it. */
CREATE FUNCTION guard.purge_transient(p_hours int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_answers int;
  v_buckets int;
  v_jobs int;
BEGIN
  PERFORM guard.require_job();
  DELETE FROM idempotency_records WHERE created_at < now() - make_interval(hours => greatest(p_hours, 24));
  GET DIAGNOSTICS v_answers = ROW_COUNT;
  DELETE FROM rate_buckets WHERE updated_at < now() - make_interval(hours => greatest(p_hours, 24));
  GET DIAGNOSTICS v_buckets = ROW_COUNT;
  DELETE FROM sign_in_attempts WHERE tried_at < now() - interval '90 days';
  PERFORM guard.purge_imports();
  PERFORM guard.purge_packs();
  DELETE FROM jobs WHERE finished_at < now() - interval '30 days';
  GET DIAGNOSTICS v_jobs = ROW_COUNT;
  DELETE FROM graphile_worker._private_jobs
  WHERE attempts >= max_attempts AND updated_at < now() - make_interval(hours => greatest(p_hours, 24));
  RETURN v_answers + v_buckets + v_jobs;
END $$;

/* Which migrations this database has, for the readiness probe. */
CREATE FUNCTION guard.applied_migrations() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT migration_name::text FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL;
END $$;

GRANT EXECUTE ON FUNCTION guard.take_token(text, double precision, double precision),
  guard.admit(text, text, double precision, double precision), guard.claim_key(text, text, text),
  guard.store_answer(uuid, text, int, text),
  guard.purge_transient(int), guard.applied_migrations() TO nuanzhang_app;
