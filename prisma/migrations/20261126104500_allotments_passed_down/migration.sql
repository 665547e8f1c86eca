-- Money passed down, or carried into the next year, is a pair of rows that sums to zero: what is given away at the
-- giver (below zero, taken from one allotment), what is received at the receiver. So every sum of allotments counts
-- each yuan once, whatever the places and years it is over. New columns are empty in what stands already, so that
-- no digest of it changes.

-- AlterTable
ALTER TABLE "allotments" ADD COLUMN     "counterpart_id" INTEGER,
ADD COLUMN     "document_number" TEXT,
ADD COLUMN     "paired_id" BIGINT,
ADD COLUMN     "source_kind" TEXT,
ADD COLUMN     "taken_from_id" BIGINT,
ADD COLUMN     "transfer_kind" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "allotments_paired_id_key" ON "allotments"("paired_id");

-- CreateIndex
CREATE INDEX "allotments_taken_from_id_idx" ON "allotments"("taken_from_id");

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_counterpart_id_fkey" FOREIGN KEY ("counterpart_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_taken_from_id_fkey" FOREIGN KEY ("taken_from_id") REFERENCES "allotments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_paired_id_fkey" FOREIGN KEY ("paired_id") REFERENCES "allotments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE allotments
  DROP CONSTRAINT amount_positive,
  ADD CONSTRAINT amount_signed CHECK (CASE
    WHEN transfer_kind IS NULL THEN amount_fen > 0 AND taken_from_id IS NULL AND paired_id IS NULL
    WHEN amount_fen < 0 THEN taken_from_id IS NOT NULL AND paired_id IS NULL
    ELSE amount_fen > 0 AND taken_from_id IS NULL AND paired_id IS NOT NULL END),
  ADD CONSTRAINT transfer_kind_known CHECK (transfer_kind IN ('PASSED', 'CARRIED')),
  ADD CONSTRAINT passed_names_both CHECK ((counterpart_id IS NOT NULL) = (transfer_kind IS NOT DISTINCT FROM 'PASSED')),
  ADD CONSTRAINT source_kind_known CHECK (source_kind IN ('TREASURY', 'HIGHER_UNION', 'OWN_UNION', 'EMPLOYER', 'DONATION', 'OTHER'));
