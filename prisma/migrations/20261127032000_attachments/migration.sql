-- 凭证: what proves a record. The files lie in a store of their own, sealed each by a key of its own, which stands sealed
-- beside its row (docs/decisions/0042). No file name: people call files after people.

CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "source_sha256" BYTEA NOT NULL,
    "taken_on" DATE,
    "likeness" BIGINT,
    "likeness_version" SMALLINT,
    "invoice_number" TEXT,
    "signatures" INTEGER,
    "late" BOOLEAN NOT NULL,
    "object_key" TEXT NOT NULL,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by" UUID,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- The key of each file, sealed. It goes when the file is removed: what is left of that opens for nobody.
CREATE TABLE "file_keys" (
    "id" UUID NOT NULL,
    "file_key" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "file_keys_pkey" PRIMARY KEY ("id")
);

-- What the nightly look at the store found, file by file: when it was last read back, and what was wrong with it.
CREATE TABLE "attachment_checks" (
    "attachment_id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "fault" TEXT,

    CONSTRAINT "attachment_checks_pkey" PRIMARY KEY ("attachment_id")
);

-- Files in the store that no row knows of, a day after they were written. Named, and never removed by themselves.
CREATE TABLE "stray_objects" (
    "object_key" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stray_objects_pkey" PRIMARY KEY ("object_key")
);

CREATE UNIQUE INDEX "attachments_disbursement_id_no_key" ON "attachments"("disbursement_id", "no");
CREATE UNIQUE INDEX "attachments_object_key_key" ON "attachments"("object_key");
CREATE INDEX "attachments_sha256_idx" ON "attachments"("sha256");
CREATE INDEX "attachments_source_sha256_idx" ON "attachments"("source_sha256");
CREATE INDEX "attachments_invoice_number_idx" ON "attachments"("invoice_number");
CREATE INDEX "file_keys_key_id_id_idx" ON "file_keys"("key_id", "id");
CREATE INDEX "attachments_organisation_id_idx" ON "attachments"("organisation_id");

ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_added_by_fkey" FOREIGN KEY ("added_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_removed_by_fkey" FOREIGN KEY ("removed_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "attachment_checks" ADD CONSTRAINT "attachment_checks_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "attachments"
  ADD CONSTRAINT "attachments_kind_check" CHECK ("kind" IN ('SIGN-OFF-SHEET', 'INVOICE', 'PHOTO', 'NOTICE', 'APPROVAL', 'AUTHORISATION')),
  ADD CONSTRAINT "attachments_media_type_check" CHECK ("media_type" IN ('image/jpeg', 'application/pdf')),
  ADD CONSTRAINT "attachments_no_check" CHECK ("no" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "attachments_bytes_check" CHECK ("bytes" > 0),
  ADD CONSTRAINT "attachments_digests_check" CHECK (octet_length("sha256") = 32 AND octet_length("source_sha256") = 32),
  ADD CONSTRAINT "attachments_likeness_check" CHECK (("likeness" IS NULL) = ("likeness_version" IS NULL) AND ("likeness" IS NULL OR "kind" = 'PHOTO')),
  ADD CONSTRAINT "attachments_invoice_number_check" CHECK ("invoice_number" IS NULL OR "kind" = 'INVOICE' AND "invoice_number" ~ '^[0-9]{8,20}$'),
  ADD CONSTRAINT "attachments_signatures_check" CHECK ("signatures" IS NULL OR "kind" = 'SIGN-OFF-SHEET' AND "signatures" BETWEEN 0 AND 10000),
  ADD CONSTRAINT "attachments_object_key_check" CHECK ("object_key" ~ '^ev/[0-9a-f]{2}/[0-9a-f-]{36}$'),
  ADD CONSTRAINT "attachments_removed_check" CHECK (("removed_at" IS NULL) = ("removed_by" IS NULL));
ALTER TABLE "file_keys" ADD CONSTRAINT "file_keys_seal_check" CHECK (
  "key_id" = encode(substring("file_key" FROM 3 FOR 4), 'hex') AND octet_length("file_key") >= 66);
ALTER TABLE "attachment_checks" ADD CONSTRAINT "attachment_checks_fault_check" CHECK ("fault" IN ('missing', 'damaged', 'changed'));

-- Photographs of a place, among which likenesses are looked for.
CREATE INDEX "attachments_photos_idx" ON "attachments" ("organisation_id") INCLUDE ("likeness", "disbursement_id")
  WHERE "likeness" IS NOT NULL AND "removed_at" IS NULL;

-- The look at the store is a job.
ALTER TABLE "jobs" DROP CONSTRAINT "kind_known";
ALTER TABLE "jobs" ADD CONSTRAINT "kind_known" CHECK ("kind" IN ('INVARIANTS', 'IMPORT', 'PACK', 'PURGE', 'CHECKPOINT', 'KEYS', 'OBJECTS'));
