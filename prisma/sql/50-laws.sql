-- The laws of a disbursement. The application explains them; the database enforces them.
-- SQLSTATEs: NZ001 shares, NZ003 own entry, NZ004 immutable, NZ005 year closed, NZ006 stale version,
-- NZ007 transition, NZ008 audit missing, NZ009 nobody signed in, NZ010 approval level, NZ011 adjustment pair,
-- NZ013 more than was received, NZ014 opened by a reviewer,
-- NZ016 less is left of an allotment, NZ017 an allotment was given on, NZ018 a project beside has the same spending,
-- NZ019 money arrived for a project, NZ020 aided already, NZ021 asked too often who was, NZ022 a key that is not in use.
-- What one row may say by itself is a constraint of its table (prisma/migrations).

/* May something be entered into a year that stands so? One that was opened once more takes entries to the end of the
   day it names, in China. */
CREATE FUNCTION guard.takes_entries(p_status text, p_reopened_until date) RETURNS boolean LANGUAGE sql STABLE
RETURN p_status = 'OPEN' AND (p_reopened_until IS NULL OR (now() AT TIME ZONE 'Asia/Shanghai')::date <= p_reopened_until);
GRANT EXECUTE ON FUNCTION guard.takes_entries(text, date) TO nuanzhang_app;

/* FOR SHARE waits for, and holds off, a closing of the year. */
CREATE FUNCTION guard.require_open_year(p_year int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM years WHERE year = p_year AND guard.takes_entries(status, reopened_until) FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'year % is not open', p_year USING ERRCODE = 'NZ005';
  END IF;
END $$;

/* The approval rules that apply to an organisation with this path: those of the nearest that has any. A body
   bound to its names, and no SET, so that a list of records asks it within its own statement. */
CREATE FUNCTION guard.approval_ladder(p_path text, p_amount_fen bigint) RETURNS TABLE (levels text[])
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(array_agg(nearest.level ORDER BY nearest.step), '{COUNTY}')
  FROM (
    SELECT DISTINCT ON (r.step) r.step, r.level
    FROM approval_rules r LEFT JOIN organisations home ON home.id = r.organisation_id
    WHERE (home.id IS NULL OR starts_with(p_path, home.path))
      AND r.active AND r.min_amount_fen <= abs(coalesce(p_amount_fen, 0))
    ORDER BY r.step, coalesce(length(home.path), 0) DESC, r.min_amount_fen DESC
  ) AS nearest;
END;

CREATE FUNCTION guard.approval_levels(p_organisation_id int, p_amount_fen bigint) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT l.levels FROM organisations o CROSS JOIN LATERAL guard.approval_ladder(o.path, p_amount_fen) AS l
    WHERE o.id = p_organisation_id);
END $$;

CREATE FUNCTION guard.disbursement_month(p_paid_on date, p_from date, p_to date) RETURNS smallint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p_paid_on IS NOT NULL THEN extract(month FROM p_paid_on)::smallint
    WHEN date_trunc('month', p_from) = date_trunc('month', p_to) THEN extract(month FROM p_to)::smallint
    ELSE 0::smallint END;
END $$;

CREATE FUNCTION guard.before_disbursement_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.created_by := guard.require_session();
  NEW.last_edited_by := NEW.created_by;
  NEW.editors := ARRAY[NEW.created_by];
  PERFORM guard.require_open_year(NEW.fiscal_year);
  IF NEW.status <> 'DRAFT' THEN
    RAISE EXCEPTION 'a disbursement begins as a draft' USING ERRCODE = 'NZ007';
  END IF;
  SELECT p.prefecture_id, p.county_id INTO NEW.prefecture_id, NEW.county_id
  FROM guard.place_of(NEW.organisation_id) p;
  NEW.version := 1;
  NEW.submitted_by := NULL;
  NEW.approvals_given := 0;
  NEW.named := false;
  NEW.month := guard.disbursement_month(NEW.paid_on, NEW.period_from, NEW.period_to);
  NEW.ledger_on := coalesce(NEW.paid_on, NEW.period_to, make_date(NEW.fiscal_year, 12, 31));
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.before_disbursement_insert();

/* Whoever ever wrote into a record, not only since it was last submitted: else taking a submission back would wash
   its first author clean. What was written before the row kept its editors is in the chain. */
CREATE FUNCTION guard.editors_of(d disbursements) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(d.editors, ARRAY(
    SELECT d.created_by UNION SELECT d.last_edited_by UNION
    SELECT e.actor_id FROM audit_entries e WHERE e.subject_type = 'disbursement' AND e.subject_id = d.id::text
      AND e.action IN ('disbursement.create', 'disbursement.update') AND e.actor_id IS NOT NULL));
END $$;

/* Raises unless the session's user may give the next approval of this record. */
CREATE FUNCTION guard.require_approver(d disbursements, p_user uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_levels text[] := guard.approval_levels(d.organisation_id, d.amount_fen);
  v_round int;
BEGIN
  IF p_user IN (d.created_by, d.last_edited_by, d.submitted_by) OR p_user = ANY (coalesce(d.editors, guard.editors_of(d))) THEN
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

/* Raises once a reviewer has opened what was submitted, or acted on it. The record's lock is held, and whoever opens
   it waits for that lock. */
CREATE FUNCTION guard.require_unopened(p_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM approval_steps s WHERE s.disbursement_id = p_id AND s.action IN ('OPEN', 'APPROVE')
    AND s.round = (SELECT count(*) FROM approval_steps x WHERE x.disbursement_id = p_id AND x.action = 'SUBMIT');
  IF FOUND THEN
    RAISE EXCEPTION 'a reviewer has opened %', p_id USING ERRCODE = 'NZ014';
  END IF;
END $$;

CREATE FUNCTION guard.before_disbursement_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_move text := OLD.status || '>' || NEW.status;
  -- What a record says, apart from where it stands in its life.
  v_fixed text[] := ARRAY['status','version','approvals_needed','approvals_given','submitted_by',
    'submitted_at','approved_at','updated_at','last_edited_by','editors','month','ledger_on'];
BEGIN
  IF OLD.status IN ('APPROVED', 'VOIDED') THEN
    RAISE EXCEPTION 'a record that is % does not change', lower(OLD.status) USING ERRCODE = 'NZ004';
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
  END IF;
  -- What never counted may leave a closed year, moved into an open one or voided; nothing comes to count there.
  IF v_move NOT IN ('SUBMITTED>DRAFT', 'SUBMITTED>RETURNED', 'DRAFT>VOIDED', 'RETURNED>VOIDED', 'SUBMITTED>VOIDED')
     OR NEW.fiscal_year <> OLD.fiscal_year THEN
    PERFORM guard.require_open_year(NEW.fiscal_year);
  END IF;
  IF (NEW.id, NEW.organisation_id, NEW.prefecture_id, NEW.county_id, NEW.created_by, NEW.created_at, NEW.origin,
      NEW.entry_kind) IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.prefecture_id, OLD.county_id, OLD.created_by,
      OLD.created_at, OLD.origin, OLD.entry_kind) THEN
    RAISE EXCEPTION 'who made a record, where and how does not change' USING ERRCODE = 'NZ004';
  END IF;
  IF OLD.status = 'SUBMITTED' AND (to_jsonb(NEW) - v_fixed) <> (to_jsonb(OLD) - v_fixed) THEN
    RAISE EXCEPTION 'a submitted record is returned before it is edited' USING ERRCODE = 'NZ004';
  END IF;

  NEW.last_edited_by := OLD.last_edited_by;
  NEW.editors := OLD.editors;
  IF v_move IN ('DRAFT>DRAFT', 'RETURNED>RETURNED') THEN
    NEW.last_edited_by := v_user;
    NEW.editors := array_append(array_remove(guard.editors_of(OLD), v_user), v_user);
    NEW.submitted_by := OLD.submitted_by;
  ELSIF v_move IN ('DRAFT>SUBMITTED', 'RETURNED>SUBMITTED') THEN
    -- Submitting vouches for a record, it does not edit it: else a reviewer could change a draft, have a clerk
    -- submit it, and approve it.
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
  ELSIF v_move = 'SUBMITTED>DRAFT' THEN
    NEW.submitted_by := OLD.submitted_by;
    PERFORM guard.require_unopened(OLD.id);
    NEW.approvals_given := 0;
  ELSIF v_move IN ('SUBMITTED>RETURNED', 'DRAFT>VOIDED', 'RETURNED>VOIDED', 'SUBMITTED>VOIDED') THEN
    NEW.submitted_by := OLD.submitted_by;
    NEW.approvals_given := 0;
  ELSE
    RAISE EXCEPTION 'no way from % to %', OLD.status, NEW.status USING ERRCODE = 'NZ007';
  END IF;

  -- a roster changes with its draft alone, so what was handed in stays named, or not, for as long as it stands
  NEW.named := CASE WHEN NEW.status NOT IN ('SUBMITTED', 'APPROVED') THEN false
    WHEN OLD.status = 'SUBMITTED' THEN OLD.named ELSE guard.has_roster(OLD) END;
  NEW.month := guard.disbursement_month(NEW.paid_on, NEW.period_from, NEW.period_to);
  NEW.ledger_on := coalesce(NEW.paid_on, NEW.period_to, make_date(NEW.fiscal_year, 12, 31));
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON disbursements
  FOR EACH ROW EXECUTE FUNCTION guard.before_disbursement_update();

/* Shares change only with their record: same transaction's editor, record still editable. The lock keeps the record's
   axes still while the rollup of the shares is written: this fires before the triggers of the figures, whose names
   come after its own. */
CREATE FUNCTION guard.after_shares() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  PERFORM FROM (
    SELECT d.status, d.last_edited_by FROM disbursements d
    WHERE d.id IN (SELECT s.disbursement_id FROM changed_rows s) ORDER BY d.id FOR NO KEY UPDATE) AS locked
  WHERE locked.status NOT IN ('DRAFT', 'RETURNED') OR locked.last_edited_by <> v_user;
  IF FOUND THEN
    RAISE EXCEPTION 'the shares of this record cannot be changed' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER editable_insert AFTER INSERT ON disbursement_shares REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_shares();
CREATE TRIGGER editable_delete AFTER DELETE ON disbursement_shares REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_shares();
-- replaced, not changed
CREATE TRIGGER never_updated BEFORE UPDATE ON disbursement_shares
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Who did it is the session's user, whatever the row says. */
CREATE FUNCTION guard.before_step_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.actor_id := guard.require_session();
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON approval_steps
  FOR EACH ROW EXECUTE FUNCTION guard.before_step_insert();

/* Only what waits is opened, and only by whoever may judge there; taking it back waits for this, or this for that. */
CREATE FUNCTION guard.before_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM disbursements WHERE id = NEW.disbursement_id AND status = 'SUBMITTED' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'it does not wait for anybody' USING ERRCODE = 'NZ007';
  ELSIF NOT guard.may_approve(NEW.organisation_id, 'COUNTY') THEN
    RAISE EXCEPTION 'whoever judges opens' USING ERRCODE = 'NZ010';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_opening BEFORE INSERT ON approval_steps
  FOR EACH ROW WHEN (NEW.action = 'OPEN') EXECUTE FUNCTION guard.before_opening();

CREATE TRIGGER before_insert BEFORE INSERT ON submission_rounds
  FOR EACH ROW EXECUTE FUNCTION guard.before_step_insert();

CREATE FUNCTION guard.before_adjustment_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.created_by := guard.require_session();
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON adjustments
  FOR EACH ROW EXECUTE FUNCTION guard.before_adjustment_insert();

GRANT EXECUTE ON FUNCTION guard.approval_ladder(text, bigint), guard.approval_levels(int, bigint), guard.disbursement_month(date, date, date)
  TO nuanzhang_app;
