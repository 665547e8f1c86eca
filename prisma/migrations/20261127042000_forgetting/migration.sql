-- Forgetting, limiting, and how long what is of a person is kept (docs/decisions/0046). What was emptied keeps its row,
-- its amounts and what it committed to; nothing sealed, no digest and nobody's identity.

ALTER TABLE "roster_lines" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3),
  ALTER COLUMN "name" DROP NOT NULL, ALTER COLUMN "nonce" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL;
ALTER TABLE "households" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3), ADD COLUMN "limited_at" TIMESTAMPTZ(3),
  ALTER COLUMN "nonce" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL;
ALTER TABLE "household_members" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3),
  ALTER COLUMN "name" DROP NOT NULL, ALTER COLUMN "nonce" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL,
  ALTER COLUMN "name_digest" DROP NOT NULL, ALTER COLUMN "index_key_id" DROP NOT NULL;
ALTER TABLE "household_events" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3),
  ALTER COLUMN "nonce" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL;
ALTER TABLE "payment_words" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3),
  ALTER COLUMN "words" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL;
ALTER TABLE "notice_words" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3),
  ALTER COLUMN "words" DROP NOT NULL, ALTER COLUMN "key_id" DROP NOT NULL;

-- What stands is sealed whole; what was forgotten has nothing left.
ALTER TABLE "roster_lines" ADD CONSTRAINT "roster_lines_forgotten_check" CHECK (CASE WHEN "forgotten_at" IS NULL
  THEN num_nulls("name", "nonce", "key_id") = 0
  ELSE num_nonnulls("name", "id_kind", "id_number", "phone", "payee", "account", "note", "nonce", "key_id", "identity_id") = 0 END);
ALTER TABLE "households" ADD CONSTRAINT "households_forgotten_check" CHECK (CASE WHEN "forgotten_at" IS NULL
  THEN num_nulls("nonce", "key_id") = 0 ELSE num_nonnulls("address", "nonce", "key_id") = 0 AND "status" IN ('LIFTED', 'CLOSED') END);
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_forgotten_check" CHECK (CASE WHEN "forgotten_at" IS NULL
  THEN num_nulls("name", "nonce", "key_id", "name_digest", "index_key_id") = 0
  ELSE num_nonnulls("name", "id_kind", "id_number", "born", "sex", "phone", "health", "workplace", "nonce", "key_id",
    "name_digest", "index_key_id", "identity_id") = 0 END);
ALTER TABLE "household_events" ADD CONSTRAINT "household_events_forgotten_check" CHECK (CASE WHEN "forgotten_at" IS NULL
  THEN num_nulls("nonce", "key_id") = 0 ELSE num_nonnulls("visitors", "note", "nonce", "key_id") = 0 END);
ALTER TABLE "payment_words" ADD CONSTRAINT "payment_words_forgotten_check" CHECK (
  num_nonnulls("words", "key_id") = CASE WHEN "forgotten_at" IS NULL THEN 2 ELSE 0 END);
ALTER TABLE "notice_words" ADD CONSTRAINT "notice_words_forgotten_check" CHECK (
  num_nonnulls("words", "key_id") = CASE WHEN "forgotten_at" IS NULL THEN 2 ELSE 0 END);

-- A look behind the mask is counted for good; at what, and in which words, is kept for some years.
ALTER TABLE "roster_reveals" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3), ALTER COLUMN "words" DROP NOT NULL,
  ADD CONSTRAINT "roster_reveals_forgotten_check" CHECK (("forgotten_at" IS NULL) = ("words" IS NOT NULL));
ALTER TABLE "household_reveals" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3), ALTER COLUMN "household_id" DROP NOT NULL,
  ADD CONSTRAINT "household_reveals_forgotten_check" CHECK (("forgotten_at" IS NULL) = ("household_id" IS NOT NULL));

CREATE INDEX "roster_lines_kept" ON "roster_lines"("disbursement_id") WHERE "forgotten_at" IS NULL;
CREATE INDEX "households_kept" ON "households"("id") WHERE "forgotten_at" IS NULL AND "status" IN ('LIFTED', 'CLOSED');
CREATE INDEX "household_reveals_at_idx" ON "household_reveals"("at");

-- For how many years each kind is kept, from its end on.
CREATE TABLE "retention_rules" (
    "kind" TEXT NOT NULL,
    "years" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "retention_rules_pkey" PRIMARY KEY ("kind")
);
ALTER TABLE "retention_rules"
  ADD CONSTRAINT "retention_rules_kind_check" CHECK ("kind" IN ('HOUSEHOLDS_CLOSED', 'HOUSEHOLDS_LIFTED', 'ROSTER_LINES', 'BANK_WORDS', 'OBJECTIONS', 'REVEALS')),
  -- who looked at what is kept for three years at least (个人信息保护法, 第五十六条)
  ADD CONSTRAINT "retention_rules_years_check" CHECK ("years" BETWEEN CASE "kind" WHEN 'REVEALS' THEN 3 ELSE 1 END AND 50);
INSERT INTO "retention_rules" ("kind", "years") VALUES
  ('HOUSEHOLDS_CLOSED', 5), ('HOUSEHOLDS_LIFTED', 10), ('ROSTER_LINES', 10), ('BANK_WORDS', 3), ('OBJECTIONS', 3), ('REVEALS', 3);

-- What a person may ask for: one asks on their behalf, another confirms.
CREATE TABLE "rights_requests" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "household_id" UUID,
    "disbursement_id" BIGINT,
    "line_no" INTEGER,
    "code" TEXT,
    "reason" TEXT NOT NULL,
    "asked_on" DATE NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decision" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "rows" INTEGER,

    CONSTRAINT "rights_requests_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "rights_requests_organisation_id_id_idx" ON "rights_requests"("organisation_id", "id");
CREATE INDEX "rights_requests_requested_by_idx" ON "rights_requests"("requested_by");
CREATE INDEX "rights_requests_decided_by_idx" ON "rights_requests"("decided_by");
CREATE INDEX "rights_requests_household_id_idx" ON "rights_requests"("household_id");
CREATE INDEX "rights_requests_disbursement_id_idx" ON "rights_requests"("disbursement_id");
CREATE UNIQUE INDEX "rights_requests_one_waits" ON "rights_requests"("household_id", "disbursement_id", "line_no") NULLS NOT DISTINCT WHERE "decision" IS NULL;
ALTER TABLE "rights_requests" ADD CONSTRAINT "rights_requests_organisation_id_household_id_fkey" FOREIGN KEY ("organisation_id", "household_id") REFERENCES "households"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "rights_requests" ADD CONSTRAINT "rights_requests_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "rights_requests" ADD CONSTRAINT "rights_requests_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "rights_requests" ADD CONSTRAINT "rights_requests_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "rights_requests" ADD CONSTRAINT "rights_requests_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "rights_requests"
  ADD CONSTRAINT "rights_requests_kind_check" CHECK ("kind" IN ('FORGET', 'LIMIT', 'LIFT')),
  ADD CONSTRAINT "rights_requests_subject_check" CHECK (("household_id" IS NULL) = ("disbursement_id" IS NOT NULL)
    AND ("disbursement_id" IS NULL) = ("line_no" IS NULL) AND ("code" IS NULL) = ("household_id" IS NULL) AND ("kind" = 'FORGET' OR "household_id" IS NOT NULL)),
  ADD CONSTRAINT "rights_requests_reason_check" CHECK ("reason" IN ('PURPOSE_ENDED', 'CONSENT_WITHDRAWN', 'UNLAWFUL', 'DISPUTED', 'RESOLVED', 'OTHER')),
  ADD CONSTRAINT "rights_requests_decision_check" CHECK (("decision" IN ('CONFIRMED', 'DECLINED', 'WITHDRAWN')) IS NOT FALSE
    AND ("decision" IS NULL) = ("decided_by" IS NULL) AND ("decision" IS NULL) = ("decided_at" IS NULL)
    AND ("rows" IS NULL OR "decision" = 'CONFIRMED'));

ALTER TABLE "jobs" DROP CONSTRAINT "kind_known";
ALTER TABLE "jobs" ADD CONSTRAINT "kind_known" CHECK ("kind" IN ('INVARIANTS', 'IMPORT', 'PACK', 'PURGE', 'CHECKPOINT', 'KEYS', 'OBJECTS', 'EVIDENCE', 'RETENTION'));
