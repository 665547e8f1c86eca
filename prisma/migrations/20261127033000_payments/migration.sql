-- What became of the money of each line of an approved roster: 待付 → 已付 → 退票 → 补发. Only ever added to; what a
-- bank said in its own words is sealed (docs/decisions/0043).

CREATE TABLE "payment_postings" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "told_on" DATE NOT NULL,
    "digest" BYTEA,
    "posted_by" UUID NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_postings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_results" (
    "id" UUID NOT NULL,
    "posting_id" BIGINT NOT NULL,
    "line_id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "payment_results_pkey" PRIMARY KEY ("id")
);

-- The bank's own words of a result, for whom there are any: they may name anybody.
CREATE TABLE "payment_words" (
    "id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "words" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "payment_words_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "payment_postings_disbursement_id_digest_key" ON "payment_postings"("disbursement_id", "digest");
CREATE INDEX "payment_postings_posted_by_idx" ON "payment_postings"("posted_by");
CREATE UNIQUE INDEX "payment_results_line_id_no_key" ON "payment_results"("line_id", "no");
CREATE INDEX "payment_results_posting_id_idx" ON "payment_results"("posting_id");
CREATE INDEX "payment_results_disbursement_id_idx" ON "payment_results"("disbursement_id");
CREATE INDEX "payment_words_key_id_id_idx" ON "payment_words"("key_id", "id");
-- 补发 is once a line, whoever asks at the same moment.
CREATE UNIQUE INDEX "payment_results_reissued_once" ON "payment_results"("line_id") WHERE "state" = 'REISSUED';

ALTER TABLE "payment_postings" ADD CONSTRAINT "payment_postings_posted_by_fkey" FOREIGN KEY ("posted_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_postings" ADD CONSTRAINT "payment_postings_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "payment_results" ADD CONSTRAINT "payment_results_posting_id_fkey" FOREIGN KEY ("posting_id") REFERENCES "payment_postings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_results" ADD CONSTRAINT "payment_results_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "roster_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_words" ADD CONSTRAINT "payment_words_id_fkey" FOREIGN KEY ("id") REFERENCES "payment_results"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "payment_postings"
  ADD CONSTRAINT "payment_postings_kind_check" CHECK ("kind" IN ('RETURN', 'REISSUE')),
  ADD CONSTRAINT "payment_postings_digest_check" CHECK (("digest" IS NULL) = ("kind" = 'REISSUE') AND octet_length("digest") = 32);
ALTER TABLE "payment_results"
  ADD CONSTRAINT "payment_results_no_check" CHECK ("no" BETWEEN 1 AND 5),
  ADD CONSTRAINT "payment_results_state_check" CHECK ("state" IN ('PAID', 'RETURNED', 'REISSUED')),
  ADD CONSTRAINT "payment_results_reason_check" CHECK (("reason" IS NULL) = ("state" <> 'RETURNED') AND "reason" IN
    ('NO-ACCOUNT', 'NAME-MISMATCH', 'FROZEN', 'LOST', 'CLOSED', 'STOPPED', 'DORMANT', 'LIMIT', 'SENDER', 'OTHER'));
ALTER TABLE "payment_words"
  ADD CONSTRAINT "payment_words_seals_check" CHECK ("key_id" = encode(substring("words" FROM 3 FOR 4), 'hex') AND octet_length("words") >= 66);
