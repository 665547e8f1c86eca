-- Files that people bring in. Whoever enters records somewhere sees and does the imports there, and nobody else: what
-- stands in a stranger's table is more than a ledger asks for. A job reads and commits as the person who asked.

/* How long a file is kept, and what was never committed. */
CREATE FUNCTION guard.import_keeping() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '90 days' $$;

CREATE FUNCTION guard.before_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.created_by := guard.require_session();
    NEW.status := 'READING';
    NEW.created_at := clock_timestamp();
  ELSE
    IF (NEW.id, NEW.organisation_id, NEW.created_by, NEW.created_at, NEW.file_name, NEW.file_bytes, NEW.file_sha256)
      IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.created_by, OLD.created_at, OLD.file_name, OLD.file_bytes, OLD.file_sha256) THEN
      RAISE EXCEPTION 'which file it is, and whose, does not change' USING ERRCODE = 'NZ004';
    END IF;
    IF NEW.status <> OLD.status AND OLD.status || '>' || NEW.status NOT IN ('READING>PREVIEW', 'READING>REFUSED',
      'PREVIEW>READING', 'REFUSED>READING', 'PREVIEW>COMMITTING', 'COMMITTING>COMMITTED', 'COMMITTED>UNDONE') THEN
      RAISE EXCEPTION 'no way from % to %', OLD.status, NEW.status USING ERRCODE = 'NZ007';
    END IF;
    IF OLD.status NOT IN ('READING', 'PREVIEW', 'REFUSED') AND (NEW.mapping, NEW.reading, NEW.good_rows_only, NEW.programme_id)
      IS DISTINCT FROM (OLD.mapping, OLD.reading, OLD.good_rows_only, OLD.programme_id) THEN
      RAISE EXCEPTION 'how it was read does not change once it is being committed' USING ERRCODE = 'NZ004';
    END IF;
    IF NEW.status = 'COMMITTED' AND OLD.status = 'COMMITTING'
      AND EXISTS (SELECT FROM import_lines l WHERE l.import_id = NEW.id AND l.status = 'GOOD') THEN
      RAISE EXCEPTION 'good rows of % are not in yet', NEW.id USING ERRCODE = 'NZ007';
    END IF;
  END IF;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE ON imports
  FOR EACH ROW EXECUTE FUNCTION guard.before_import();

/* Lines come and go while the file is being read, become records while it is committed, and leave with their records.
   The lock on the import keeps where it stands still meanwhile. */
CREATE FUNCTION guard.before_import_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_status text;
  v_import bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.import_id ELSE NEW.import_id END;
  v_move text := CASE TG_OP WHEN 'UPDATE' THEN OLD.status || '>' || NEW.status ELSE TG_OP END;
  v_overrules boolean := TG_OP = 'UPDATE' AND NEW.overruled_because IS DISTINCT FROM OLD.overruled_because;
  d record;
BEGIN
  SELECT i.status INTO v_status FROM imports i WHERE i.id = v_import FOR SHARE;
  IF TG_OP <> 'UPDATE' THEN
    -- gone with its import: that is purged by nobody but the purge
    IF v_status <> 'READING' THEN
      RAISE EXCEPTION 'the lines of % stand as they were read', v_import USING ERRCODE = 'NZ004';
    END IF;
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    ELSIF NEW.status NOT IN ('GOOD', 'BAD', 'KNOWN') OR NEW.overruled_because IS NOT NULL THEN
      RAISE EXCEPTION 'a line is read before it is in' USING ERRCODE = 'NZ007';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.import_id, NEW.row, NEW.organisation_id, NEW.cells, NEW.fields, NEW.reading)
    IS DISTINCT FROM (OLD.import_id, OLD.row, OLD.organisation_id, OLD.cells, OLD.fields, OLD.reading)
    OR NOT v_overrules AND (NEW.nth, NEW.of_import, NEW.of_row, NEW.overrules)
    IS DISTINCT FROM (OLD.nth, OLD.of_import, OLD.of_row, OLD.overrules) THEN
    RAISE EXCEPTION 'what a line says does not change' USING ERRCODE = 'NZ004';
  ELSIF v_overrules THEN
    -- another payment than the record it is known as, in words, one by one; and taken back
    IF v_status <> 'PREVIEW' OR v_move <> (CASE WHEN NEW.overruled_because IS NULL THEN 'GOOD>KNOWN' ELSE 'KNOWN>GOOD' END)
      OR NEW.overruled_because IS NOT NULL AND NOT EXISTS (
        SELECT FROM import_lines o WHERE o.disbursement_id = NEW.overrules AND o.status = 'IN') THEN
      RAISE EXCEPTION 'line % of % is not known as a record that is in', NEW.row, v_import USING ERRCODE = 'NZ007';
    END IF;
    RETURN NEW;
  ELSIF NOT (v_status = 'COMMITTING' AND v_move IN ('GOOD>IN', 'GOOD>BAD', 'GOOD>KNOWN')
    OR v_status = 'COMMITTED' AND v_move = 'IN>UNDONE') THEN
    RAISE EXCEPTION 'no way from % while the import is %', v_move, v_status USING ERRCODE = 'NZ007';
  END IF;
  -- made or voided in this very transaction
  SELECT x.status, x.version, x.xmin = pg_current_xact_id()::xid AS now INTO d FROM disbursements x WHERE x.id = NEW.disbursement_id;
  IF NEW.status = 'IN' AND (d.status, d.version, d.now) IS DISTINCT FROM ('DRAFT', 1, true)
    OR NEW.status = 'UNDONE' AND ((d.status, d.version, d.now) IS DISTINCT FROM ('VOIDED', 2, true) OR NEW.disbursement_id <> OLD.disbursement_id) THEN
    RAISE EXCEPTION 'line % of % is not what became of its record', NEW.row, v_import USING ERRCODE = 'NZ007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE OR DELETE ON import_lines
  FOR EACH ROW EXECUTE FUNCTION guard.before_import_line();

/* The work of an import is asked for by whoever may enter records there: one at a time an import. */
CREATE FUNCTION guard.ask_import_job(p_import bigint, p_step text, p_locale text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_organisation int;
  v_job bigint;
BEGIN
  SELECT i.organisation_id INTO v_organisation FROM imports i WHERE i.id = p_import AND EXISTS (
    SELECT FROM organisation_closure c
    WHERE c.descendant_id = i.organisation_id AND c.ancestor_id = ANY (guard.homes('{CLERK}'))) FOR UPDATE;
  IF NOT FOUND OR p_step NOT IN ('read', 'commit', 'undo') THEN
    RAISE EXCEPTION 'this import is not for this person to work on' USING ERRCODE = '42501';
  ELSIF EXISTS (SELECT FROM imports i JOIN jobs j ON j.id = i.job_id AND j.status IN ('WAITING', 'RUNNING') WHERE i.id = p_import) THEN
    RAISE EXCEPTION 'this import is being worked on' USING ERRCODE = 'NZ011';
  END IF;
  v_job := guard.put_job('IMPORT', v_organisation, v_user,
    jsonb_build_object('import', p_import::text, 'step', p_step, 'locale', p_locale));
  UPDATE imports SET job_id = v_job WHERE id = p_import;
  RETURN v_job;
END $$;

/* How far the work on an import is: a job is its asker's own, an import everybody's who enters records there. */
CREATE FUNCTION guard.job_of_import(p_import bigint) RETURNS TABLE (status text, progress int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.status, j.progress::int FROM imports i JOIN jobs j ON j.id = i.job_id
  WHERE i.id = p_import AND EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = i.organisation_id AND c.ancestor_id = ANY (guard.homes('{CLERK}')))
$$;

/* Called by the purge alone. What is in stays with its lines, and so does what was undone: only the bytes go. */
CREATE FUNCTION guard.purge_imports() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_files int;
  v_before timestamptz := now() - guard.import_keeping();
BEGIN
  PERFORM guard.require_job();
  DELETE FROM import_files f USING imports i
  WHERE i.id = f.import_id AND i.status IN ('COMMITTED', 'UNDONE') AND i.updated_at < v_before;
  GET DIAGNOSTICS v_files = ROW_COUNT;
  DELETE FROM imports WHERE status IN ('READING', 'PREVIEW', 'REFUSED') AND updated_at < v_before
    AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = job_id AND j.status IN ('WAITING', 'RUNNING'));
  RETURN v_files;
END $$;

GRANT EXECUTE ON FUNCTION guard.ask_import_job(bigint, text, text), guard.job_of_import(bigint) TO nuanzhang_app;
GRANT SELECT, INSERT, UPDATE ON imports, import_mappings TO nuanzhang_app;
GRANT SELECT, INSERT ON import_files TO nuanzhang_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_lines TO nuanzhang_app;

DO $$
DECLARE
  v_below constant text := '(EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = %I.organisation_id AND c.ancestor_id = ANY ((SELECT guard.homes(''{CLERK}''))::int[])))';
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['imports', 'import_lines', 'import_mappings'] LOOP
    EXECUTE format('CREATE POLICY clerk_works ON %I FOR ALL TO nuanzhang_app USING ' || v_below || ' WITH CHECK ' || v_below, t, t, t);
  END LOOP;
END $$;
-- Of an import that one sees.
CREATE POLICY clerk_reads ON import_files FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM imports i WHERE i.id = import_id));
CREATE POLICY clerk_brings ON import_files FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM imports i WHERE i.id = import_id AND i.status = 'READING'));
CREATE POLICY of_its_import ON import_lines AS RESTRICTIVE FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM imports i WHERE i.id = import_id));

-- That a file was found readable or not is no deed of anybody's.
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON imports DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('import', 'id');
CREATE CONSTRAINT TRIGGER audited_change AFTER UPDATE ON imports DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status NOT IN ('READING', 'PREVIEW', 'REFUSED') AND NEW.status <> OLD.status
    OR NEW.mapping IS DISTINCT FROM OLD.mapping) EXECUTE FUNCTION guard.require_audit('import', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER UPDATE ON import_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.overruled_because IS DISTINCT FROM OLD.overruled_because)
  EXECUTE FUNCTION guard.require_audit('import', 'import_id');
