-- A fourth kind of amount: NONE, aid that involves no money (a job fair, a consultation).
ALTER TABLE disbursements
  DROP CONSTRAINT amount_kind_known,
  DROP CONSTRAINT complete_when_submitted,
  ADD CONSTRAINT amount_kind_known CHECK (amount_kind IN ('EXACT', 'ESTIMATED', 'UNVALUED', 'NONE')),
  ADD CONSTRAINT complete_when_submitted CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED') OR (
      aid_category_id IS NOT NULL AND recipient_kind_id IS NOT NULL AND form IS NOT NULL
      AND (paid_on IS NOT NULL OR (period_from IS NOT NULL AND period_to IS NOT NULL))
      AND (amount_kind IN ('UNVALUED', 'NONE')) = (amount_fen IS NULL))),
  ADD CONSTRAINT none_involves_no_money CHECK (
    amount_kind <> 'NONE' OR coalesce(amount_fen, cash_fen, goods_fen, rate_unit_fen) IS NULL);

-- Figures count what involves no money, and the reversals among their records, so that corrections net.
ALTER TABLE figure_rollups
  ADD COLUMN without_money_records BIGINT NOT NULL DEFAULT 0, ADD COLUMN reversal_records BIGINT NOT NULL DEFAULT 0;
ALTER TABLE figure_deltas
  ADD COLUMN without_money_records BIGINT NOT NULL DEFAULT 0, ADD COLUMN reversal_records BIGINT NOT NULL DEFAULT 0;
ALTER TABLE figure_totals
  ADD COLUMN without_money_records BIGINT NOT NULL DEFAULT 0, ADD COLUMN reversal_records BIGINT NOT NULL DEFAULT 0;
ALTER TABLE figure_rollups ALTER without_money_records DROP DEFAULT, ALTER reversal_records DROP DEFAULT;
ALTER TABLE figure_deltas ALTER without_money_records DROP DEFAULT, ALTER reversal_records DROP DEFAULT;
ALTER TABLE figure_totals ALTER without_money_records DROP DEFAULT, ALTER reversal_records DROP DEFAULT;

-- An approved reversal was counted as one record more; it is one less. No policy stands while a migration runs, so
-- the owner may read only what is not forced; prisma/sql forces it again.
ALTER TABLE disbursements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE disbursement_shares NO FORCE ROW LEVEL SECURITY;
ALTER TABLE figure_deltas NO FORCE ROW LEVEL SECURITY;
INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form,
  fund_source_id, status, records, unvalued_records, estimated_records, without_money_records, reversal_records,
  amount_fen, households, persons, person_times, packs, employers, sessions, posts)
SELECT d.fiscal_year, CASE WHEN p.priced THEN 0 ELSE d.month END, d.organisation_id, d.programme_id,
  CASE WHEN p.priced THEN 0 ELSE coalesce(d.aid_category_id, 0) END,
  CASE WHEN p.priced THEN 0 ELSE coalesce(d.recipient_kind_id, 0) END,
  CASE WHEN p.priced THEN '' ELSE coalesce(d.form, '') END, p.fund_source_id, d.status,
  -2, -2 * (d.amount_kind = 'UNVALUED')::int, -2 * (d.amount_kind = 'ESTIMATED')::int, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
FROM disbursements d CROSS JOIN LATERAL (
  SELECT 0 AS fund_source_id, false AS priced
  UNION ALL SELECT s.fund_source_id, false FROM disbursement_shares s WHERE s.disbursement_id = d.id
  UNION ALL SELECT -bit_or(1 << s.fund_source_id), false FROM disbursement_shares s
    WHERE s.disbursement_id = d.id HAVING count(*) > 1
  UNION ALL SELECT -1, true WHERE d.amount_kind <> 'UNVALUED'
) AS p
WHERE d.status = 'APPROVED' AND d.entry_kind = 'REVERSAL';
