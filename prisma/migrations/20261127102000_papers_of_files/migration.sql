-- Papers of a household file (docs/decisions/0042): the same files as those beside a record, with another owner. One of
-- the two owns each.
ALTER TABLE "attachments" ALTER COLUMN "disbursement_id" DROP NOT NULL,
  ADD COLUMN "household_id" UUID,
  ADD COLUMN "event_no" INTEGER,
  ADD COLUMN "forgotten_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "attachments_household_id_no_key" ON "attachments"("household_id", "no");
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organisation_id_household_id_fkey" FOREIGN KEY ("organisation_id", "household_id") REFERENCES "households"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "attachments" DROP CONSTRAINT "attachments_kind_check",
  ADD CONSTRAINT "attachments_owner_check" CHECK (num_nonnulls("disbursement_id", "household_id") = 1),
  ADD CONSTRAINT "attachments_kind_check" CHECK (CASE WHEN "household_id" IS NULL
    THEN "kind" IN ('SIGN-OFF-SHEET', 'INVOICE', 'PHOTO', 'NOTICE', 'APPROVAL', 'AUTHORISATION')
    ELSE "kind" IN ('AUTHORISATION', 'FILE-FORM', 'APPLICATION', 'IDENTITY', 'REGISTER', 'HARDSHIP', 'INCOME', 'MEDICAL', 'MEMBERSHIP',
      'BANK-CARD', 'NOTICE', 'OTHER') END),
  -- the consent that a signed authorisation is of: its day and until when it holds stand there
  ADD CONSTRAINT "attachments_event_no_check" CHECK (("event_no" IS NOT NULL) = ("household_id" IS NOT NULL AND "kind" = 'AUTHORISATION')),
  ADD CONSTRAINT "attachments_forgotten_check" CHECK ("forgotten_at" IS NULL OR "household_id" IS NOT NULL),
  ADD CONSTRAINT "attachments_of_file_check" CHECK ("household_id" IS NULL OR NOT "late" AND "likeness" IS NULL);

ALTER TABLE "household_reveals" DROP CONSTRAINT "household_reveals_fields_check",
  ADD CONSTRAINT "household_reveals_fields_check" CHECK (cardinality("fields") > 0
    AND "fields" <@ ARRAY['name', 'idNumber', 'born', 'phone', 'health', 'workplace', 'address', 'notes', 'papers']);
