-- The audit chain. One lock serialises its head; each entry's hash covers the entry before it.
-- Append it as the last statement of a transaction: the lock is held until commit.

/* Length-framed text, so that no two lists of fields give the same bytes. Null is "-". */
CREATE FUNCTION guard.frame(VARIADIC p_fields text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT string_agg(CASE WHEN f IS NULL THEN '-' ELSE octet_length(convert_to(f, 'UTF8')) || ':' || f END, '' ORDER BY n)
  FROM unnest(p_fields) WITH ORDINALITY AS t (f, n)
$$;

/* body is canonical JSON (RFC 8785). The actor is the session's user; null = the system itself. */
CREATE FUNCTION guard.append_audit(
  p_action text, p_subject_type text, p_subject_id text, p_organisation_id int, p_body text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last_id bigint;
  last_hash text;
  v_at timestamptz;
  v_actor uuid := guard.session_user_id();
  v_tx bigint := pg_current_xact_id()::text::bigint;
BEGIN
  PERFORM guard.require_job_named(p_body);
  PERFORM pg_advisory_xact_lock(guard.lock_of_audit());
  SELECT id, hash INTO last_id, last_hash FROM audit_entries ORDER BY id DESC LIMIT 1;
  last_id := coalesce(last_id, 0) + 1;
  last_hash := coalesce(last_hash, repeat('0', 64));
  v_at := date_trunc('milliseconds', clock_timestamp());
  INSERT INTO audit_entries (id, at, transaction_id, actor_id, action, subject_type, subject_id,
                             organisation_id, body, prev_hash, hash)
  VALUES (last_id, v_at, v_tx, v_actor, p_action, p_subject_type, p_subject_id, p_organisation_id,
          p_body, last_hash,
          encode(sha256(convert_to(guard.frame(
            last_hash, last_id::text,
            to_char(v_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            v_tx::text, v_actor::text, p_action, p_subject_type, p_subject_id,
            p_organisation_id::text, p_body), 'UTF8')), 'hex'));
  RETURN last_id;
END $$;

/* Was this subject's change written down in this very transaction? */
CREATE FUNCTION guard.is_audited(p_subject_type text, p_subject_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM audit_entries
    WHERE subject_type = p_subject_type AND subject_id = p_subject_id
      AND transaction_id = pg_current_xact_id()::text::bigint)
$$;

CREATE FUNCTION guard.forbid_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'NZ004';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON approval_steps
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON allotments
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Deferred: a change by the application without its audit entry does not commit.
   TG_ARGV: subject type, name of the id column. */
CREATE FUNCTION guard.require_audit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'nuanzhang_app'
     AND NOT guard.is_audited(TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1]) THEN
    RAISE EXCEPTION '% % was changed without an audit entry', TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1]
      USING ERRCODE = 'NZ008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('user', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON memberships DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('user', 'user_id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON organisations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('organisation', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON programmes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('programme', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON campaigns DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('campaign', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON approval_rules DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('approval-rule', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON years DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('year', 'year');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON allotments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('allotment', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON adjustments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'original_id');

GRANT EXECUTE ON FUNCTION guard.frame(text[]), guard.append_audit(text, text, text, int, text),
  guard.is_audited(text, text) TO nuanzhang_app;
