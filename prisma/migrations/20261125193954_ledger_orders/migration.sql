-- A ledger put in order by amount or by last change reads a page, not everything.
CREATE INDEX "disbursements_amount_fen_id_idx" ON "disbursements"("amount_fen", "id");
CREATE INDEX "disbursements_updated_at_id_idx" ON "disbursements"("updated_at", "id");
