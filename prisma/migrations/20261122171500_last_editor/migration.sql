-- Submitting vouches for a record; it does not edit it. The first version of the law wrote the submitter
-- over the last editor, so that a reviewer could change a draft, have a clerk submit it, and approve it.
-- Both are kept: the submitter in submitted_by, the editor where the editor was.

CREATE FUNCTION guard.keep_last_editor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.last_edited_by := OLD.last_edited_by;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION guard.keep_last_editor() FROM PUBLIC;

-- Triggers fire in the order of their names: after before_update, which has judged the move.
CREATE TRIGGER before_update_keep_editor BEFORE UPDATE ON disbursements
  FOR EACH ROW WHEN (OLD.status IN ('DRAFT', 'RETURNED') AND NEW.status = 'SUBMITTED')
  EXECUTE FUNCTION guard.keep_last_editor();
