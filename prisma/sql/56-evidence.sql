-- Evidence: files beside a record (docs/decisions/0042). Here is who may add and remove one and when; what a file says
-- is sealed in a store that no statement reaches.

/* The most that a record has at one time. */
CREATE FUNCTION guard.most_attachments() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 60 $$;

/* Beside whatever stands, except what only undoes; what comes after the submission says so. Numbered in the order of
   coming, one after another, and whoever moves the record waits. */
CREATE FUNCTION guard.before_attachment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_status text;
BEGIN
  IF NEW.household_id IS NOT NULL THEN
    RETURN guard.number_paper(NEW);
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('attachments', NEW.disbursement_id));
  SELECT d.status INTO v_status FROM disbursements d
  WHERE d.id = NEW.disbursement_id AND d.entry_kind <> 'REVERSAL' FOR SHARE;
  IF v_status IS NULL OR v_status = 'VOIDED' OR NEW.late <> (v_status IN ('SUBMITTED', 'APPROVED'))
     OR NEW.removed_at IS NOT NULL OR NEW.added_by <> guard.require_session() THEN
    RAISE EXCEPTION 'nothing is added to this record' USING ERRCODE = 'NZ004';
  ELSIF guard.most_attachments() <= (
    SELECT count(*) FROM attachments a WHERE a.disbursement_id = NEW.disbursement_id AND a.removed_at IS NULL) THEN
    RAISE EXCEPTION 'record % has as many files as it may', NEW.disbursement_id USING ERRCODE = 'NZ004';
  END IF;
  NEW.no := 1 + coalesce((SELECT max(a.no) FROM attachments a WHERE a.disbursement_id = NEW.disbursement_id), 0);
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON attachments FOR EACH ROW EXECUTE FUNCTION guard.before_attachment();

/* Nothing of it changes. It is removed while its record is still to be submitted, or its file is written, and never comes
   back; a paper is forgotten with its file (59-forgetting: the application has no right to that column). */
CREATE FUNCTION guard.before_attachment_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL AND to_jsonb(NEW) - 'forgotten_at'::text = to_jsonb(OLD) - 'forgotten_at'::text THEN
    RETURN NEW;
  END IF;
  IF OLD.household_id IS NULL THEN
    PERFORM FROM disbursements d WHERE d.id = OLD.disbursement_id AND d.status IN ('DRAFT', 'RETURNED') FOR SHARE;
  ELSE
    PERFORM FROM households h
    WHERE h.id = OLD.household_id AND h.status <> 'CLOSED' AND h.forgotten_at IS NULL AND h.limited_at IS NULL FOR SHARE;
  END IF;
  IF NOT FOUND OR OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL OR NEW.removed_by <> guard.require_session()
     OR to_jsonb(NEW) - '{removed_by,removed_at}'::text[] <> to_jsonb(OLD) - '{removed_by,removed_at}'::text[] THEN
    RAISE EXCEPTION 'file % stays as it is', OLD.id USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_change BEFORE UPDATE ON attachments FOR EACH ROW EXECUTE FUNCTION guard.before_attachment_update();
CREATE TRIGGER never_deleted BEFORE DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Its key goes with it. */
CREATE FUNCTION guard.after_attachment_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM file_keys k WHERE k.id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER key_goes AFTER UPDATE OF removed_at, forgotten_at ON attachments
  FOR EACH ROW EXECUTE FUNCTION guard.after_attachment_removed();

/* A file without a key is none. */
CREATE FUNCTION guard.require_file_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM attachments a WHERE a.id = NEW.id AND a.removed_at IS NULL AND a.forgotten_at IS NULL)
     AND NOT EXISTS (SELECT FROM file_keys k WHERE k.id = NEW.id) THEN
    RAISE EXCEPTION 'file % has no key', NEW.id USING ERRCODE = 'NZ001';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keyed AFTER INSERT ON attachments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_file_key();
CREATE TRIGGER only_resealed BEFORE UPDATE ON file_keys FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();

-- of its row alone: a key that is sealed anew asks for no entry
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF removed_at, forgotten_at ON attachments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('attachment', 'id');

GRANT SELECT, INSERT ON attachments TO nuanzhang_app;
GRANT UPDATE (removed_by, removed_at) ON attachments TO nuanzhang_app;
GRANT SELECT, INSERT ON file_keys TO nuanzhang_app;

-- To whoever reads the record; administrators read none. Of the file of a household: 57-household-papers.
CREATE POLICY readers_read ON attachments FOR SELECT TO nuanzhang_app
  USING (household_id IS NULL AND EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = attachments.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY clerk_inserts ON attachments FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = attachments.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
CREATE POLICY clerk_removes ON attachments FOR UPDATE TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = attachments.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
-- the policies of the file itself decide
CREATE POLICY readers_read ON file_keys FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM attachments a WHERE a.id = file_keys.id AND a.household_id IS NULL));
CREATE POLICY adders_insert ON file_keys FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM attachments a WHERE a.id = file_keys.id AND a.removed_at IS NULL
    AND a.added_by = (SELECT guard.session_user_id())));

-- The store, looked at every night by a job that nobody asks for.

CREATE FUNCTION guard.require_store_job() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'OBJECTS' AND j.asked_by IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the store is looked at by the job that looks at it' USING ERRCODE = '42501';
  END IF;
END $$;

/* The files that were not read back for the longest time, before a moment. */
CREATE FUNCTION guard.files_to_read_back(p_before timestamptz, p_limit int)
RETURNS TABLE (id uuid, object_key text, file_key bytea, bytes int, sha256 text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_store_job();
  RETURN QUERY SELECT a.id, a.object_key, k.file_key, a.bytes, encode(a.sha256, 'hex')
    FROM attachments a JOIN file_keys k ON k.id = a.id LEFT JOIN attachment_checks c ON c.attachment_id = a.id
    WHERE a.removed_at IS NULL AND (c.checked_at IS NULL OR c.checked_at < p_before)
    ORDER BY c.checked_at NULLS FIRST, a.id LIMIT p_limit;
END $$;

CREATE FUNCTION guard.note_files_read_back(p_ids uuid[], p_faults text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_store_job();
  INSERT INTO attachment_checks (attachment_id, checked_at, fault)
  SELECT x.id, clock_timestamp(), x.fault FROM unnest(p_ids, p_faults) AS x (id, fault)
  ON CONFLICT (attachment_id) DO UPDATE SET checked_at = excluded.checked_at, fault = excluded.fault;
END $$;

/* What is known of these names: a file that stands, or one that was removed. */
CREATE FUNCTION guard.known_objects(p_keys text[]) RETURNS TABLE (object_key text, stands boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_store_job();
  RETURN QUERY SELECT a.object_key, a.removed_at IS NULL AND a.forgotten_at IS NULL FROM attachments a WHERE a.object_key = ANY (p_keys)
    UNION ALL SELECT k.key, p.dropped_at IS NULL FROM unnest(p_keys) AS k (key) JOIN evidence_packs p ON p.object_id::text = substr(k.key, 7)
      WHERE starts_with(k.key, 'pk/');
END $$;

/* All that were found this night, in place of those of the last. */
CREATE FUNCTION guard.note_strays(p_keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_store_job();
  DELETE FROM stray_objects WHERE object_key <> ALL (p_keys);
  INSERT INTO stray_objects (object_key, seen_at) SELECT DISTINCT k, clock_timestamp() FROM unnest(p_keys) AS k
  ON CONFLICT DO NOTHING;
END $$;

GRANT EXECUTE ON FUNCTION guard.most_attachments(), guard.files_to_read_back(timestamptz, int), guard.note_files_read_back(uuid[], text[]),
  guard.known_objects(text[]), guard.note_strays(text[]) TO nuanzhang_app;
