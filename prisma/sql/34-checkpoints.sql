-- Checkpoints: what was on the chain and in the figures at a moment, signed outside the database. Whoever
-- can rewrite everything here still cannot make an old checkpoint true again.

/* SHA-256 of a root's approved figures: as the rollups have them now, or counted from the records that had
   entered the ledger up to a position. Zeros are left out, so that a count added later changes no digest; axes and
   sums are those of the first checkpoint, so that none added later changes one: campaign_id parts sums, and its own value
   is in the digest of each record; what is named follows from the rosters, which are in it too. */
CREATE FUNCTION guard.figures_digest(p_root_id int, p_seq bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    WITH raw AS (
      SELECT f.fiscal_year, f.month, f.organisation_id, f.programme_id, f.aid_category_id, f.recipient_kind_id, f.form,
        f.fund_source_id, f.status, {{signed: f.@}}
      FROM figure_rows f
      WHERE p_seq IS NULL AND f.status = 'APPROVED' AND f.fund_source_id >= 0
        AND f.organisation_id = ANY (ARRAY(SELECT id FROM organisations WHERE guard.root_of(path) = p_root_id))
      UNION ALL
      SELECT c.fiscal_year, c.month, c.organisation_id, c.programme_id, c.aid_category_id, c.recipient_kind_id, c.form,
        c.fund_source_id, c.status, {{signed: c.@}}
      FROM ledger_entries l JOIN disbursements d ON d.id = l.disbursement_id
      CROSS JOIN LATERAL guard.figure_cells(ROW(d.*)::disbursements, 1) AS c
      WHERE l.root_id = p_root_id AND l.seq <= p_seq AND d.status = 'APPROVED' AND c.fund_source_id >= 0
    ), cells AS (
      SELECT fiscal_year, organisation_id, jsonb_strip_nulls(jsonb_build_object('fiscal_year', fiscal_year,
        'month', month, 'organisation_id', organisation_id, 'programme_id', programme_id,
        'aid_category_id', aid_category_id, 'recipient_kind_id', recipient_kind_id, 'form', form,
        'fund_source_id', fund_source_id, 'status', status, {{signed: '@', nullif(sum(@), 0)}}))::text AS line
      FROM raw
      GROUP BY fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form,
        fund_source_id, status
      HAVING {{signed OR: sum(@) <> 0}}
    ), places AS (
      SELECT concat_ws(' ', fiscal_year, organisation_id,
        guard.hash_of(string_agg(line, E'\n' ORDER BY line COLLATE "C"))) AS line
      FROM cells GROUP BY fiscal_year, organisation_id
    )
    SELECT guard.hash_of(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), '')) FROM places);
END $$;

/* Chain and figures of one moment: a STABLE function sees the snapshot of the statement that calls it. */
CREATE FUNCTION guard.checkpoint_contents(p_root_id int) RETURNS TABLE (
  root_id int, origin text, size bigint, head text, at timestamptz, figures text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT o.id, o.code, last.position, last.hash::text, last.at, guard.figures_digest(o.id)
  FROM organisations o
  CROSS JOIN LATERAL (
    SELECT a.position, a.hash, a.at FROM audit_entries a WHERE a.root_id = o.id ORDER BY a.position DESC LIMIT 1) AS last
  WHERE o.parent_id IS NULL AND (p_root_id IS NULL OR o.id = p_root_id) ORDER BY o.code;
END $$;

/* Keeps a note whose head is on the chain. The signature is for those who hold the public key to judge. */
CREATE FUNCTION guard.keep_checkpoint(
  p_root_id int, p_size bigint, p_head text, p_at timestamptz, p_figures text, p_occasion text, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM audit_entries WHERE root_id = p_root_id AND position = p_size AND hash = p_head::char(64);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such head on this chain' USING ERRCODE = 'NZ012';
  END IF;
  INSERT INTO checkpoints (root_id, size, head, at, figures, occasion, note)
  VALUES (p_root_id, p_size, p_head, p_at, p_figures, p_occasion, p_note);
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON checkpoints
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

GRANT EXECUTE ON FUNCTION guard.checkpoint_contents(int),
  guard.keep_checkpoint(int, bigint, text, timestamptz, text, text, text) TO nuanzhang_app;
