-- What is sealed, by table (docs/decisions/0040). This is the one list: rotation, retirement of keys, the nightly check
-- and the triggers below are made of it. lib/features/keys/rules.ts holds its other half, which opens; a test
-- compares the two.

/* A sealed table has a uuid `id` made by the application, `key_id`, and the seals named here; the first is never null
   and tells a row that was sealed anew from one that was not. `identified`: its rows name a person by identity_id.
   `digests`: columns by which a row is found again, all under the key that `index_key_id` names. */
CREATE FUNCTION guard.sealed_tables() RETURNS TABLE (name text, seals text[], identified boolean, digests text[])
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  VALUES ('roster_lines', '{name,id_number,phone,payee,account,note,nonce}'::text[], true, '{}'::text[]),
    ('households', '{nonce,address,details}', false, '{}'),
    ('household_members', '{name,id_number,born,sex,phone,health,workplace,details,nonce}', true, '{name_digest}'),
    ('household_events', '{nonce,visitors,note}', false, '{}'),
    ('file_keys', '{file_key}', false, '{}'),
    ('payment_words', '{words}', false, '{}'), ('notice_words', '{words}', false, '{}')
$$;

CREATE FUNCTION guard.seals_of(p_table text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_seals text[] := (SELECT t.seals FROM guard.sealed_tables() t WHERE t.name = p_table);
BEGIN
  IF v_seals IS NULL THEN
    RAISE EXCEPTION 'nothing is sealed in %', p_table USING ERRCODE = '42501';
  END IF;
  RETURN v_seals;
END $$;

/* Nothing is sealed, nor found again, by a key that is not in use. */
CREATE FUNCTION guard.after_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- without a key is what was forgotten, and nothing begins so
  IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM changed_rows l WHERE l.key_id IS NULL) THEN
    RAISE EXCEPTION 'a row of % that is not sealed', TG_TABLE_NAME USING ERRCODE = 'NZ022';
  END IF;
  PERFORM guard.require_keys('FIELD', ARRAY(SELECT DISTINCT l.key_id FROM changed_rows l WHERE l.key_id IS NOT NULL));
  RETURN NULL;
END $$;
CREATE FUNCTION guard.after_digested() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_keys('INDEX', ARRAY(SELECT DISTINCT l.index_key_id FROM changed_rows l WHERE l.index_key_id IS NOT NULL));
  RETURN NULL;
END $$;
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT t.name, t.digests, e.event FROM guard.sealed_tables() t CROSS JOIN (VALUES ('insert'), ('update')) AS e (event) LOOP
    EXECUTE format('CREATE TRIGGER sealed_%s AFTER %1$s ON %I REFERENCING NEW TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION guard.after_sealed()', v.event, v.name);
    IF cardinality(v.digests) > 0 THEN
      EXECUTE format('CREATE TRIGGER digested_%s AFTER %1$s ON %I REFERENCING NEW TABLE AS changed_rows
        FOR EACH STATEMENT EXECUTE FUNCTION guard.after_digested()', v.event, v.name);
    END IF;
  END LOOP;
END $$;

/* What of a row goes when it is forgotten: seals, digests, and whom it names. */
CREATE FUNCTION guard.forgotten_columns(p_table text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT t.seals || 'key_id'::text || t.digests
      || CASE WHEN cardinality(t.digests) > 0 THEN '{index_key_id}'::text[] ELSE '{}' END
      || CASE WHEN t.identified THEN '{identity_id,id_kind}'::text[] ELSE '{}' END
    FROM guard.sealed_tables() t WHERE t.name = p_table);
END $$;

/* Is this row forgotten now, and nothing else of it changed? */
CREATE FUNCTION guard.is_emptied(p_table text, p_old jsonb, p_new jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_gone text[] := guard.forgotten_columns(p_table);
BEGIN
  RETURN p_old ->> 'forgotten_at' IS NULL AND p_new ->> 'forgotten_at' IS NOT NULL
    AND NOT EXISTS (SELECT FROM unnest(v_gone) AS g (name) WHERE p_new ->> g.name IS NOT NULL)
    AND p_new - v_gone - 'forgotten_at'::text = p_old - v_gone - 'forgotten_at'::text;
END $$;

/* For tables whose rows are replaced, not changed: only their seals are made anew by another key, or their digests; or
   they are forgotten (59-forgetting), which no role but the owner can do. */
CREATE FUNCTION guard.before_resealed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_seals text[] := guard.seals_of(TG_TABLE_NAME);
  v_digests text[] := (SELECT t.digests FROM guard.sealed_tables() t WHERE t.name = TG_TABLE_NAME);
  v_old jsonb := to_jsonb(OLD);
  v_new jsonb := to_jsonb(NEW);
  v_resealed boolean := NEW.key_id <> OLD.key_id;
  v_anew boolean := v_new ->> 'index_key_id' IS DISTINCT FROM v_old ->> 'index_key_id';
  v_free text[] := CASE WHEN v_resealed THEN v_seals || 'key_id'::text ELSE '{}' END
    || CASE WHEN v_anew THEN v_digests || 'index_key_id'::text ELSE '{}' END;
BEGIN
  IF guard.is_emptied(TG_TABLE_NAME, v_old, v_new) THEN
    RETURN NEW;
  END IF;
  IF NOT coalesce(v_resealed OR v_anew, false) OR v_new - v_free <> v_old - v_free
     OR EXISTS (SELECT FROM unnest(v_seals) AS s (name) WHERE (v_new -> s.name = 'null'::jsonb) <> (v_old -> s.name = 'null'::jsonb)) THEN
    RAISE EXCEPTION 'a row of % is replaced, not changed', TG_TABLE_NAME USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
