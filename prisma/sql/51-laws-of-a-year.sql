-- Years and the money received in them.

CREATE FUNCTION guard.before_allotment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_void text[] := ARRAY['voided_at', 'voided_by', 'void_reason', 'version'];
BEGIN
  PERFORM guard.require_open_year(NEW.fiscal_year);
  IF TG_OP = 'INSERT' THEN
    NEW.created_by := guard.require_session();
    NEW.version := 1;
  ELSIF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
        OR (to_jsonb(NEW) - v_void) <> (to_jsonb(OLD) - v_void) THEN
    RAISE EXCEPTION 'an allotment is voided and entered anew, never changed' USING ERRCODE = 'NZ004';
  ELSIF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  ELSE
    NEW.voided_by := guard.require_session();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_write BEFORE INSERT OR UPDATE ON allotments
  FOR EACH ROW EXECUTE FUNCTION guard.before_allotment();

/* A year is over when it is over in China. */
CREATE FUNCTION guard.before_year_write() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'CLOSED' AND NEW.year >= extract(year FROM now() AT TIME ZONE 'Asia/Shanghai') THEN
    RAISE EXCEPTION 'year % has not ended', NEW.year USING ERRCODE = 'NZ011';
  ELSIF TG_OP = 'INSERT' THEN
    RETURN NEW;
  ELSIF OLD.status = 'CLOSED' THEN
    RAISE EXCEPTION 'year % is closed', OLD.year USING ERRCODE = 'NZ005';
  ELSIF NEW.year <> OLD.year OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_write BEFORE INSERT OR UPDATE ON years FOR EACH ROW EXECUTE FUNCTION guard.before_year_write();
