-- Payment files: which lines of an approved roster went to the bank together. A batch is made once, its lines are
-- locked to it, and what it held is known by its hash; names and accounts stand in the lines alone.

CREATE TABLE "payment_batches" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_by" UUID,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "downloads" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payment_batches_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_batch_lines" (
    "batch_id" BIGINT NOT NULL,
    "line_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "payment_batch_lines_pkey" PRIMARY KEY ("batch_id","line_id")
);

CREATE UNIQUE INDEX "payment_batches_disbursement_id_no_key" ON "payment_batches"("disbursement_id", "no");
CREATE INDEX "payment_batches_made_by_idx" ON "payment_batches"("made_by");
CREATE INDEX "payment_batches_cancelled_by_idx" ON "payment_batches"("cancelled_by");
CREATE INDEX "payment_batch_lines_line_id_idx" ON "payment_batch_lines"("line_id");
-- One line is in one open batch, whoever makes another at the same moment.
CREATE UNIQUE INDEX "payment_batch_lines_open_once" ON "payment_batch_lines"("line_id") WHERE "open";

ALTER TABLE "payment_batches" ADD CONSTRAINT "payment_batches_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_batches" ADD CONSTRAINT "payment_batches_cancelled_by_fkey" FOREIGN KEY ("cancelled_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_batches" ADD CONSTRAINT "payment_batches_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "payment_batch_lines" ADD CONSTRAINT "payment_batch_lines_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "payment_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_batch_lines" ADD CONSTRAINT "payment_batch_lines_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "roster_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "payment_batches"
  ADD CONSTRAINT "payment_batches_format_check" CHECK ("format" IN ('CSV', 'XLSX')),
  ADD CONSTRAINT "payment_batches_counts_check" CHECK ("no" > 0 AND "lines" > 0 AND "amount_fen" > 0 AND "downloads" >= 0),
  ADD CONSTRAINT "payment_batches_sha256_check" CHECK (octet_length("sha256") = 32),
  ADD CONSTRAINT "payment_batches_cancelled_check" CHECK (("cancelled_at" IS NULL) = ("cancelled_by" IS NULL)
    AND ("cancelled_at" IS NULL) = ("cancel_reason" IS NULL) AND "cancel_reason" <> '');
