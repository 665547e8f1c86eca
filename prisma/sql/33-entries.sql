-- At which position of the chain a record came to count, money arrived, a record that does not count yet moved.
-- Nothing here changes once written, so the figure as of a position is today's less what has a later seq, and its
-- cost grows with what came later, not with the ledger. seq 0: before the records, loaded without an entry.

/* Called by write_entries under its lock: entry n of the set stands at p_before + n. */
CREATE FUNCTION guard.enter(p_root_id int, p_before bigint, p_actions text[], p_subject_ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_tx bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF 'disbursement.approve' = ANY (p_actions) THEN
    INSERT INTO ledger_entries (root_id, seq, transaction_id, disbursement_id, fiscal_year, organisation_id)
    SELECT p_root_id, p_before + e.n, v_tx, d.id, d.fiscal_year, d.organisation_id
    FROM unnest(p_actions, p_subject_ids) WITH ORDINALITY AS e (action, id, n)
    JOIN disbursements d ON d.id = CASE e.action WHEN 'disbursement.approve' THEN e.id::bigint END
    WHERE d.status = 'APPROVED'
    -- approved twice in one set of entries is approved once
    ON CONFLICT (disbursement_id) DO NOTHING;
  END IF;
  IF EXISTS (SELECT FROM unnest(p_actions) AS x (action) WHERE starts_with(x.action, 'allotment.')) THEN
    INSERT INTO allotment_entries (root_id, seq, transaction_id, allotment_id, kind, fiscal_year, organisation_id)
    SELECT p_root_id, p_before + e.n, v_tx, a.id, CASE e.action WHEN 'allotment.void' THEN 'VOIDED' ELSE 'RECEIVED' END,
      a.fiscal_year, a.organisation_id
    FROM unnest(p_actions, p_subject_ids) WITH ORDINALITY AS e (action, id, n)
    JOIN allotments a ON a.id = CASE WHEN starts_with(e.action, 'allotment.') THEN e.id::bigint END
    ON CONFLICT (allotment_id, kind) DO NOTHING;
  END IF;
  -- A record stands in one cell: year, programme, organisation. A move inside the cell names both states; from one
  -- cell to another is a row that leaves (no to_status) and a row that arrives (no from_status). So the number of
  -- records of a state in a cell at a position is what arrived in it less what left it up to there.
  INSERT INTO record_moves (root_id, seq, disbursement_id, from_status, to_status, fiscal_year, programme_id, organisation_id)
  SELECT p_root_id, e.seq, d.id, m.from_status, m.to_status, m.fiscal_year, m.programme_id, d.organisation_id
  FROM (
    SELECT x.id::bigint AS id, p_before + max(x.n) AS seq
    FROM unnest(p_actions, p_subject_ids) WITH ORDINALITY AS x (action, id, n)
    WHERE starts_with(x.action, 'disbursement.') AND x.action <> 'disbursement.adjust' GROUP BY x.id) AS e
  JOIN disbursements d ON d.id = e.id
  LEFT JOIN LATERAL (
    SELECT x.to_status, x.fiscal_year, x.programme_id FROM record_moves x
    WHERE x.disbursement_id = d.id AND x.to_status IS NOT NULL ORDER BY x.seq DESC LIMIT 1) AS last ON true
  CROSS JOIN LATERAL (
    SELECT last.to_status AS from_status, d.status AS to_status, d.fiscal_year, d.programme_id
    WHERE (last.fiscal_year, last.programme_id) = (d.fiscal_year, d.programme_id) AND last.to_status <> d.status
    UNION ALL
    SELECT NULL, d.status, d.fiscal_year, d.programme_id
    WHERE (last.fiscal_year, last.programme_id) IS DISTINCT FROM (d.fiscal_year, d.programme_id)
    UNION ALL
    SELECT last.to_status, NULL, last.fiscal_year, last.programme_id
    WHERE (last.fiscal_year, last.programme_id) <> (d.fiscal_year, d.programme_id)) AS m;
END $$;

/* For rows that were loaded in bulk, past the laws and the chain: they stand before the records (seq 0). */
CREATE FUNCTION guard.enter_earlier_rows() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_entries (root_id, seq, transaction_id, disbursement_id, fiscal_year, organisation_id)
  SELECT guard.root_of(o.path), 0, 0, d.id, d.fiscal_year, d.organisation_id
  FROM disbursements d JOIN organisations o ON o.id = d.organisation_id WHERE d.status = 'APPROVED'
  ON CONFLICT DO NOTHING;
  INSERT INTO record_moves (root_id, seq, disbursement_id, to_status, fiscal_year, programme_id, organisation_id)
  SELECT guard.root_of(o.path), 0, d.id, d.status, d.fiscal_year, d.programme_id, d.organisation_id
  FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
  WHERE NOT EXISTS (SELECT FROM record_moves m WHERE m.disbursement_id = d.id);
  INSERT INTO allotment_entries (root_id, seq, transaction_id, allotment_id, kind, fiscal_year, organisation_id)
  SELECT guard.root_of(o.path), 0, 0, a.id, k.kind, a.fiscal_year, a.organisation_id
  FROM allotments a JOIN organisations o ON o.id = a.organisation_id
  CROSS JOIN LATERAL (VALUES ('RECEIVED'), ('VOIDED')) AS k (kind)
  WHERE k.kind = 'RECEIVED' OR a.voided_at IS NOT NULL
  ON CONFLICT DO NOTHING;
END $$;
