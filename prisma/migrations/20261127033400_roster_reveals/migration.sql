-- Who saw what of whom as it was typed, and why: an answer that somebody was given.

CREATE TABLE "roster_reveals" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "fields" TEXT[],
    "lines" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_reveals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "roster_reveal_lines" (
    "reveal_id" BIGINT NOT NULL,
    "line_id" UUID NOT NULL,

    CONSTRAINT "roster_reveal_lines_pkey" PRIMARY KEY ("reveal_id","line_id")
);

CREATE INDEX "roster_reveals_user_id_at_idx" ON "roster_reveals"("user_id", "at");
CREATE INDEX "roster_reveals_at_idx" ON "roster_reveals"("at");

ALTER TABLE "roster_reveals" ADD CONSTRAINT "roster_reveals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "roster_reveals" ADD CONSTRAINT "roster_reveals_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "roster_reveal_lines" ADD CONSTRAINT "roster_reveal_lines_reveal_id_fkey" FOREIGN KEY ("reveal_id") REFERENCES "roster_reveals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "roster_reveals"
  ADD CONSTRAINT "roster_reveals_reason_check" CHECK ("reason" IN ('RETURNED', 'DUPLICATE', 'COMPLAINT', 'AUDIT', 'VISIT', 'REQUEST', 'OTHER')),
  ADD CONSTRAINT "roster_reveals_words_check" CHECK ("words" <> '' AND "words" !~ '[0-9]{11}'),
  ADD CONSTRAINT "roster_reveals_fields_check" CHECK (cardinality("fields") > 0 AND "fields" <@ ARRAY['name', 'idNumber', 'phone', 'payee', 'account', 'note', 'bankWords']),
  ADD CONSTRAINT "roster_reveals_lines_check" CHECK ("lines" > 0);
