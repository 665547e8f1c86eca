-- The laws of a disbursement. The application explains them; the database enforces them.
-- SQLSTATEs: NZ001 shares, NZ003 own entry, NZ004 immutable, NZ005 year closed, NZ006 stale version,
-- NZ007 transition, NZ008 audit missing, NZ009 nobody signed in, NZ010 approval level, NZ011 adjustment pair.

ALTER TABLE disbursements
  ADD CONSTRAINT unvalued_has_no_amount CHECK (amount_kind <> 'UNVALUED' OR amount_fen IS NULL),
  ADD CONSTRAINT period_in_order CHECK (period_from <= period_to),
  ADD CONSTRAINT day_or_period CHECK (paid_on IS NULL OR (period_from IS NULL AND period_to IS NULL)),
  ADD CONSTRAINT version_positive CHECK (version > 0),
  ADD CONSTRAINT counts_signed CHECK (
    CASE WHEN entry_kind = 'REVERSAL'
      THEN greatest(households, persons, person_times, packs, employers, sessions, posts) <= 0
      ELSE least(households, persons, person_times, packs, employers, sessions, posts) >= 0 END),
  -- Everything below binds from submission on; a draft may be saved half-finished.
  ADD CONSTRAINT complete_when_submitted CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED') OR (
      aid_category_id IS NOT NULL AND recipient_kind_id IS NOT NULL AND form IS NOT NULL
      AND (paid_on IS NOT NULL OR (period_from IS NOT NULL AND period_to IS NOT NULL))
      AND (amount_kind = 'UNVALUED') = (amount_fen IS NULL))),
  ADD CONSTRAINT fiscal_year_of_date CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR extract(year FROM coalesce(paid_on, period_to)) = fiscal_year),
  ADD CONSTRAINT amount_signed CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED') OR amount_fen IS NULL
    OR (entry_kind = 'REVERSAL' AND amount_fen < 0) OR (entry_kind <> 'REVERSAL' AND amount_fen > 0)),
  ADD CONSTRAINT rate_basis_holds CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR (rate_unit_fen IS NULL AND rate_count IS NULL AND rate_times IS NULL)
    OR (rate_unit_fen IS NOT NULL AND rate_count IS NOT NULL AND rate_times IS NOT NULL
        AND amount_fen IS NOT NULL AND rate_unit_fen::numeric * rate_count * rate_times = amount_fen)),
  ADD CONSTRAINT cash_and_goods_sum CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR (cash_fen IS NULL AND goods_fen IS NULL)
    OR coalesce(cash_fen, 0) + coalesce(goods_fen, 0) = amount_fen),
  ADD CONSTRAINT approvals_in_range CHECK (
    approvals_given BETWEEN 0 AND approvals_needed AND approvals_needed BETWEEN 1 AND 3
    AND (status <> 'APPROVED' OR approvals_given = approvals_needed));

ALTER TABLE allotments
  ADD CONSTRAINT amount_positive CHECK (amount_fen > 0),
  ADD CONSTRAINT never_unvalued CHECK (amount_kind <> 'UNVALUED'),
  ADD CONSTRAINT void_is_complete CHECK (
    (voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL));

ALTER TABLE adjustments ADD CONSTRAINT three_records CHECK (
  original_id <> reversal_id AND original_id <> replacement_id AND reversal_id <> replacement_id);

CREATE FUNCTION guard.require_session() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_user uuid := guard.session_user_id();
BEGIN
  IF v_user IS NULL THEN
    RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'NZ009';
  END IF;
  RETURN v_user;
END $$;

/* FOR SHARE waits for, and holds off, a closing of the year. */
CREATE FUNCTION guard.require_open_year(p_year int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM years WHERE year = p_year AND status = 'OPEN' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'year % is not open', p_year USING ERRCODE = 'NZ005';
  END IF;
END $$;

/* The approval rules that apply: those of the nearest organisation that has any. */
CREATE FUNCTION guard.approval_levels(p_organisation_id int, p_amount_fen bigint) RETURNS approval_level[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH mine AS (
    SELECT r.step, r.level, r.min_amount_fen, coalesce(length(home.path), 0) AS nearness
    FROM organisations o
    JOIN approval_rules r ON true
    LEFT JOIN organisations home ON home.id = r.organisation_id
    WHERE o.id = p_organisation_id AND (home.id IS NULL OR starts_with(o.path, home.path))
      AND r.min_amount_fen <= abs(coalesce(p_amount_fen, 0))
  ), nearest AS (
    SELECT DISTINCT ON (step) step, level FROM mine ORDER BY step, nearness DESC, min_amount_fen DESC
  )
  SELECT coalesce(array_agg(level ORDER BY step), '{COUNTY}') FROM nearest
$$;

CREATE FUNCTION guard.disbursement_month(p_paid_on date, p_from date, p_to date) RETURNS smallint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT CASE
    WHEN p_paid_on IS NOT NULL THEN extract(month FROM p_paid_on)::smallint
    WHEN date_trunc('month', p_from) = date_trunc('month', p_to) THEN extract(month FROM p_to)::smallint
    ELSE 0::smallint END
$$;

CREATE FUNCTION guard.before_disbursement_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.created_by := guard.require_session();
  NEW.last_edited_by := NEW.created_by;
  PERFORM guard.require_open_year(NEW.fiscal_year);
  IF NEW.status <> 'DRAFT' THEN
    RAISE EXCEPTION 'a disbursement begins as a draft' USING ERRCODE = 'NZ007';
  END IF;
  NEW.version := 1;
  NEW.submitted_by := NULL;
  NEW.approvals_given := 0;
  NEW.month := guard.disbursement_month(NEW.paid_on, NEW.period_from, NEW.period_to);
  NEW.ledger_on := coalesce(NEW.paid_on, NEW.period_to, make_date(NEW.fiscal_year, 12, 31));
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.before_disbursement_insert();

/* Raises unless the session's user may give the next approval of this record. */
CREATE FUNCTION guard.require_approver(d disbursements, p_user uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_levels approval_level[] := guard.approval_levels(d.organisation_id, d.amount_fen);
  v_round int;
BEGIN
  IF p_user IN (d.created_by, d.last_edited_by, d.submitted_by) THEN
    RAISE EXCEPTION 'own entry' USING ERRCODE = 'NZ003';
  END IF;
  SELECT count(*) INTO v_round FROM approval_steps WHERE disbursement_id = d.id AND action = 'SUBMIT';
  IF (SELECT count(*) FROM approval_steps
      WHERE disbursement_id = d.id AND round = v_round AND action = 'APPROVE' AND actor_id = p_user) > 1 THEN
    RAISE EXCEPTION 'one person gives one approval' USING ERRCODE = 'NZ003';
  END IF;
  IF NOT guard.may_approve(d.organisation_id, v_levels[least(d.approvals_given + 1, cardinality(v_levels))]) THEN
    RAISE EXCEPTION 'this approval belongs to a higher level' USING ERRCODE = 'NZ010';
  END IF;
END $$;

CREATE FUNCTION guard.before_disbursement_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_move text := OLD.status || '>' || NEW.status;
  -- What a record says, apart from where it stands in its life.
  v_fixed text[] := ARRAY['status','version','approvals_needed','approvals_given','submitted_by',
    'submitted_at','approved_at','updated_at','last_edited_by','month','ledger_on'];
BEGIN
  IF OLD.status IN ('APPROVED', 'VOIDED') THEN
    RAISE EXCEPTION 'a record that is % does not change', lower(OLD.status::text) USING ERRCODE = 'NZ004';
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
  END IF;
  PERFORM guard.require_open_year(OLD.fiscal_year);
  IF NEW.fiscal_year <> OLD.fiscal_year THEN
    PERFORM guard.require_open_year(NEW.fiscal_year);
  END IF;
  IF (NEW.id, NEW.organisation_id, NEW.created_by, NEW.created_at, NEW.origin, NEW.entry_kind)
     IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.created_by, OLD.created_at, OLD.origin, OLD.entry_kind) THEN
    RAISE EXCEPTION 'who made a record, where and how does not change' USING ERRCODE = 'NZ004';
  END IF;
  IF OLD.status = 'SUBMITTED' AND (to_jsonb(NEW) - v_fixed) <> (to_jsonb(OLD) - v_fixed) THEN
    RAISE EXCEPTION 'a submitted record is returned before it is edited' USING ERRCODE = 'NZ004';
  END IF;

  NEW.last_edited_by := OLD.last_edited_by;
  IF v_move IN ('DRAFT>DRAFT', 'RETURNED>RETURNED') THEN
    NEW.last_edited_by := v_user;
    NEW.submitted_by := OLD.submitted_by;
  ELSIF v_move IN ('DRAFT>SUBMITTED', 'RETURNED>SUBMITTED') THEN
    NEW.last_edited_by := v_user;
    NEW.submitted_by := v_user;
    NEW.approvals_given := 0;
    NEW.approvals_needed := cardinality(guard.approval_levels(NEW.organisation_id, NEW.amount_fen));
    IF NEW.submitted_at IS NULL THEN
      RAISE EXCEPTION 'submitted_at is missing' USING ERRCODE = 'NZ007';
    END IF;
  ELSIF v_move IN ('SUBMITTED>SUBMITTED', 'SUBMITTED>APPROVED') THEN
    NEW.submitted_by := OLD.submitted_by;
    NEW.approvals_needed := OLD.approvals_needed;
    IF NEW.approvals_given <> OLD.approvals_given + 1
       OR (NEW.status = 'APPROVED') <> (NEW.approvals_given = NEW.approvals_needed)
       OR (NEW.status = 'APPROVED') <> (NEW.approved_at IS NOT NULL) THEN
      RAISE EXCEPTION 'approvals do not add up' USING ERRCODE = 'NZ007';
    END IF;
    PERFORM guard.require_approver(OLD, v_user);
  ELSIF v_move IN ('SUBMITTED>RETURNED', 'DRAFT>VOIDED', 'RETURNED>VOIDED', 'SUBMITTED>VOIDED') THEN
    NEW.submitted_by := OLD.submitted_by;
    NEW.approvals_given := 0;
  ELSE
    RAISE EXCEPTION 'no way from % to %', OLD.status, NEW.status USING ERRCODE = 'NZ007';
  END IF;

  NEW.month := guard.disbursement_month(NEW.paid_on, NEW.period_from, NEW.period_to);
  NEW.ledger_on := coalesce(NEW.paid_on, NEW.period_to, make_date(NEW.fiscal_year, 12, 31));
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.before_disbursement_update();

/* Shares change only with their record: same transaction's editor, record still editable. The lock
   keeps the record's axes still while the rollup of the share is written. */
CREATE FUNCTION guard.before_share_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_user uuid := guard.require_session();
  d disbursements;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'shares are replaced, not changed' USING ERRCODE = 'NZ004';
  END IF;
  SELECT * INTO d FROM disbursements
  WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.disbursement_id ELSE NEW.disbursement_id END
  FOR NO KEY UPDATE;
  IF d.status NOT IN ('DRAFT', 'RETURNED') OR d.last_edited_by <> v_user THEN
    RAISE EXCEPTION 'the shares of this record cannot be changed' USING ERRCODE = 'NZ004';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER before_change BEFORE INSERT OR UPDATE OR DELETE ON disbursement_shares
  FOR EACH ROW EXECUTE FUNCTION guard.before_share_change();

/* Who took a step is the session's user, whatever the row says. */
CREATE FUNCTION guard.before_step_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.actor_id := guard.require_session();
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON approval_steps
  FOR EACH ROW EXECUTE FUNCTION guard.before_step_insert();

CREATE FUNCTION guard.before_adjustment_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.created_by := guard.require_session();
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON adjustments
  FOR EACH ROW EXECUTE FUNCTION guard.before_adjustment_insert();

CREATE FUNCTION guard.before_allotment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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

CREATE FUNCTION guard.before_year_update() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'CLOSED' THEN
    RAISE EXCEPTION 'year % is closed', OLD.year USING ERRCODE = 'NZ005';
  ELSIF NEW.year <> OLD.year OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON years FOR EACH ROW EXECUTE FUNCTION guard.before_year_update();

-- What can only be judged when the whole transaction is done.

CREATE FUNCTION guard.check_disbursement(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
    IF v.n = 0 OR (d.amount_fen IS NULL AND v.valued > 0)
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
  END IF;
  IF d.entry_kind <> 'ORIGINAL' THEN
    PERFORM guard.check_adjustment(p_id);
  END IF;
END $$;

/* A reversal undoes its original exactly; the pair moves together; one live correction an original. */
CREATE FUNCTION guard.check_adjustment(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
     OR (-reversal.amount_fen, -reversal.households, -reversal.persons, -reversal.person_times,
         -reversal.packs, -reversal.employers, -reversal.sessions, -reversal.posts)
        IS DISTINCT FROM (original.amount_fen, original.households, original.persons, original.person_times,
         original.packs, original.employers, original.sessions, original.posts) THEN
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM guard.check_disbursement(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE ON disbursements DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_disbursement();

CREATE FUNCTION guard.after_disbursement_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
