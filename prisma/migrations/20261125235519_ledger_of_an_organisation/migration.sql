-- The ledger by organisation, whatever the year: each organisation's newest, read until the page is full.
CREATE INDEX "disbursements_organisation_id_ledger_on_id_idx" ON "disbursements"("organisation_id", "ledger_on" DESC, "id" DESC);
