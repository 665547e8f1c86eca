-- Keys by which people are sealed and recognised (docs/decisions/0040): known here by four bytes and a check value.

/* The keys of a use that are not retired, and how many rows wait for each. */
CREATE FUNCTION guard.known_keys(p_use text) RETURNS TABLE (key_id text, check_value text, since timestamptz, rows bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT k.key_id, encode(k.check_value, 'hex'), k.since, guard.rows_under(k.use, k.key_id)
    FROM sealing_keys k WHERE k.use = p_use AND k.retired_at IS NULL ORDER BY k.since, k.key_id;
END $$;

CREATE FUNCTION guard.rows_under(p_use text, p_key_id text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE p_use
    WHEN 'FIELD' THEN (SELECT count(*) FROM roster_lines l WHERE l.key_id = p_key_id)
    ELSE (SELECT count(*) FROM person_keys k WHERE k.key_id = p_key_id) END;
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

CREATE FUNCTION guard.after_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_keys('FIELD', ARRAY(SELECT DISTINCT l.key_id FROM changed_rows l));
  RETURN NULL;
END $$;
CREATE TRIGGER sealed_insert AFTER INSERT ON roster_lines REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_sealed();
CREATE TRIGGER sealed_update AFTER UPDATE ON roster_lines REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_sealed();

-- The rotation: a job that nobody asks for, and nothing else.

CREATE FUNCTION guard.require_rotation() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'KEYS' AND j.asked_by IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'keys are changed by the job that changes keys' USING ERRCODE = '42501';
  END IF;
END $$;

CREATE FUNCTION guard.lines_sealed_before(p_key_id text, p_after uuid, p_limit int) RETURNS SETOF roster_lines
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  RETURN QUERY SELECT * FROM roster_lines l WHERE l.key_id <> p_key_id AND l.id > p_after ORDER BY l.id LIMIT p_limit;
END $$;

/* Each line that is still sealed as it was read: its old name stands beside the new one. Answers how many. */
CREATE FUNCTION guard.reseal_lines(p_key_id text, p_lines jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  UPDATE roster_lines l SET name = r.name, id_number = r.id_number, phone = r.phone, payee = r.payee, account = r.account,
    note = r.note, nonce = r.nonce, key_id = p_key_id
  FROM jsonb_to_recordset(p_lines) AS r (id uuid, was bytea, name bytea, id_number bytea, phone bytea, payee bytea,
    account bytea, note bytea, nonce bytea)
  WHERE l.id = r.id AND l.name = r.was;
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

/* A line of each identity that the newest index key does not know yet. */
CREATE FUNCTION guard.lines_to_recognise(p_key_id text, p_after uuid, p_limit int) RETURNS SETOF roster_lines
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  RETURN QUERY SELECT DISTINCT ON (l.identity_id) l.* FROM roster_lines l
    WHERE l.identity_id > p_after AND NOT EXISTS (
      SELECT FROM person_keys k WHERE k.identity_id = l.identity_id AND k.key_id = p_key_id)
    ORDER BY l.identity_id, l.id LIMIT p_limit;
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

/* Digests of older keys go where the newest knows the identity, or where no line and no claim asks for it any more. */
CREATE FUNCTION guard.forget_digests(p_key_id text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  DELETE FROM person_keys k WHERE k.key_id <> p_key_id AND (
    EXISTS (SELECT FROM person_keys n WHERE n.identity_id = k.identity_id AND n.key_id = p_key_id)
    OR NOT EXISTS (SELECT FROM roster_lines l WHERE l.identity_id = k.identity_id)
      AND NOT EXISTS (SELECT FROM aid_claims c WHERE c.identity_id = k.identity_id));
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
  guard.lines_sealed_before(text, uuid, int), guard.reseal_lines(text, jsonb), guard.lines_to_recognise(text, uuid, int),
  guard.recognise(text, jsonb), guard.forget_digests(text), guard.retire_keys(text, text) TO nuanzhang_app;
