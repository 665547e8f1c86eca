-- Payment files (docs/decisions/0043): a batch is made once, holds its lines until their money comes back or the whole
-- of it is cancelled, and a line is never in two that are open. What was paid stays in its batch for good.

/* Is anything paid, or on its way to a bank, under another record of this case? */
CREATE FUNCTION guard.case_pays_elsewhere(p_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    WITH RECURSIVE members AS (
      SELECT guard.case_of(p_id) AS id
      UNION ALL
      SELECT a.replacement_id FROM members m JOIN adjustments a ON a.original_id = m.id AND a.replacement_id IS NOT NULL)
    SELECT FROM members m JOIN roster_lines l ON l.disbursement_id = m.id
    WHERE m.id <> p_id AND (EXISTS (SELECT FROM payment_batch_lines b WHERE b.line_id = l.id AND b.open)
      OR EXISTS (SELECT FROM guard.last_payment(l.id) AS p WHERE p.state <> 'RETURNED')));
END $$;

CREATE FUNCTION guard.before_payment_batch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.made_by := guard.require_session();
  NEW.downloads := 0;
  NEW.cancelled_at := NULL;
  NEW.cancelled_by := NULL;
  NEW.cancel_reason := NULL;
  PERFORM FROM disbursements d WHERE d.id = NEW.disbursement_id AND d.status = 'APPROVED' AND d.entry_kind <> 'REVERSAL'
    FOR NO KEY UPDATE;
  IF NOT FOUND OR guard.is_reversed(NEW.disbursement_id) OR guard.case_pays_elsewhere(NEW.disbursement_id) THEN
    RAISE EXCEPTION 'nothing is paid of this record' USING ERRCODE = 'NZ004';
  END IF;
  NEW.no := 1 + (SELECT count(*) FROM payment_batches b WHERE b.disbursement_id = NEW.disbursement_id);
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON payment_batches
  FOR EACH ROW EXECUTE FUNCTION guard.before_payment_batch();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON payment_batches DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'disbursement_id');

/* Lines come with their batch: of its record, with an account, and waiting for their money. */
CREATE FUNCTION guard.after_batch_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM FROM changed_rows r
  LEFT JOIN payment_batches b ON b.id = r.batch_id AND b.organisation_id = r.organisation_id AND b.xmin = pg_current_xact_id()::xid
  LEFT JOIN roster_lines l ON l.id = r.line_id AND l.disbursement_id = b.disbursement_id AND l.amount_fen > 0 AND l.account IS NOT NULL
  WHERE l.id IS NULL OR NOT r.open OR EXISTS (SELECT FROM guard.last_payment(r.line_id) AS p WHERE p.state <> 'REISSUED');
  IF FOUND THEN
    RAISE EXCEPTION 'these lines do not wait for their money' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER waiting AFTER INSERT ON payment_batch_lines REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_batch_lines();

/* Asked at commit: a batch holds as many lines, and as much, as it says. */
CREATE FUNCTION guard.check_batch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payment_batch_lines b JOIN roster_lines l ON l.id = b.line_id WHERE b.batch_id = NEW.id
      HAVING count(*) = NEW.lines AND sum(l.amount_fen) = NEW.amount_fen) THEN
    RAISE EXCEPTION 'batch % does not add up', NEW.id USING ERRCODE = 'NZ001';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON payment_batches DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.check_batch();
CREATE TRIGGER never_deleted BEFORE DELETE ON payment_batches
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON payment_batch_lines
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* After results of these lines: a bank answers for a whole batch, never for a part of what waits in it; and a line whose
   money came back is in no batch any more. */
CREATE FUNCTION guard.settle_batches(p_told uuid[], p_returned uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM FROM payment_batch_lines b
  WHERE b.open AND b.batch_id IN (SELECT told.batch_id FROM payment_batch_lines told WHERE told.line_id = ANY (p_told) AND told.open)
    AND NOT EXISTS (SELECT FROM guard.last_payment(b.line_id) AS p WHERE p.state <> 'REISSUED');
  IF FOUND THEN
    RAISE EXCEPTION 'a batch is answered for as a whole' USING ERRCODE = 'NZ001';
  END IF;
  UPDATE payment_batch_lines b SET open = false WHERE b.open AND b.line_id = ANY (p_returned);
END $$;

/* Has the bank answered for it? */
CREATE FUNCTION guard.is_answered(p_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM payment_batch_lines b JOIN payment_batches x ON x.id = b.batch_id
    WHERE b.batch_id = p_id AND x.cancelled_at IS NULL
      AND (NOT b.open OR EXISTS (SELECT FROM guard.last_payment(b.line_id) AS p WHERE p.state <> 'REISSUED')));
END $$;

/* The batch, held for a change by a clerk of its place; nothing where it is cancelled or out of reach. */
CREATE FUNCTION guard.hold_batch(p_disbursement_id bigint, p_no int) RETURNS payment_batches
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v payment_batches;
BEGIN
  PERFORM guard.require_session();
  SELECT * INTO v FROM payment_batches b WHERE b.disbursement_id = p_disbursement_id AND b.no = p_no
    AND EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = b.organisation_id AND c.ancestor_id = ANY (guard.homes('{CLERK}'))) FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no batch of this person' USING ERRCODE = '42501';
  ELSIF v.cancelled_at IS NOT NULL THEN
    RAISE EXCEPTION 'this batch was cancelled' USING ERRCODE = 'NZ004';
  END IF;
  RETURN v;
END $$;

/* The whole of it, with a reason, before the bank has said anything of a line. */
CREATE FUNCTION guard.cancel_batch(p_disbursement_id bigint, p_no int, p_reason text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v payment_batches;
BEGIN
  PERFORM FROM disbursements d WHERE d.id = p_disbursement_id FOR NO KEY UPDATE;
  v := guard.hold_batch(p_disbursement_id, p_no);
  IF guard.is_answered(v.id) THEN
    RAISE EXCEPTION 'the bank has answered for this batch' USING ERRCODE = 'NZ004';
  END IF;
  UPDATE payment_batches SET cancelled_at = p_at, cancelled_by = guard.session_user_id(), cancel_reason = p_reason WHERE id = v.id;
  UPDATE payment_batch_lines SET open = false WHERE batch_id = v.id;
END $$;

/* Its file is taken: counted, and written into the chain, before it leaves. */
CREATE FUNCTION guard.take_batch(p_disbursement_id bigint, p_no int, p_name text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v payment_batches := guard.hold_batch(p_disbursement_id, p_no);
BEGIN
  UPDATE payment_batches SET downloads = downloads + 1 WHERE id = v.id;
  PERFORM guard.write_entries(guard.root_of_session(), ARRAY['export.create'], ARRAY[p_name], ARRAY[v.organisation_id],
    ARRAY[json_build_object('kind', 'payment-file', 'disbursement', p_disbursement_id::text, 'batch', p_no, 'lines', v.lines,
      'sha256', encode(v.sha256, 'hex'), 'nth', v.downloads + 1)::text], ARRAY[NULL::text]);
  RETURN v.downloads + 1;
END $$;

GRANT SELECT, INSERT ON payment_batches, payment_batch_lines TO nuanzhang_app;
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('payment_batches', 'readers_read', 'SELECT', 'USING', '{CLERK,REVIEWER,PROVINCE,AUDITOR}'),
    ('payment_batch_lines', 'workers_read', 'SELECT', 'USING', '{CLERK,REVIEWER}'),
    ('payment_batches', 'clerk_inserts', 'INSERT', 'WITH CHECK', '{CLERK}'),
    ('payment_batch_lines', 'clerk_inserts', 'INSERT', 'WITH CHECK', '{CLERK}')) AS x (t, name, act, clause, roles) LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR %s TO nuanzhang_app %s (EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = %2$I.organisation_id AND c.ancestor_id = ANY ((SELECT guard.homes(%5$L))::int[])))',
      v.name, v.t, v.act, v.clause, v.roles);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION guard.cancel_batch(bigint, int, text, timestamptz), guard.take_batch(bigint, int, text),
  guard.case_pays_elsewhere(bigint), guard.is_answered(bigint) TO nuanzhang_app;
