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

/* Until when two of the province confirmed that the year's last closing is taken up again; null = they did not. */
CREATE FUNCTION guard.reopened_until(p_year int) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT r.until FROM year_reopenings r WHERE r.year = p_year AND r.decision = 'CONFIRMED'
    AND r.after_no = (SELECT max(c.no) FROM year_closings c WHERE c.year = p_year));
END $$;

/* A year is over when it is over in China. Once closed it is open again only as two of the province confirmed it. */
CREATE FUNCTION guard.before_year_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'CLOSED' AND NEW.year >= extract(year FROM now() AT TIME ZONE 'Asia/Shanghai') THEN
    RAISE EXCEPTION 'year % has not ended', NEW.year USING ERRCODE = 'NZ011';
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.reopened_until IS NOT NULL THEN
      RAISE EXCEPTION 'year % was never closed', NEW.year USING ERRCODE = 'NZ007';
    END IF;
    RETURN NEW;
  ELSIF OLD.status = 'CLOSED' AND (NEW.status = 'CLOSED' OR NEW.reopened_until IS NULL
      OR NEW.reopened_until IS DISTINCT FROM guard.reopened_until(OLD.year)) THEN
    RAISE EXCEPTION 'year % is closed', OLD.year USING ERRCODE = 'NZ005';
  ELSIF (OLD.status, NEW.status) = ('OPEN', 'OPEN') AND NEW.reopened_until IS DISTINCT FROM OLD.reopened_until THEN
    RAISE EXCEPTION 'until when year % is open was confirmed by two', OLD.year USING ERRCODE = 'NZ015';
  ELSIF NEW.year <> OLD.year OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_write BEFORE INSERT OR UPDATE ON years FOR EACH ROW EXECUTE FUNCTION guard.before_year_write();

-- Closings. The closing is written first and its entry right after it, under the chain's lock, which the closer holds
-- from before the figures are read: so its position is known beforehand, and nothing enters between the two.

/* Nobody writes to the chain from here to the end of the transaction but the closer. */
CREATE FUNCTION guard.hold_chain() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT guard.at_province('{PROVINCE}') THEN
    RAISE EXCEPTION 'the province closes years' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(guard.lock_of_audit(guard.root_of_session()));
END $$;
GRANT EXECUTE ON FUNCTION guard.hold_chain() TO nuanzhang_app;

CREATE FUNCTION guard.before_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW."by" := guard.require_session();
  NEW.root_id := guard.root_of_session();
  PERFORM FROM years y WHERE y.year = NEW.year AND y.status = 'CLOSED' AND y.xmin = pg_current_xact_id_if_assigned()::xid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'year % is not being closed', NEW.year USING ERRCODE = 'NZ007';
  END IF;
  -- the first of a year, and one more each time it was opened once more
  NEW.no := 1 + (SELECT count(*) FROM year_reopenings r WHERE r.year = NEW.year AND r.decision = 'CONFIRMED');
  PERFORM pg_advisory_xact_lock(guard.lock_of_audit(NEW.root_id));
  SELECT coalesce(max(e.position), 0) + 1, greatest(date_trunc('milliseconds', clock_timestamp()), max(e.at))
  INTO NEW.seq, NEW.at
  FROM (SELECT position, at FROM audit_entries WHERE root_id = NEW.root_id ORDER BY position DESC LIMIT 1) AS e;
  RETURN NEW;
END $$;
CREATE TRIGGER before_closing BEFORE INSERT ON year_closings FOR EACH ROW EXECUTE FUNCTION guard.before_closing();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON year_closings FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Does the entry that closes the year stand where the closing says, and tell its digest? */
CREATE FUNCTION guard.is_on_chain(c year_closings) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM audit_entries e WHERE (e.root_id, e.position) = (c.root_id, c.seq) AND e.action = 'year.close'
    AND e.subject_id = c.year::text AND e.body::jsonb ->> 'sha256' = c.sha256::text);
END $$;

CREATE FUNCTION guard.after_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT guard.is_on_chain(NEW) THEN
    RAISE EXCEPTION 'closing % of year % has no entry', NEW.no, NEW.year USING ERRCODE = 'NZ008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER on_chain AFTER INSERT ON year_closings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_closing();

/* Was a closing of this year kept in this very transaction? */
CREATE FUNCTION guard.is_being_kept(p_year int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM year_closings c WHERE c.year = p_year AND c.xmin = pg_current_xact_id_if_assigned()::xid);
END $$;
GRANT EXECUTE ON FUNCTION guard.is_being_kept(int) TO nuanzhang_app;

/* A year that the application closes keeps what it froze. */
CREATE FUNCTION guard.after_year_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'nuanzhang_app' AND NOT guard.is_being_kept(NEW.year) THEN
    RAISE EXCEPTION 'year % is closed without its figures', NEW.year USING ERRCODE = 'NZ008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kept AFTER INSERT OR UPDATE ON years DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'CLOSED') EXECUTE FUNCTION guard.after_year_closed();
