-- Keys by which people are sealed and recognised (docs/decisions/0040): known here by four bytes and a check value.

/* The keys of a use that are not retired, and how many rows wait for each. */
CREATE FUNCTION guard.known_keys(p_use text) RETURNS TABLE (key_id text, check_value text, since timestamptz, rows bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT k.key_id, encode(k.check_value, 'hex'), k.since, guard.rows_under(k.use, k.key_id)
    FROM sealing_keys k WHERE k.use = p_use AND k.retired_at IS NULL ORDER BY k.since, k.key_id;
END $$;

/* How many rows wait for a key: what it sealed, or what is known again by it. */
CREATE FUNCTION guard.rows_under(p_use text, p_key_id text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_rows bigint;
  v_all bigint := 0;
BEGIN
  IF p_use = 'INDEX' THEN
    v_all := (SELECT count(*) FROM person_keys k WHERE k.key_id = p_key_id)
      -- marks are made of their lines, many of each: that there are some is enough
      + (SELECT count(*) FROM (SELECT FROM roster_marks m WHERE m.index_key_id = p_key_id LIMIT 1) AS m);
  END IF;
  FOR v IN SELECT t.name FROM guard.sealed_tables() t WHERE p_use = 'FIELD' OR cardinality(t.digests) > 0 LOOP
    EXECUTE format('SELECT count(*) FROM %I WHERE %I = $1', v.name, CASE p_use WHEN 'FIELD' THEN 'key_id' ELSE 'index_key_id' END)
      INTO v_rows USING p_key_id;
    v_all := v_all + v_rows;
  END LOOP;
  RETURN v_all;
END $$;

/* Kept at a start, once: from then on it may seal. One that was retired does not come back. */
CREATE FUNCTION guard.keep_key(p_use text, p_key_id text, p_check text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO sealing_keys (use, key_id, check_value) VALUES (p_use, p_key_id, decode(p_check, 'hex')) ON CONFLICT DO NOTHING;
  PERFORM FROM sealing_keys WHERE use = p_use AND key_id = p_key_id AND retired_at IS NULL AND check_value = decode(p_check, 'hex');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'key % is another one, or was retired', p_key_id USING ERRCODE = 'NZ022';
  END IF;
END $$;

/* FOR SHARE holds off, and waits for, whoever retires a key. */
CREATE FUNCTION guard.require_keys(p_use text, p_key_ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_known int;
BEGIN
  SELECT count(*) INTO v_known FROM (
    SELECT FROM sealing_keys k WHERE k.use = p_use AND k.key_id = ANY (p_key_ids) AND k.retired_at IS NULL
    ORDER BY k.key_id FOR SHARE) AS held;
  IF v_known < cardinality(ARRAY(SELECT DISTINCT unnest(p_key_ids))) THEN
    RAISE EXCEPTION 'a key that is not in use' USING ERRCODE = 'NZ022';
  END IF;
END $$;

-- The rotation: a job that nobody asks for, and nothing else.

CREATE FUNCTION guard.require_rotation() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'KEYS' AND j.asked_by IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'keys are changed by the job that changes keys' USING ERRCODE = '42501';
  END IF;
END $$;

/* Rows of a sealed table that another key sealed, as they stand: bytea as the text by which it was written. */
CREATE FUNCTION guard.sealed_before(p_table text, p_key_id text, p_after uuid, p_limit int) RETURNS TABLE (id uuid, content jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  PERFORM guard.seals_of(p_table);
  RETURN QUERY EXECUTE format('SELECT t.id, to_jsonb(t) FROM %I t WHERE t.key_id <> $1 AND t.id > $2 ORDER BY t.id LIMIT $3', p_table)
    USING p_key_id, p_after, p_limit;
END $$;

/* Each row that is still sealed as it was read: `was` is its first seal. Answers how many. */
CREATE FUNCTION guard.reseal(p_table text, p_key_id text, p_rows jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_seals text[] := guard.seals_of(p_table);
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  EXECUTE format('UPDATE %I t SET key_id = $1, %s FROM jsonb_to_recordset($2) AS r (id uuid, was bytea, %s)
    WHERE t.id = r.id AND t.%I = r.was', p_table,
    (SELECT string_agg(format('%1$I = r.%1$I', s), ', ') FROM unnest(v_seals) AS s),
    (SELECT string_agg(format('%I bytea', s), ', ') FROM unnest(v_seals) AS s), v_seals[1]) USING p_key_id, p_rows;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

/* Rows of a table that are found again by digests of another index key. */
CREATE FUNCTION guard.digested_before(p_table text, p_key_id text, p_after uuid, p_limit int) RETURNS TABLE (id uuid, content jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  PERFORM guard.seals_of(p_table);
  RETURN QUERY EXECUTE format('SELECT t.id, to_jsonb(t) FROM %I t
    WHERE t.index_key_id <> $1 AND t.id > $2 ORDER BY t.id LIMIT $3', p_table) USING p_key_id, p_after, p_limit;
END $$;

/* As guard.reseal does it, for digests: what was changed meanwhile has its new ones already, or waits for the next run. */
CREATE FUNCTION guard.digest_anew(p_table text, p_key_id text, p_rows jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  SELECT t.seals[1] AS first, t.digests INTO v FROM guard.sealed_tables() t WHERE t.name = p_table AND cardinality(t.digests) > 0;
  EXECUTE format('UPDATE %I t SET index_key_id = $1, %s FROM jsonb_to_recordset($2) AS r (id uuid, was bytea, %s)
    WHERE t.id = r.id AND t.%I = r.was', p_table,
    (SELECT string_agg(format('%1$I = decode(r.%1$I, ''hex'')', d), ', ') FROM unnest(v.digests) AS d),
    (SELECT string_agg(format('%I text', d), ', ') FROM unnest(v.digests) AS d), v.first) USING p_key_id, p_rows;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

/* A row of each identity in a table that the newest index key does not know yet. */
CREATE FUNCTION guard.to_recognise(p_table text, p_key_id text, p_after uuid, p_limit int)
RETURNS TABLE (id uuid, identity_id uuid, content jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  PERFORM guard.seals_of(p_table);
  RETURN QUERY EXECUTE format('SELECT DISTINCT ON (t.identity_id) t.id, t.identity_id, to_jsonb(t) FROM %I t
    WHERE t.identity_id > $2 AND NOT EXISTS (
      SELECT FROM person_keys k WHERE k.identity_id = t.identity_id AND k.key_id = $1)
    ORDER BY t.identity_id, t.id LIMIT $3', p_table) USING p_key_id, p_after, p_limit;
END $$;

CREATE FUNCTION guard.recognise(p_key_id text, p_people jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  PERFORM guard.require_keys('INDEX', ARRAY[p_key_id]);
  INSERT INTO person_keys (digest, key_id, identity_id)
  SELECT decode(r.digest, 'hex'), p_key_id, r.identity FROM jsonb_to_recordset(p_people) AS r (digest text, identity uuid)
  ORDER BY 1 ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

/* Digests of older keys go where the newest knows the identity, or where no row and no claim asks for it any more. */
CREATE FUNCTION guard.forget_digests(p_key_id text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  EXECUTE 'DELETE FROM person_keys k WHERE k.key_id <> $1 AND (
    EXISTS (SELECT FROM person_keys n WHERE n.identity_id = k.identity_id AND n.key_id = $1)
    OR NOT EXISTS (SELECT FROM aid_claims c WHERE c.identity_id = k.identity_id)' || (
      SELECT string_agg(format(' AND NOT EXISTS (SELECT FROM %I t WHERE t.identity_id = k.identity_id)', t.name), '')
      FROM guard.sealed_tables() t WHERE t.identified) || ')' USING p_key_id;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

/* Retires the keys for which nothing waits any more. Whoever seals holds its key's row: it is waited for, and what it
   wrote is counted; whoever comes later is refused. Answers how many rows wait for older keys. */
CREATE FUNCTION guard.retire_keys(p_use text, p_key_id text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v record;
  v_left bigint := 0;
BEGIN
  PERFORM guard.require_rotation();
  FOR v IN SELECT k.key_id FROM sealing_keys k
           WHERE k.use = p_use AND k.key_id <> p_key_id AND k.retired_at IS NULL ORDER BY k.key_id FOR UPDATE LOOP
    IF guard.rows_under(p_use, v.key_id) = 0 THEN
      UPDATE sealing_keys SET retired_at = clock_timestamp() WHERE use = p_use AND key_id = v.key_id;
    ELSE
      v_left := v_left + guard.rows_under(p_use, v.key_id);
    END IF;
  END LOOP;
  RETURN v_left;
END $$;

GRANT EXECUTE ON FUNCTION guard.known_keys(text), guard.keep_key(text, text, text),
  guard.sealed_before(text, text, uuid, int), guard.reseal(text, text, jsonb), guard.digested_before(text, text, uuid, int),
  guard.digest_anew(text, text, jsonb), guard.to_recognise(text, text, uuid, int), guard.recognise(text, jsonb), guard.forget_digests(text), guard.retire_keys(text, text) TO nuanzhang_app;
