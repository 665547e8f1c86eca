-- Looked for once more: records without an amount, and days within longer periods.
DROP INDEX disbursements_alike_idx;
CREATE INDEX disbursements_alike_idx
  ON disbursements (organisation_id, programme_id, coalesce(amount_fen, -1), ledger_on DESC, id DESC);
CREATE INDEX disbursements_alike_periods_idx
  ON disbursements (organisation_id, programme_id, coalesce(amount_fen, -1), ledger_on DESC, id DESC)
  WHERE period_to - period_from > 7;

-- What a head comes to elsewhere is kept by the number of months that are paid for (source -1).
DROP INDEX figure_totals_heads_idx;
CREATE INDEX figure_totals_heads_idx ON figure_totals (programme_id, fiscal_year) WHERE month > 0 AND fund_source_id = -1;

-- Its cells move from month 0 to theirs. No policy stands while a migration runs, so the owner may read only what is
-- not forced; prisma/sql forces it again.
ALTER TABLE disbursements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE figure_deltas NO FORCE ROW LEVEL SECURITY;
INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form,
  fund_source_id, status, records, unvalued_records, estimated_records, without_money_records, reversal_records,
  amount_fen, households, persons, person_times, packs, employers, sessions, posts)
SELECT d.fiscal_year, x.month, d.organisation_id, d.programme_id, 0, 0, '', -1, d.status,
  sum(x.sign * n.net), 0, sum(x.sign * n.net * (d.amount_kind = 'ESTIMATED')::int), 0,
  sum(x.sign * (n.net < 0)::int), sum(x.sign * coalesce(d.amount_fen, 0)), sum(x.sign * coalesce(d.households, 0)),
  sum(x.sign * coalesce(d.persons, 0)), sum(x.sign * coalesce(d.person_times, 0)), sum(x.sign * coalesce(d.packs, 0)),
  sum(x.sign * coalesce(d.employers, 0)), sum(x.sign * coalesce(d.sessions, 0)), sum(x.sign * coalesce(d.posts, 0))
FROM disbursements d
CROSS JOIN LATERAL (SELECT CASE WHEN d.entry_kind = 'REVERSAL' THEN -1 ELSE 1 END AS net) AS n
CROSS JOIN LATERAL (VALUES (0, -1), (CASE WHEN d.paid_on IS NOT NULL THEN 1
  ELSE coalesce(greatest(round((d.period_to - d.period_from + 1) * 12 / 365.25), 1), 0)::int END, 1)) AS x (month, sign)
WHERE d.status = 'APPROVED' AND d.amount_kind IN ('EXACT', 'ESTIMATED')
GROUP BY d.fiscal_year, x.month, d.organisation_id, d.programme_id, d.status;
