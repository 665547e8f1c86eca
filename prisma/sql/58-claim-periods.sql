-- How often one person may have aid of a programme, from a year on (docs/decisions/0040). Administrators change it for
-- years in which nothing was claimed yet, with a reason; the programme's entry in the chain fixes it.

/* The last year in which a list of the programme was submitted, approved or not; null where there is none. Of records
   that were taken back or undone too: they may have been judged by it. */
CREATE FUNCTION guard.last_claimed_year(p_programme text) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT max(d.fiscal_year) FROM programmes p JOIN disbursements d ON d.programme_id = p.id
    WHERE p.code = p_programme AND d.status IN ('SUBMITTED', 'APPROVED')
      AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = d.id));
END $$;

/* Never of a year that has claims under it. The lock waits for whoever is submitting, and holds off whoever would. */
CREATE FUNCTION guard.before_claim_period() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE disbursements IN SHARE ROW EXCLUSIVE MODE;
  IF guard.last_claimed_year(coalesce(NEW.programme, OLD.programme)) >= least(NEW.from_year, OLD.from_year) THEN
    RAISE EXCEPTION 'lists of this year were claimed by it' USING ERRCODE = 'NZ004';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keeps_claims BEFORE INSERT OR UPDATE OR DELETE ON claim_periods
  FOR EACH ROW EXECUTE FUNCTION guard.before_claim_period();

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON claim_periods DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('programme', 'programme');

/* Sets it from a year on, or says anew what was to come of that year. */
CREATE FUNCTION guard.set_claim_period(p_programme text, p_period text, p_from_year int, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT guard.is_admin() THEN
    RAISE EXCEPTION 'administrators lay it down' USING ERRCODE = '42501';
  END IF;
  INSERT INTO claim_periods (programme, period, from_year, reason) VALUES (p_programme, p_period, p_from_year, p_reason)
  ON CONFLICT (programme, from_year) DO UPDATE SET period = excluded.period, reason = excluded.reason;
END $$;

/* What holds from which year on, the first first, and from which year it may be changed: to administrators. */
CREATE FUNCTION guard.claim_rules(p_programme text) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT guard.is_admin() THEN
    RAISE EXCEPTION 'told to administrators' USING ERRCODE = '42501';
  END IF;
  RETURN json_build_object('from', 1 + greatest(guard.last_claimed_year(p_programme), 2000),
    'periods', (SELECT coalesce(json_agg(json_build_object('period', lower(c.period), 'fromYear', c.from_year, 'reason', c.reason)
      ORDER BY c.from_year), '[]') FROM claim_periods c WHERE c.programme = p_programme));
END $$;

GRANT EXECUTE ON FUNCTION guard.claim_period_of(int, int), guard.set_claim_period(text, text, int, text), guard.claim_rules(text)
  TO nuanzhang_app;
