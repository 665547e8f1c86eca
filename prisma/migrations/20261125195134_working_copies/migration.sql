CREATE TABLE "working_copies" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "subject_id" BIGINT,
    "base_version" INTEGER,
    "body" JSONB NOT NULL,
    "edits" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "working_copies_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "working_copies_owner_id_updated_at_idx" ON "working_copies"("owner_id", "updated_at" DESC);
CREATE INDEX "working_copies_subject_id_idx" ON "working_copies"("subject_id");

ALTER TABLE "working_copies" ADD CONSTRAINT "working_copies_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "working_copies" ADD CONSTRAINT "working_copies_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "disbursements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE working_copies
  ADD CONSTRAINT copy_kind CHECK (kind IN ('DISBURSEMENT')),
  ADD CONSTRAINT copy_title CHECK (length(title) <= 200),
  ADD CONSTRAINT copy_size CHECK (octet_length(body::text) <= 262144),
  ADD CONSTRAINT copy_base CHECK ((subject_id IS NULL) = (base_version IS NULL)),
  ADD CONSTRAINT copy_counted CHECK (edits >= 0 AND version >= 1);
