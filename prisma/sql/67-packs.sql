-- Yearly packs: asked for by whoever reads the records, made by a job as that person, read by that person and by the
-- auditors over the place, each for as long as they read its records. Nothing is written into one but through here.

/* How long the bytes of a pack are kept: what it was, and the digest of each file, stays. */
CREATE FUNCTION guard.pack_keeping() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '90 days' $$;

/* May the session read it? Its asker, and auditors of the place or above it. */
CREATE FUNCTION guard.reads_pack(p_organisation_id int, p_asked_by uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.reads(p_organisation_id) AND (p_asked_by = guard.session_user_id() OR EXISTS (
    SELECT FROM organisation_closure c
    WHERE c.descendant_id = p_organisation_id AND c.ancestor_id = ANY (guard.homes('{AUDITOR}'))));
END $$;

/* What it is of never changes; it gets its job once, and is sealed once. */
CREATE FUNCTION guard.before_pack() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - '{job_id,sealed_at,manifest_sha256}'::text[])
      IS DISTINCT FROM (to_jsonb(OLD) - '{job_id,sealed_at,manifest_sha256}'::text[])
    OR OLD.sealed_at IS NOT NULL OR OLD.job_id IS NOT NULL AND NEW.job_id IS DISTINCT FROM OLD.job_id THEN
    RAISE EXCEPTION 'pack % stands as it was asked for, and as it was sealed', OLD.id USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE UPDATE ON packs FOR EACH ROW EXECUTE FUNCTION guard.before_pack();
CREATE TRIGGER never_deleted BEFORE DELETE ON packs FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Files and their bytes come while the pack is being made. Sealed, no byte changes; after their time all of them go. */
CREATE FUNCTION guard.before_pack_content() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_sealed timestamptz;
  v_pack bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.pack_id ELSE NEW.pack_id END;
BEGIN
  SELECT p.sealed_at INTO v_sealed FROM packs p WHERE p.id = v_pack;
  IF v_sealed IS NOT NULL AND NOT (TG_OP = 'DELETE' AND TG_TABLE_NAME = 'pack_chunks'
    AND v_sealed < now() - guard.pack_keeping()) THEN
    RAISE EXCEPTION 'the files of pack % are sealed', v_pack USING ERRCODE = 'NZ004';
  ELSIF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE OR DELETE ON pack_files
  FOR EACH ROW EXECUTE FUNCTION guard.before_pack_content();
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE OR DELETE ON pack_chunks
  FOR EACH ROW EXECUTE FUNCTION guard.before_pack_content();

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON packs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('pack', 'id');

/* As of the head of the chain, or of the very stamp of a pack that was made before. */
CREATE FUNCTION guard.ask_pack(p_organisation_id int, p_year int, p_definition int, p_locale text, p_unit text, p_of bigint)
RETURNS TABLE (id bigint, job bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_pack packs;
BEGIN
  IF p_of IS NULL THEN
    IF NOT guard.reads(p_organisation_id) THEN
      RAISE EXCEPTION 'these records are not for this person to read' USING ERRCODE = '42501';
    END IF;
    INSERT INTO packs (organisation_id, year, root_id, seq, at, definition, locale, unit, asked_by)
    SELECT p_organisation_id, p_year, guard.root_of(o.path), h.seq, h.at, p_definition, p_locale, p_unit, v_user
    FROM organisations o CROSS JOIN guard.chain_head() h WHERE o.id = p_organisation_id RETURNING * INTO v_pack;
  ELSE
    INSERT INTO packs (organisation_id, year, root_id, seq, at, definition, locale, unit, asked_by, of_pack)
    SELECT p.organisation_id, p.year, p.root_id, p.seq, p.at, p_definition, p.locale, p.unit, v_user, p.id
    FROM packs p WHERE p.id = p_of AND guard.reads_pack(p.organisation_id, p.asked_by) RETURNING * INTO v_pack;
    IF v_pack.id IS NULL THEN
      RAISE EXCEPTION 'this pack is not for this person to read' USING ERRCODE = '42501';
    END IF;
  END IF;
  job := guard.put_job('PACK', v_pack.organisation_id, v_user, jsonb_build_object('pack', v_pack.id::text));
  IF job IS NULL THEN
    RAISE EXCEPTION 'one such job is under way already' USING ERRCODE = 'NZ011';
  END IF;
  id := v_pack.id;
  UPDATE packs SET job_id = job WHERE packs.id = v_pack.id;
  RETURN NEXT;
END $$;

/* How far its making is: a job is its asker's own, a pack its auditors' as well. */
CREATE FUNCTION guard.jobs_of_packs(p_packs bigint[]) RETURNS TABLE (pack_id bigint, status text, progress int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, j.status, j.progress::int FROM packs p JOIN jobs j ON j.id = p.job_id
  WHERE p.id = ANY (p_packs) AND guard.reads_pack(p.organisation_id, p.asked_by)
$$;

-- Inside its job.

CREATE FUNCTION guard.require_pack_job() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pack bigint;
BEGIN
  SELECT (j.input ->> 'pack')::bigint INTO v_pack FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'PACK';
  IF v_pack IS NULL THEN
    RAISE EXCEPTION 'no job of a pack acts here' USING ERRCODE = '42501';
  END IF;
  RETURN v_pack;
END $$;

/* Begun anew, whatever an earlier run left of it. One that is whole is not begun again. */
CREATE FUNCTION guard.begin_pack_file(p_no int, p_name text, p_media_type text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pack bigint := guard.require_pack_job();
BEGIN
  IF EXISTS (SELECT FROM pack_files f WHERE f.pack_id = v_pack AND f.no = p_no AND f.sha256 IS NOT NULL) THEN
    RAISE EXCEPTION 'file % of pack % is whole', p_no, v_pack USING ERRCODE = 'NZ007';
  END IF;
  DELETE FROM pack_chunks c WHERE c.pack_id = v_pack AND c.no = p_no;
  DELETE FROM pack_files f WHERE f.pack_id = v_pack AND f.no = p_no;
  INSERT INTO pack_files (pack_id, no, name, media_type) VALUES (v_pack, p_no, p_name, p_media_type);
END $$;

CREATE FUNCTION guard.keep_pack_chunk(p_no int, p_part int, p_content bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO pack_chunks (pack_id, no, part, content) VALUES (guard.require_pack_job(), p_no, p_part, p_content)
$$;

/* Whole: its pieces are all there, in order and without a gap. */
CREATE FUNCTION guard.end_pack_file(p_no int, p_bytes bigint, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pack bigint := guard.require_pack_job();
BEGIN
  IF (SELECT (coalesce(sum(octet_length(c.content)), 0), count(*), coalesce(max(c.part), -1) + 1)
      IS DISTINCT FROM (p_bytes, count(*), count(*)) FROM pack_chunks c WHERE c.pack_id = v_pack AND c.no = p_no) THEN
    RAISE EXCEPTION 'file % of pack % is not whole', p_no, v_pack USING ERRCODE = 'NZ007';
  END IF;
  UPDATE pack_files SET bytes = p_bytes, sha256 = p_sha256 WHERE pack_id = v_pack AND no = p_no AND sha256 IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'file % of pack % was not begun', p_no, v_pack USING ERRCODE = 'NZ007';
  END IF;
END $$;

/* All its files are whole, and the last is the manifest of which the digest is that of these bytes. */
CREATE FUNCTION guard.seal_pack(p_manifest_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_pack bigint := guard.require_pack_job();
BEGIN
  IF EXISTS (SELECT FROM pack_files f WHERE f.pack_id = v_pack AND f.sha256 IS NULL) OR p_manifest_sha256 IS DISTINCT FROM (
    SELECT encode(sha256(string_agg(c.content, '' ORDER BY c.part)), 'hex') FROM pack_files f
    JOIN pack_chunks c USING (pack_id, no) WHERE f.pack_id = v_pack AND f.name = 'manifest.json') THEN
    RAISE EXCEPTION 'pack % is not whole', v_pack USING ERRCODE = 'NZ007';
  END IF;
  UPDATE packs SET sealed_at = clock_timestamp(), manifest_sha256 = p_manifest_sha256 WHERE id = v_pack;
END $$;

/* The head of the chain at the pack's position and, where they are asked for, the figures as its records give them: a
   checkpoint of that moment. */
CREATE FUNCTION guard.pack_checkpoint(p_figures boolean) RETURNS TABLE (origin text, size bigint, head text, at timestamptz, figures text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT o.code, e.position, e.hash::text, e.at,
    CASE WHEN p_figures THEN guard.figures_digest(p.root_id, p.seq) END
  FROM packs p JOIN organisations o ON o.id = p.root_id
  JOIN audit_entries e ON e.root_id = p.root_id AND e.position = p.seq
  WHERE p.id = guard.require_pack_job();
END $$;

/* Called by the purge alone: the bytes go, what the pack was and said stays. */
CREATE FUNCTION guard.purge_packs() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_job();
  DELETE FROM pack_chunks c USING packs p
  WHERE p.id = c.pack_id AND coalesce(p.sealed_at, p.created_at) < now() - guard.pack_keeping();
END $$;

GRANT SELECT ON packs, pack_files, pack_chunks TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.ask_pack(int, int, int, text, text, bigint), guard.jobs_of_packs(bigint[]),
  guard.begin_pack_file(int, text, text), guard.keep_pack_chunk(int, int, bytea), guard.end_pack_file(int, bigint, text),
  guard.seal_pack(text), guard.pack_checkpoint(boolean), guard.reads_pack(int, uuid) TO nuanzhang_app;

CREATE POLICY read_own ON packs FOR SELECT TO nuanzhang_app USING (
  EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = packs.organisation_id AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[]))
  AND (asked_by = (SELECT guard.session_user_id()) OR EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = packs.organisation_id AND c.ancestor_id = ANY ((SELECT guard.homes('{AUDITOR}'))::int[]))));
CREATE POLICY read_own ON pack_files FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM packs p WHERE p.id = pack_id));
CREATE POLICY read_own ON pack_chunks FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM packs p WHERE p.id = pack_id));
