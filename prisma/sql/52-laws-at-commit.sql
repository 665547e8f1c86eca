-- What can only be judged when the whole transaction is done.

CREATE FUNCTION guard.check_disbursement(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  d disbursements;
  v record;
BEGIN
  SELECT * INTO d FROM disbursements WHERE id = p_id;
  IF NOT guard.is_audited('disbursement', p_id::text) THEN
    RAISE EXCEPTION 'disbursement % was changed without an audit entry', p_id USING ERRCODE = 'NZ008';
  END IF;
  IF d.status IN ('SUBMITTED', 'APPROVED') THEN
    SELECT count(*) AS n, count(amount_fen) AS valued, sum(amount_fen) AS total INTO v
    FROM disbursement_shares WHERE disbursement_id = p_id;
    IF (v.n = 0) <> (d.amount_kind = 'NONE') OR (d.amount_fen IS NULL AND v.valued > 0)
       OR (d.amount_fen IS NOT NULL AND (v.valued < v.n OR v.total <> d.amount_fen)) THEN
      RAISE EXCEPTION 'the shares of % do not sum to its amount', p_id USING ERRCODE = 'NZ001';
    END IF;
    SELECT count(*) FILTER (WHERE action = 'SUBMIT') AS round,
           count(DISTINCT actor_id) FILTER (WHERE action = 'APPROVE' AND round = (
             SELECT count(*) FROM approval_steps WHERE disbursement_id = p_id AND action = 'SUBMIT')) AS approvals
    INTO v FROM approval_steps WHERE disbursement_id = p_id;
    IF v.round = 0 OR v.approvals <> d.approvals_given THEN
      RAISE EXCEPTION 'the steps of % do not match its approvals', p_id USING ERRCODE = 'NZ007';
    END IF;
    PERFORM guard.check_roster(d);
    IF d.named <> guard.has_roster(d) THEN
      RAISE EXCEPTION '% is named otherwise than its roster says', p_id USING ERRCODE = 'NZ001';
    END IF;
  END IF;
  IF d.entry_kind <> 'ORIGINAL' THEN
    PERFORM guard.check_adjustment(p_id);
  END IF;
END $$;

/* A reversal undoes its original exactly; the pair moves together; one live correction an original. */
CREATE FUNCTION guard.check_adjustment(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  a adjustments;
  original disbursements;
  reversal disbursements;
  replacement disbursements;
BEGIN
  SELECT * INTO a FROM adjustments WHERE reversal_id = p_id OR replacement_id = p_id;
  SELECT * INTO original FROM disbursements WHERE id = a.original_id;
  SELECT * INTO reversal FROM disbursements WHERE id = a.reversal_id;
  SELECT * INTO replacement FROM disbursements WHERE id = a.replacement_id;
  IF a.id IS NULL OR original.status <> 'APPROVED' OR original.entry_kind = 'REVERSAL'
     OR reversal.entry_kind <> 'REVERSAL' OR reversal.organisation_id <> original.organisation_id
     OR (reversal.programme_id, reversal.aid_category_id, reversal.recipient_kind_id, reversal.form, reversal.amount_kind)
        IS DISTINCT FROM (original.programme_id, original.aid_category_id, original.recipient_kind_id, original.form, original.amount_kind)
     OR (-reversal.amount_fen, {{counts: -reversal.@}})
        IS DISTINCT FROM (original.amount_fen, {{counts: original.@}}) THEN
    RAISE EXCEPTION 'a reversal undoes its original exactly' USING ERRCODE = 'NZ011';
  END IF;
  IF replacement.id IS NOT NULL AND (replacement.entry_kind <> 'REPLACEMENT'
     OR replacement.organisation_id <> original.organisation_id OR replacement.status <> reversal.status) THEN
    RAISE EXCEPTION 'reversal and replacement move together' USING ERRCODE = 'NZ011';
  END IF;
  IF (SELECT count(*) FROM adjustments x JOIN disbursements r ON r.id = x.reversal_id
      WHERE x.original_id = a.original_id AND r.status <> 'VOIDED') > 1 THEN
    RAISE EXCEPTION 'this record is being corrected already' USING ERRCODE = 'NZ011';
  END IF;
END $$;

CREATE FUNCTION guard.after_disbursement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.check_disbursement(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE ON disbursements DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_disbursement();

CREATE FUNCTION guard.after_disbursement_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.check_disbursement((CASE WHEN TG_OP = 'DELETE' THEN OLD.disbursement_id ELSE NEW.disbursement_id END));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR DELETE ON disbursement_shares DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_disbursement_part();
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON approval_steps DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_disbursement_part();
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE OR DELETE ON finding_answers DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_disbursement_part();

/* A submission keeps what was found in what it sends, and nothing is kept of a submission that is none. Of a correction
   its replacement keeps it: a reversal only undoes. */
CREATE FUNCTION guard.after_submission() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT d.entry_kind <> 'REVERSAL' FROM disbursements d WHERE d.id = NEW.disbursement_id) AND NOT EXISTS (
    SELECT FROM submission_rounds r WHERE (r.disbursement_id, r.round, r.actor_id) = (NEW.disbursement_id, NEW.round, NEW.actor_id)) THEN
    RAISE EXCEPTION 'a submission of % without what was found in it', NEW.disbursement_id USING ERRCODE = 'NZ007';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kept AFTER INSERT ON approval_steps DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.action = 'SUBMIT') EXECUTE FUNCTION guard.after_submission();

CREATE FUNCTION guard.after_round() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT guard.is_audited('disbursement', NEW.disbursement_id::text) THEN
    RAISE EXCEPTION 'disbursement % was changed without an audit entry', NEW.disbursement_id USING ERRCODE = 'NZ008';
  ELSIF NOT EXISTS (SELECT FROM approval_steps s WHERE s.disbursement_id = NEW.disbursement_id AND s.round = NEW.round
      AND s.action = 'SUBMIT' AND s.actor_id = NEW.actor_id) THEN
    RAISE EXCEPTION 'nobody submitted % then', NEW.disbursement_id USING ERRCODE = 'NZ007';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON submission_rounds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_round();
