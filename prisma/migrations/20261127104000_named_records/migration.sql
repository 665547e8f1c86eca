-- A record knows by itself whether it is named: whether it was handed in with a roster. Figures sum it up beside the
-- rest (docs/decisions/0048). The database sets it (prisma/sql/50-laws, 59-proven).
ALTER TABLE "disbursements" ADD COLUMN "named" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "named_once_submitted" CHECK (NOT "named" OR "status" IN ('SUBMITTED', 'APPROVED'));

ALTER TABLE "figure_rollups" ADD COLUMN "named_records" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_fen" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_persons" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_households" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "figure_deltas" ADD COLUMN "named_records" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_fen" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_persons" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_households" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "figure_totals" ADD COLUMN "named_records" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_fen" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_persons" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "named_households" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "figure_rollups" ALTER "named_records" DROP DEFAULT, ALTER "named_fen" DROP DEFAULT,
  ALTER "named_persons" DROP DEFAULT, ALTER "named_households" DROP DEFAULT;
ALTER TABLE "figure_deltas" ALTER "named_records" DROP DEFAULT, ALTER "named_fen" DROP DEFAULT,
  ALTER "named_persons" DROP DEFAULT, ALTER "named_households" DROP DEFAULT;
ALTER TABLE "figure_totals" ALTER "named_records" DROP DEFAULT, ALTER "named_fen" DROP DEFAULT,
  ALTER "named_persons" DROP DEFAULT, ALTER "named_households" DROP DEFAULT;

-- What was handed in with a roster before. No policy stands while a migration runs, so the owner may read only what is
-- not forced; prisma/sql forces it again.
ALTER TABLE "disbursements" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "disbursement_shares" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "adjustments" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "roster_lines" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "figure_deltas" NO FORCE ROW LEVEL SECURITY;
UPDATE "disbursements" d SET "named" = true
WHERE d.status IN ('SUBMITTED', 'APPROVED') AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id =
  CASE WHEN d.entry_kind = 'REVERSAL' THEN (SELECT a.original_id FROM adjustments a WHERE a.reversal_id = d.id) ELSE d.id END);
INSERT INTO "figure_deltas" (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form,
  campaign_id, fund_source_id, status, records, unvalued_records, estimated_records, without_money_records,
  reversal_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts,
  named_records, named_fen, named_persons, named_households)
SELECT d.fiscal_year, CASE WHEN p.heads THEN CASE WHEN d.paid_on IS NOT NULL THEN 1
      ELSE coalesce(greatest(round((d.period_to - d.period_from + 1) * 12 / 365.25), 1), 0) END ELSE d.month END::smallint,
  d.organisation_id, d.programme_id, CASE WHEN p.heads THEN 0 ELSE coalesce(d.aid_category_id, 0) END,
  CASE WHEN p.heads THEN 0 ELSE coalesce(d.recipient_kind_id, 0) END, CASE WHEN p.heads THEN '' ELSE coalesce(d.form, '') END,
  CASE WHEN p.heads THEN 0 ELSE coalesce(d.campaign_id, 0) END, p.fund_source_id, d.status,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  sum(CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END), sum(coalesce(p.amount_fen, 0)),
  sum(coalesce(d.persons, 0)), sum(coalesce(d.households, 0))
FROM "disbursements" d
CROSS JOIN LATERAL (
  SELECT 0 AS fund_source_id, d.amount_fen, false AS heads
  UNION ALL SELECT s.fund_source_id, s.amount_fen, false FROM disbursement_shares s WHERE s.disbursement_id = d.id
  UNION ALL SELECT -bit_or(1 << s.fund_source_id), NULL, false FROM disbursement_shares s
    WHERE s.disbursement_id = d.id HAVING count(*) > 1
  UNION ALL SELECT -1, d.amount_fen, true WHERE d.status = 'APPROVED' AND d.amount_kind IN ('EXACT', 'ESTIMATED')
) AS p
WHERE d.named
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
