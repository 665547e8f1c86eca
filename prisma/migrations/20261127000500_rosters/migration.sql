-- Rosters: who a disbursement is for. What is of a person is sealed by the application before it comes here; amounts
-- and counts stand open, so that they add up without a key (docs/decisions/0040).

CREATE TABLE "roster_lines" (
    "id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "name" BYTEA NOT NULL,
    "id_kind" TEXT,
    "id_number" BYTEA,
    "phone" BYTEA,
    "payee" BYTEA,
    "account" BYTEA,
    "note" BYTEA,
    "amount_fen" BIGINT,
    "packs" INTEGER,
    "persons" INTEGER NOT NULL,
    "households" INTEGER,
    "commitment" BYTEA NOT NULL,
    "nonce" BYTEA NOT NULL,
    "identity_id" UUID,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "roster_lines_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_keys" (
    "digest" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "identity_id" UUID NOT NULL,

    CONSTRAINT "person_keys_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "aid_claims" (
    "identity_id" UUID NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "period_key" TEXT NOT NULL,
    "case_id" BIGINT NOT NULL,

    CONSTRAINT "aid_claims_pkey" PRIMARY KEY ("identity_id","programme_id","period_key")
);

CREATE TABLE "claim_periods" (
    "programme" TEXT NOT NULL,
    "period" TEXT NOT NULL,

    CONSTRAINT "claim_periods_pkey" PRIMARY KEY ("programme")
);

CREATE TABLE "claim_refusals" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_refusals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sealing_keys" (
    "use" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "check_value" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "sealing_keys_pkey" PRIMARY KEY ("use","key_id")
);

CREATE UNIQUE INDEX "roster_lines_disbursement_id_no_key" ON "roster_lines"("disbursement_id", "no");
CREATE INDEX "roster_lines_identity_id_idx" ON "roster_lines"("identity_id");
CREATE INDEX "roster_lines_key_id_id_idx" ON "roster_lines"("key_id", "id");
CREATE INDEX "person_keys_identity_id_idx" ON "person_keys"("identity_id");
CREATE INDEX "person_keys_key_id_idx" ON "person_keys"("key_id");
CREATE INDEX "aid_claims_case_id_idx" ON "aid_claims"("case_id");
CREATE INDEX "claim_refusals_user_id_at_idx" ON "claim_refusals"("user_id", "at");

ALTER TABLE "roster_lines" ADD CONSTRAINT "roster_lines_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "aid_claims" ADD CONSTRAINT "aid_claims_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "claim_refusals" ADD CONSTRAINT "claim_refusals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "claim_refusals" ADD CONSTRAINT "claim_refusals_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What one row may say by itself. A seal is never shorter than its head, one step of text and its tag, and says of
-- itself by which key it was made: a line is sealed by one.
ALTER TABLE "roster_lines"
  ADD CONSTRAINT "roster_lines_no_check" CHECK ("no" BETWEEN 1 AND 10000),
  ADD CONSTRAINT "roster_lines_id_kind_check" CHECK ("id_kind" IN ('RESIDENT', 'HMT-PERMIT', 'FOREIGN-PERMANENT', 'PASSPORT', 'OTHER')),
  ADD CONSTRAINT "roster_lines_document_check" CHECK (("id_kind" IS NULL) = ("id_number" IS NULL) AND ("identity_id" IS NULL) = ("id_number" IS NULL)),
  ADD CONSTRAINT "roster_lines_counts_check" CHECK ("amount_fen" >= 0 AND "packs" >= 0 AND "persons" >= 0 AND "households" >= 0),
  ADD CONSTRAINT "roster_lines_commitment_check" CHECK (octet_length("commitment") = 32),
  ADD CONSTRAINT "roster_lines_seals_check" CHECK (
    "key_id" = encode(substring("name" FROM 3 FOR 4), 'hex') AND octet_length("name") >= 66
    AND "key_id" = encode(substring("nonce" FROM 3 FOR 4), 'hex') AND octet_length("nonce") >= 66
    AND ("id_number" IS NULL OR "key_id" = encode(substring("id_number" FROM 3 FOR 4), 'hex') AND octet_length("id_number") >= 66)
    AND ("phone" IS NULL OR "key_id" = encode(substring("phone" FROM 3 FOR 4), 'hex') AND octet_length("phone") >= 66)
    AND ("payee" IS NULL OR "key_id" = encode(substring("payee" FROM 3 FOR 4), 'hex') AND octet_length("payee") >= 66)
    AND ("account" IS NULL OR "key_id" = encode(substring("account" FROM 3 FOR 4), 'hex') AND octet_length("account") >= 66)
    AND ("note" IS NULL OR "key_id" = encode(substring("note" FROM 3 FOR 4), 'hex') AND octet_length("note") >= 66));
ALTER TABLE "person_keys" ADD CONSTRAINT "person_keys_digest_check" CHECK (octet_length("digest") = 32);
ALTER TABLE "claim_periods" ADD CONSTRAINT "claim_periods_period_check" CHECK ("period" IN ('YEAR', 'MONTH', 'NONE'));
ALTER TABLE "claim_refusals" ADD CONSTRAINT "claim_refusals_lines_check" CHECK ("lines" > 0);
ALTER TABLE "sealing_keys"
  ADD CONSTRAINT "sealing_keys_use_check" CHECK ("use" IN ('FIELD', 'INDEX')),
  ADD CONSTRAINT "sealing_keys_key_id_check" CHECK ("key_id" ~ '^[0-9a-f]{8}$'),
  ADD CONSTRAINT "sealing_keys_check_value_check" CHECK (octet_length("check_value") = 32);

-- Breakfasts are settled by the month. A household in hardship has aid for its living, its heating and its illness in
-- one year and one programme; visits through the year, job fairs and mutual aid are not once a year either.
INSERT INTO "claim_periods" ("programme", "period") VALUES
  ('love-breakfast', 'MONTH'), ('needy-worker-aid', 'NONE'), ('condolence-visits', 'NONE'),
  ('mutual-medical-aid', 'NONE'), ('spring-jobs', 'NONE');

-- The job that changes keys.
ALTER TABLE "jobs" DROP CONSTRAINT "kind_known";
ALTER TABLE "jobs" ADD CONSTRAINT "kind_known" CHECK ("kind" IN ('INVARIANTS', 'IMPORT', 'PACK', 'PURGE', 'CHECKPOINT', 'KEYS'));
