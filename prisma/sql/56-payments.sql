-- What became of each line's money: 待付 → 已付 → 退票 → 补发 (docs/decisions/0043). Said of approved records, only ever
-- added to, and no figure moves by it: money that came back for good is a correction of its record.

/* The last thing said of a line's payment; no row where nothing was: it waits. */
CREATE FUNCTION guard.last_payment(p_line_id uuid) RETURNS SETOF payment_results
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT * FROM payment_results r WHERE r.line_id = p_line_id ORDER BY r.no DESC LIMIT 1;
END $$;

/* May this be said after that? A line comes back from the bank paid or not, also after it was said to be paid; what
   came back is paid anew, once. */
CREATE FUNCTION guard.payment_follows(p_before text, p_state text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE p_state
  WHEN 'PAID' THEN p_before IS NULL OR p_before = 'REISSUED'
  WHEN 'RETURNED' THEN p_before IS NULL OR p_before IN ('PAID', 'REISSUED')
  WHEN 'REISSUED' THEN p_before IS NOT DISTINCT FROM 'RETURNED' END;

CREATE FUNCTION guard.is_reversed(p_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
    WHERE a.original_id = p_id AND r.status = 'APPROVED');
END $$;

CREATE FUNCTION guard.before_payment_posting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.posted_by := guard.require_session();
  NEW.posted_at := now();
  -- one at a time of each record: what is said next follows what was said before
  PERFORM FROM disbursements d WHERE d.id = NEW.disbursement_id AND d.status = 'APPROVED' AND d.entry_kind <> 'REVERSAL'
    FOR NO KEY UPDATE;
  IF NOT FOUND OR NEW.kind = 'REISSUE' AND guard.is_reversed(NEW.disbursement_id) THEN
    RAISE EXCEPTION 'nothing is paid of this record' USING ERRCODE = 'NZ004';
  ELSIF NEW.told_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION 'of a day that is still to come' USING ERRCODE = 'NZ001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON payment_postings
  FOR EACH ROW EXECUTE FUNCTION guard.before_payment_posting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payment_postings
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON payment_postings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'disbursement_id');

/* Each result belongs to what is posted now, is of a line of that record that is paid in money, and follows the last
   one. A line that comes back lets go of what it claimed, and one that is paid anew claims it again: whoever has been
   aided elsewhere meanwhile is refused like at submission. */
CREATE FUNCTION guard.after_payment_results() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  PERFORM FROM changed_rows r
  LEFT JOIN payment_postings s ON s.id = r.posting_id AND s.posted_by = v_user AND s.xmin = pg_current_xact_id()::xid
    AND (s.disbursement_id, s.organisation_id) = (r.disbursement_id, r.organisation_id)
    AND (s.kind = 'REISSUE') = (r.state = 'REISSUED')
  LEFT JOIN roster_lines l ON l.id = r.line_id AND l.disbursement_id = r.disbursement_id AND l.amount_fen > 0
  LEFT JOIN payment_results b ON b.line_id = r.line_id AND b.no = r.no - 1
  LEFT JOIN payment_postings bs ON bs.id = b.posting_id
  WHERE s.id IS NULL OR l.id IS NULL OR (r.no > 1) <> (b.id IS NOT NULL) OR b.posting_id = r.posting_id
    OR NOT guard.payment_follows(b.state, r.state) OR bs.told_on > s.told_on;
  IF FOUND THEN
    RAISE EXCEPTION 'this does not follow what was said of its payment' USING ERRCODE = 'NZ004';
  END IF;
  PERFORM guard.settle_batches(ARRAY(SELECT r.line_id FROM changed_rows r WHERE r.state <> 'REISSUED'),
    ARRAY(SELECT r.line_id FROM changed_rows r WHERE r.state = 'RETURNED'));
  IF EXISTS (SELECT FROM changed_rows r WHERE r.state <> 'PAID') THEN
    PERFORM guard.settle_cases(ARRAY(SELECT DISTINCT guard.case_of(r.disbursement_id) FROM changed_rows r),
      EXISTS (SELECT FROM changed_rows r WHERE r.state = 'REISSUED'));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON payment_results REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_payment_results();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payment_results
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Words belong to a result of the same transaction, of the same place. */
CREATE FUNCTION guard.after_payment_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM changed_rows w WHERE NOT EXISTS (SELECT FROM payment_results r WHERE r.id = w.id
    AND r.organisation_id = w.organisation_id AND r.xmin = pg_current_xact_id()::xid);
  IF FOUND THEN
    RAISE EXCEPTION 'words of nothing that is said now' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON payment_words REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_payment_words();
CREATE TRIGGER only_resealed BEFORE UPDATE ON payment_words
  FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();
CREATE TRIGGER never_deleted BEFORE DELETE ON payment_words
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* What the lines of an approved record come to by where their payment stands: to whoever reads the record, without a
   line. Lines without money are not paid, and not here. */
CREATE FUNCTION guard.payment_sums(p_id bigint) RETURNS TABLE (state text, lines int, amount_fen bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT coalesce(last.state, 'PENDING'), count(*)::int, sum(l.amount_fen)::bigint
  FROM disbursements d JOIN roster_lines l ON l.disbursement_id = d.id AND l.amount_fen > 0
  LEFT JOIN LATERAL guard.last_payment(l.id) AS last ON true
  WHERE d.id = p_id AND d.status = 'APPROVED' AND guard.reads(d.organisation_id)
  GROUP BY 1;
END $$;

GRANT SELECT, INSERT ON payment_postings, payment_results, payment_words TO nuanzhang_app;
-- When and by whom is no secret to whoever reads the record; which line is, as the lines themselves are.
CREATE POLICY readers_read ON payment_postings FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = payment_postings.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])));
CREATE POLICY clerk_inserts ON payment_postings FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = payment_postings.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
DO $$
DECLARE
  t text;
  v_below constant text := 'EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = %I.organisation_id AND c.ancestor_id = ANY ((SELECT guard.homes(%L))::int[]))';
BEGIN
  FOREACH t IN ARRAY ARRAY['payment_results', 'payment_words'] LOOP
    EXECUTE format('CREATE POLICY workers_read ON %I FOR SELECT TO nuanzhang_app USING (%s)', t, format(v_below, t, '{CLERK,REVIEWER}'));
    EXECUTE format('CREATE POLICY clerk_inserts ON %I FOR INSERT TO nuanzhang_app WITH CHECK (%s)', t, format(v_below, t, '{CLERK}'));
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION guard.payment_sums(bigint), guard.last_payment(uuid) TO nuanzhang_app;
