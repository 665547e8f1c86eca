-- How far a person has read their notices: theirs alone, and it only goes forward.

CREATE FUNCTION guard.before_notice_read() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.user_id <> OLD.user_id OR NEW.read_up_to < OLD.read_up_to THEN
    RAISE EXCEPTION 'what was read stays read' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER goes_forward BEFORE UPDATE ON notice_reads FOR EACH ROW EXECUTE FUNCTION guard.before_notice_read();

GRANT SELECT, INSERT, UPDATE ON notice_reads TO nuanzhang_app;
CREATE POLICY own_reading ON notice_reads FOR ALL TO nuanzhang_app
  USING (user_id = (SELECT guard.session_user_id())) WITH CHECK (user_id = (SELECT guard.session_user_id()));
