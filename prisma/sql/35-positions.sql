-- The stamp of a figure: a position of the chain, read in the figure's own snapshot. The chain lies in the order of
-- commits and its time never stands still, so a position and its time are one and the same, now and later.

/* How far the chain of the session's root has come; position 0 before its first entry. */
CREATE FUNCTION guard.chain_head() RETURNS TABLE (seq bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_root int := guard.root_of_session();
BEGIN
  SELECT e.position, e.at INTO seq, at FROM audit_entries e WHERE e.root_id = v_root ORDER BY e.position DESC LIMIT 1;
  seq := coalesce(seq, 0);
  at := coalesce(at, 'epoch');
  RETURN NEXT;
END $$;

/* The last whole transaction at or before a time, or a position: a place between two entries of one transaction is
   none, and leads to the end of the transaction before. No row: it lies beyond what has happened. */
CREATE FUNCTION guard.position_at(p_at timestamptz, p_seq bigint) RETURNS TABLE (root_id int, seq bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_high bigint;
  v_mid bigint;
BEGIN
  root_id := guard.root_of_session();
  SELECT h.seq, h.at INTO v_high, at FROM guard.chain_head() h;
  IF p_seq > v_high OR p_at > greatest(at, clock_timestamp()) THEN
    RETURN;
  END IF;
  seq := coalesce(p_seq, 0);
  WHILE p_seq IS NULL AND seq < v_high LOOP
    v_mid := (seq + v_high + 1) / 2;
    IF (SELECT e.at FROM audit_entries e WHERE e.root_id = position_at.root_id AND e.position = v_mid) <= p_at THEN
      seq := v_mid;
    ELSE
      v_high := v_mid - 1;
    END IF;
  END LOOP;
  SELECT coalesce(max(e.position), 0) INTO seq FROM audit_entries e
  WHERE e.root_id = position_at.root_id AND e.position <= position_at.seq AND e.transaction_id IS DISTINCT FROM (
    SELECT n.transaction_id FROM audit_entries n WHERE n.root_id = position_at.root_id AND n.position = position_at.seq + 1);
  -- before everything there is no time but the one that was asked for
  at := coalesce((SELECT e.at FROM audit_entries e WHERE e.root_id = position_at.root_id AND e.position = position_at.seq),
    p_at, 'epoch');
  RETURN NEXT;
END $$;

/* Comes back when whoever was writing has committed: their entries may bear a time before this moment. In a transaction
   of its own, before the snapshot that is to hold them. */
CREATE FUNCTION guard.await_chains() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_root int;
BEGIN
  FOR v_root IN SELECT o.id FROM organisations o WHERE o.parent_id IS NULL ORDER BY o.id LOOP
    PERFORM pg_advisory_xact_lock_shared(guard.lock_of_audit(v_root));
  END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION guard.chain_head(), guard.position_at(timestamptz, bigint), guard.await_chains() TO nuanzhang_app;
