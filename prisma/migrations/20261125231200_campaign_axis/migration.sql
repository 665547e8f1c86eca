-- Figures by campaign: one more axis of the fine rollup. A record has one campaign or none (0), so it has as many
-- cells as before.
ALTER TABLE "figure_rollups" ADD COLUMN "campaign_id" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "figure_deltas" ADD COLUMN "campaign_id" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "figure_rollups" ALTER "campaign_id" DROP DEFAULT;
ALTER TABLE "figure_deltas" ALTER "campaign_id" DROP DEFAULT;
ALTER TABLE "figure_rollups" DROP CONSTRAINT "figure_rollups_pkey",
  ADD CONSTRAINT "figure_rollups_pkey" PRIMARY KEY ("organisation_id", "fiscal_year", "fund_source_id", "programme_id",
    "month", "aid_category_id", "recipient_kind_id", "form", "status", "campaign_id");

-- What belongs to a campaign is found by it: its cells, whatever the year, and its records, the newest first. What
-- belongs to none costs nothing.
CREATE INDEX figure_rollups_campaign_idx ON figure_rollups (campaign_id) WHERE campaign_id > 0;
CREATE INDEX disbursements_of_a_campaign_idx ON disbursements (campaign_id, ledger_on DESC, id DESC)
  WHERE campaign_id IS NOT NULL;

-- A filter says so of records that belong to none.
ALTER TABLE campaigns ADD CONSTRAINT code_not_none CHECK (code <> 'none');

-- What is counted already moves from no campaign to its own. No policy stands while a migration runs, so the owner may
-- read only what is not forced; prisma/sql forces it again.
ALTER TABLE disbursements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE disbursement_shares NO FORCE ROW LEVEL SECURITY;
ALTER TABLE figure_deltas NO FORCE ROW LEVEL SECURITY;
INSERT INTO figure_deltas (fiscal_year, month, organisation_id, programme_id, aid_category_id, recipient_kind_id, form,
  campaign_id, fund_source_id, status, records, unvalued_records, estimated_records, without_money_records,
  reversal_records, amount_fen, households, persons, person_times, packs, employers, sessions, posts)
SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id, coalesce(d.aid_category_id, 0),
  coalesce(d.recipient_kind_id, 0), coalesce(d.form, ''), side.campaign_id, p.fund_source_id, d.status,
  sum(side.sign * n.net), sum(side.sign * n.net * (d.amount_kind = 'UNVALUED')::int),
  sum(side.sign * n.net * (d.amount_kind = 'ESTIMATED')::int), sum(side.sign * n.net * (d.amount_kind = 'NONE')::int),
  sum(side.sign * (n.net < 0)::int), sum(side.sign * coalesce(p.amount_fen, 0)),
  sum(side.sign * coalesce(d.households, 0)), sum(side.sign * coalesce(d.persons, 0)),
  sum(side.sign * coalesce(d.person_times, 0)), sum(side.sign * coalesce(d.packs, 0)),
  sum(side.sign * coalesce(d.employers, 0)), sum(side.sign * coalesce(d.sessions, 0)),
  sum(side.sign * coalesce(d.posts, 0))
FROM disbursements d
CROSS JOIN LATERAL (
  SELECT 0 AS fund_source_id, d.amount_fen
  UNION ALL SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE s.disbursement_id = d.id
  UNION ALL SELECT -bit_or(1 << s.fund_source_id), NULL FROM disbursement_shares s
    WHERE s.disbursement_id = d.id HAVING count(*) > 1
) AS p
CROSS JOIN LATERAL (
  SELECT CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END AS net) AS n
CROSS JOIN LATERAL (VALUES (0, -1), (d.campaign_id, 1)) AS side (campaign_id, sign)
WHERE d.campaign_id IS NOT NULL
GROUP BY d.fiscal_year, d.month, d.organisation_id, d.programme_id, d.aid_category_id, d.recipient_kind_id, d.form,
  side.campaign_id, p.fund_source_id, d.status;
