-- Packs of evidence: asked for by the province and by auditors, of places they read; made by a job as that person; read
-- by that person and by the auditors over the place. Nothing is written into one but through here.

CREATE FUNCTION guard.evidence_pack_keeping() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '30 days' $$;

/* So many vouchers are packed at once: of more, a sample or a smaller place is asked for. */
CREATE FUNCTION guard.most_vouchers_packed() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 2000 $$;

CREATE FUNCTION guard.packs_evidence(p_organisation_id int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = p_organisation_id AND c.ancestor_id = ANY (guard.homes('{PROVINCE,AUDITOR}')));
END $$;

/* What it is of never changes; it gets its job once, is sealed once, and its bytes go once. */
CREATE FUNCTION guard.before_evidence_pack() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_sealing constant text[] := '{sealed_at,vouchers,files,bytes,sha256,object_id}';
  v_all constant text[] := v_sealing || '{job_id,dropped_at}'::text[];
BEGIN
  IF to_jsonb(NEW) - v_all <> to_jsonb(OLD) - v_all OR OLD.job_id IS NOT NULL AND NEW.job_id IS DISTINCT FROM OLD.job_id
     OR OLD.dropped_at IS NOT NULL OR OLD.sealed_at IS NOT NULL
       AND to_jsonb(NEW) - '{dropped_at}'::text[] <> to_jsonb(OLD) - '{dropped_at}'::text[] THEN
    RAISE EXCEPTION 'pack of evidence % stands as it was asked for, and as it was sealed', OLD.id USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE UPDATE ON evidence_packs FOR EACH ROW EXECUTE FUNCTION guard.before_evidence_pack();
CREATE TRIGGER never_deleted BEFORE DELETE ON evidence_packs FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF sealed_at ON evidence_packs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('evidence-pack', 'id');

CREATE FUNCTION guard.ask_evidence_pack(p_organisation_id int, p_year int, p_size int, p_seed text) RETURNS TABLE (id bigint, job bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  IF NOT guard.packs_evidence(p_organisation_id) THEN
    RAISE EXCEPTION 'this evidence is not for this person to pack' USING ERRCODE = '42501';
  END IF;
  INSERT INTO evidence_packs (organisation_id, year, sample_size, seed, asked_by)
  VALUES (p_organisation_id, p_year, p_size, p_seed, v_user) RETURNING evidence_packs.id INTO id;
  job := guard.put_job('EVIDENCE', p_organisation_id, v_user, jsonb_build_object('pack', id::text));
  IF job IS NULL THEN
    RAISE EXCEPTION 'one such job is under way already' USING ERRCODE = 'NZ011';
  END IF;
  UPDATE evidence_packs p SET job_id = job WHERE p.id = ask_evidence_pack.id;
  RETURN NEXT;
END $$;

/* How far its making is: a job is its asker's own, a pack its auditors' as well. */
CREATE FUNCTION guard.jobs_of_evidence_packs(p_packs bigint[]) RETURNS TABLE (pack_id bigint, status text, progress int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, j.status, j.progress::int FROM evidence_packs p JOIN jobs j ON j.id = p.job_id
  WHERE p.id = ANY (p_packs) AND guard.reads_pack(p.organisation_id, p.asked_by)
$$;

/* Inside its job: whole, with the key that opens it. */
CREATE FUNCTION guard.seal_evidence_pack(p_object_id uuid, p_file_key bytea, p_vouchers int, p_files int, p_bytes bigint, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pack bigint := (SELECT (j.input ->> 'pack')::bigint FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'EVIDENCE');
BEGIN
  UPDATE evidence_packs SET sealed_at = clock_timestamp(), object_id = p_object_id, vouchers = p_vouchers, files = p_files,
    bytes = p_bytes, sha256 = p_sha256 WHERE id = v_pack AND sealed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no pack of evidence is made here' USING ERRCODE = '42501';
  END IF;
  INSERT INTO file_keys (id, file_key, key_id) VALUES (p_object_id, p_file_key, encode(substring(p_file_key FROM 3 FOR 4), 'hex'));
END $$;

/* By the night's job: the key goes at once, and the store is told what to drop. */
CREATE FUNCTION guard.drop_evidence_packs() RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_store_job();
  DELETE FROM file_keys k USING evidence_packs p
  WHERE k.id = p.object_id AND p.dropped_at IS NULL AND p.sealed_at < now() - guard.evidence_pack_keeping();
  RETURN QUERY UPDATE evidence_packs SET dropped_at = clock_timestamp()
    WHERE dropped_at IS NULL AND sealed_at < now() - guard.evidence_pack_keeping() RETURNING object_id;
END $$;

GRANT SELECT ON evidence_packs TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.ask_evidence_pack(int, int, int, text), guard.jobs_of_evidence_packs(bigint[]), guard.packs_evidence(int),
  guard.most_vouchers_packed(), guard.seal_evidence_pack(uuid, bytea, int, int, bigint, text), guard.drop_evidence_packs() TO nuanzhang_app;

CREATE POLICY read_own ON evidence_packs FOR SELECT TO nuanzhang_app USING (
  EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = evidence_packs.organisation_id AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[]))
  AND (asked_by = (SELECT guard.session_user_id()) OR EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = evidence_packs.organisation_id AND c.ancestor_id = ANY ((SELECT guard.homes('{AUDITOR}'))::int[]))));
-- the policies of the pack itself decide
CREATE POLICY packers_read ON file_keys FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM evidence_packs p WHERE p.object_id = file_keys.id));
