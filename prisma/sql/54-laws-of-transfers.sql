-- Money passed down (下拨) and carried over (结转): two rows that sum to zero, written and voided together. Received of
-- any set of organisations and years is the plain sum of their allotments, and so is what came in from outside of it:
-- what one of them gave another cancels. Nobody gives away what is not there.

/* What can still be given away of an allotment, and the lock on it until the commit, so that two who give from it at
   once are judged one after the other. Of a source whose rule says stop, and of what is carried over, no more than the
   organisation has neither spent nor submitted. Null: there is nothing like that in reach. */
CREATE FUNCTION guard.allotment_left(p_id bigint, p_kind text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  a allotments;
  v_left bigint;
BEGIN
  SELECT * INTO a FROM allotments WHERE id = p_id FOR UPDATE;
  IF NOT FOUND OR NOT guard.reads(a.organisation_id) THEN
    RETURN NULL;
  END IF;
  SELECT CASE WHEN a.voided_at IS NULL AND a.amount_fen > 0 THEN a.amount_fen + coalesce(sum(t.amount_fen), 0) ELSE 0 END
    INTO v_left FROM allotments t WHERE t.taken_from_id = a.id AND t.voided_at IS NULL;
  IF p_kind <> 'CARRIED' AND NOT EXISTS (SELECT FROM fund_sources f
      WHERE f.id = a.fund_source_id AND guard.limit_of(f.limits, f.earmarked, a.fiscal_year) = 'STOP') THEN
    RETURN v_left;
  END IF;
  PERFORM pg_advisory_xact_lock(guard.lock_of_source(a.organisation_id, a.fiscal_year, a.fund_source_id));
  RETURN greatest(0, least(v_left, (
    SELECT sum(r.amount_fen) FROM allotments r
    WHERE r.organisation_id = a.organisation_id AND r.fiscal_year = a.fiscal_year
      AND r.fund_source_id = a.fund_source_id AND r.voided_at IS NULL)
    - (SELECT fen FROM guard.spent_from_source(a.organisation_id, a.fiscal_year, a.fund_source_id, '{APPROVED,SUBMITTED}'))));
END $$;
GRANT EXECUTE ON FUNCTION guard.allotment_left(bigint, text) TO nuanzhang_app;

CREATE FUNCTION guard.before_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  other allotments;
BEGIN
  SELECT * INTO other FROM allotments WHERE id = coalesce(NEW.taken_from_id, NEW.paired_id);
  IF NEW.taken_from_id IS NOT NULL THEN
    IF (other.organisation_id, other.fiscal_year, other.fund_source_id, other.programme_id)
        IS DISTINCT FROM (NEW.organisation_id, NEW.fiscal_year, NEW.fund_source_id, NEW.programme_id) THEN
      RAISE EXCEPTION 'what is given away is of the allotment it is taken from' USING ERRCODE = '23514';
    ELSIF coalesce(guard.allotment_left(NEW.taken_from_id, NEW.transfer_kind), 0) + NEW.amount_fen < 0 THEN
      RAISE EXCEPTION 'less than that is left of allotment %', NEW.taken_from_id USING ERRCODE = 'NZ016';
    END IF;
  ELSIF other.taken_from_id IS NULL OR other.voided_at IS NOT NULL OR NEW.amount_fen <> -other.amount_fen
      OR (NEW.transfer_kind, NEW.fund_source_id, NEW.programme_id, NEW.document_number, NEW.received_on)
        IS DISTINCT FROM (other.transfer_kind, other.fund_source_id, other.programme_id, other.document_number, other.received_on)
      OR (NEW.counterpart_id, other.counterpart_id)
        IS DISTINCT FROM (CASE NEW.transfer_kind WHEN 'PASSED' THEN other.organisation_id END,
          CASE NEW.transfer_kind WHEN 'PASSED' THEN NEW.organisation_id END) THEN
    RAISE EXCEPTION 'what one gives is what the other receives' USING ERRCODE = '23514';
  ELSIF NEW.transfer_kind = 'CARRIED' AND (NEW.organisation_id, NEW.fiscal_year) <> (other.organisation_id, other.fiscal_year + 1) THEN
    RAISE EXCEPTION 'what is carried over goes into the next year of the same organisation' USING ERRCODE = '23514';
  ELSIF NEW.transfer_kind = 'PASSED' AND (NEW.fiscal_year <> other.fiscal_year
      OR NEW.organisation_id = other.organisation_id OR NOT EXISTS (
        SELECT FROM organisation_closure c
        WHERE c.ancestor_id = other.organisation_id AND c.descendant_id = NEW.organisation_id)) THEN
    RAISE EXCEPTION 'money is passed down within the giver''s own subtree' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_transfer BEFORE INSERT ON allotments
  FOR EACH ROW WHEN (NEW.transfer_kind IS NOT NULL) EXECUTE FUNCTION guard.before_transfer();

/* Voided is only what nothing stands on. */
CREATE FUNCTION guard.before_allotment_void() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM allotments t WHERE t.taken_from_id = NEW.id AND t.voided_at IS NULL) THEN
    RAISE EXCEPTION 'something was given away of allotment %', NEW.id USING ERRCODE = 'NZ017';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_void BEFORE UPDATE ON allotments
  FOR EACH ROW WHEN (NEW.voided_at IS NOT NULL) EXECUTE FUNCTION guard.before_allotment_void();

/* At the commit both rows of a pair stand, or neither counts. */
CREATE FUNCTION guard.check_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM allotments given JOIN allotments taken ON taken.paired_id = given.id
    WHERE given.id = coalesce(NEW.paired_id, NEW.id) AND (given.voided_at IS NULL) = (taken.voided_at IS NULL)) THEN
    RAISE EXCEPTION 'what one gives is what the other receives' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pair AFTER INSERT OR UPDATE ON allotments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.transfer_kind IS NOT NULL) EXECUTE FUNCTION guard.check_transfer();
