-- A closed year opened once more: one of the province asks, with a reason and the last day of it, another confirms.
-- The application's role cannot do it: decide_reopening does, and exactly what the row says. What passes through it
-- stands in the chain between the closing that was taken up and the next one.

/* The longest that a closed year is open once more, in days. */
CREATE FUNCTION guard.longest_reopening() RETURNS int LANGUAGE sql IMMUTABLE
RETURN 92;

/* A request is in the name of whoever makes it, about the last closing of a closed year. */
CREATE FUNCTION guard.before_reopening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_today date := now() AT TIME ZONE 'Asia/Shanghai';
BEGIN
  NEW.requested_by := guard.require_session();
  NEW.requested_at := clock_timestamp();
  NEW.decision := NULL;
  NEW.decided_by := NULL;
  NEW.decided_at := NULL;
  SELECT max(c.no) INTO NEW.after_no FROM years y JOIN year_closings c ON c.year = y.year
  WHERE y.year = NEW.year AND y.status = 'CLOSED';
  IF NEW.after_no IS NULL THEN
    RAISE EXCEPTION 'year % is not closed', NEW.year USING ERRCODE = 'NZ007';
  ELSIF NEW.until NOT BETWEEN v_today AND v_today + guard.longest_reopening() THEN
    RAISE EXCEPTION 'a year is open once more until a day that is near' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_reopening BEFORE INSERT ON year_reopenings
  FOR EACH ROW EXECUTE FUNCTION guard.before_reopening();
CREATE TRIGGER never_deleted BEFORE DELETE ON year_reopenings
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON year_reopenings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('year-reopening', 'id');

/* Confirms (another of the province), declines (another) or takes back (who asked) a request that still waits; the year
   is open in the same moment, until the end of the day that the row names. */
CREATE FUNCTION guard.decide_reopening(p_id bigint, p_decision text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_me uuid := guard.session_user_id();
  r year_reopenings;
BEGIN
  IF NOT guard.at_province('{PROVINCE}') THEN
    RAISE EXCEPTION 'the province decides' USING ERRCODE = '42501';
  END IF;
  SELECT * INTO r FROM year_reopenings WHERE id = p_id FOR UPDATE;
  IF r.id IS NULL OR r.decision IS NOT NULL THEN
    RAISE EXCEPTION 'this request does not wait' USING ERRCODE = 'NZ006';
  ELSIF (p_decision = 'WITHDRAWN') <> (r.requested_by = v_me) THEN
    RAISE EXCEPTION 'who asked does not confirm' USING ERRCODE = 'NZ015';
  ELSIF p_decision = 'CONFIRMED' AND (r.until < (now() AT TIME ZONE 'Asia/Shanghai')::date OR NOT EXISTS (
      SELECT FROM users u JOIN memberships m ON m.user_id = u.id JOIN organisations o ON o.id = m.organisation_id
      WHERE u.id = r.requested_by AND u.active AND m.role = 'PROVINCE' AND m.revoked_at IS NULL AND o.kind = 'PROVINCE')) THEN
    RAISE EXCEPTION 'its day is over, or who asked is not of the province any more' USING ERRCODE = 'NZ007';
  END IF;
  UPDATE year_reopenings SET decision = p_decision, decided_by = v_me, decided_at = clock_timestamp() WHERE id = p_id;
  IF p_decision = 'CONFIRMED' THEN
    UPDATE years SET status = 'OPEN', reopened_until = r.until, closed_at = NULL, closed_by = NULL, version = version + 1
    WHERE year = r.year AND status = 'CLOSED';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'year % is not closed', r.year USING ERRCODE = 'NZ007';
    END IF;
  END IF;
END $$;

GRANT SELECT ON year_reopenings TO nuanzhang_app;
GRANT INSERT (year, reason, until) ON year_reopenings TO nuanzhang_app;
GRANT EXECUTE ON FUNCTION guard.longest_reopening(), guard.decide_reopening(bigint, text) TO nuanzhang_app;
CREATE POLICY read_signed_in ON year_reopenings FOR SELECT TO nuanzhang_app
  USING ((SELECT guard.session_user_id()) IS NOT NULL);
CREATE POLICY province_asks ON year_reopenings FOR INSERT TO nuanzhang_app
  WITH CHECK ((SELECT guard.at_province('{PROVINCE}')));
