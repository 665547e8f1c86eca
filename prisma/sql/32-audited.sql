-- What must not change without its entry, and what does not change at all.

/* Was this subject's change written down in this very transaction? By index, whatever the size of the chain when a
   connection made its plan: a job asks this of every one of ten thousand entries that it writes itself. */
CREATE FUNCTION guard.is_audited(p_subject_type text, p_subject_id text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  PERFORM FROM audit_entries
  WHERE subject_type = p_subject_type AND subject_id = p_subject_id
    AND transaction_id = pg_current_xact_id()::text::bigint;
  RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION guard.is_audited(text, text) TO nuanzhang_app;

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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON submission_rounds
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON allotment_entries
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON record_moves
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON allotments
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Deferred: a change by the application without its audit entry does not commit.
   TG_ARGV: subject type, name of the id column. */
CREATE FUNCTION guard.require_audit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id text := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> TG_ARGV[1];
BEGIN
  IF current_user = 'nuanzhang_app' AND NOT guard.is_audited(TG_ARGV[0], v_id) THEN
    RAISE EXCEPTION '% % was changed without an audit entry', TG_ARGV[0], v_id
      USING ERRCODE = 'NZ008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('user', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON memberships DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('user', 'user_id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON user_identities DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('user', 'user_id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON organisations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('organisation', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON programmes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('programme', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON aid_categories DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('aid-category', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON fund_sources DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('fund-source', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON recipient_kinds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('recipient-kind', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON campaigns DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('campaign', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON approval_rules DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('approval-rule', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON finding_thresholds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('finding-threshold', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON export_maps DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('export-map', 'code');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON years DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('year', 'year');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON allotments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('allotment', 'id');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON adjustments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'original_id');
