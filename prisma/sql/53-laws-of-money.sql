-- Money is not spent twice where its source's rule says stop.

/* What is submitted or approved from such a source stays within what was received, as the figures have it.
   Where nothing is recorded as received, nobody knows the limit, and the reviewer is told. Two who submit at once
   are judged one after the other: the locks are taken in one order, before that of the audit chain, and what is
   read then is what stands. Fires after the triggers of the figures, whose names come before its own. */
CREATE FUNCTION guard.stay_within_received() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v record;
BEGIN
  PERFORM pg_advisory_xact_lock(x.lock) FROM (
    SELECT DISTINCT guard.lock_of_source(n.organisation_id, n.fiscal_year, s.fund_source_id) AS lock
    FROM new_rows n JOIN disbursement_shares s ON s.disbursement_id = n.id
    JOIN fund_sources f ON f.id = s.fund_source_id AND guard.limit_of(f.limits, f.earmarked, n.fiscal_year) = 'STOP'
    WHERE n.status IN ('SUBMITTED', 'APPROVED') AND s.amount_fen > 0 ORDER BY 1) AS x;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT k.code, k.name_zh, k.name_en, k.records, k.asked, received.fen AS received, spent.fen AS spent INTO v
  FROM (
    SELECT n.organisation_id, n.fiscal_year, f.id AS fund_source_id, f.code, f.name_zh, f.name_en, json_agg(n.id::text ORDER BY n.id) AS records,
      sum(s.amount_fen) AS asked
    FROM new_rows n JOIN disbursement_shares s ON s.disbursement_id = n.id
    JOIN fund_sources f ON f.id = s.fund_source_id AND guard.limit_of(f.limits, f.earmarked, n.fiscal_year) = 'STOP'
    WHERE n.status IN ('SUBMITTED', 'APPROVED') AND s.amount_fen > 0
    GROUP BY n.organisation_id, n.fiscal_year, f.id) AS k
  CROSS JOIN LATERAL (
    SELECT sum(a.amount_fen)::bigint AS fen FROM allotments a
    WHERE a.organisation_id = k.organisation_id AND a.fiscal_year = k.fiscal_year
      AND a.fund_source_id = k.fund_source_id AND a.voided_at IS NULL) AS received
  CROSS JOIN LATERAL guard.spent_from_source(
    k.organisation_id, k.fiscal_year, k.fund_source_id, '{APPROVED,SUBMITTED}') AS spent
  WHERE spent.fen > received.fen ORDER BY k.code LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'more would be spent from % than was received', v.code USING ERRCODE = 'NZ013',
      DETAIL = json_build_object('records', v.records, 'leftFen', greatest(0, v.received - v.spent + v.asked)::text, 'values', json_build_object(
        'fundSource', json_build_object('nameZh', v.name_zh, 'nameEn', v.name_en), 'receivedFen', v.received::text, 'spentFen', v.spent::text, 'overFen', (v.spent - v.received)::text));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER received_update AFTER UPDATE ON disbursements REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.stay_within_received();
