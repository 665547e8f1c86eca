-- 凭证包: the evidence of a year and a subtree, or of a sample of its vouchers, as one archive. It lies in the store like
-- any file of evidence, sealed by a key of its own, and goes after a while; what it was stays.

CREATE TABLE "evidence_packs" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "year" SMALLINT NOT NULL,
    "sample_size" INTEGER,
    "seed" TEXT,
    "asked_by" UUID NOT NULL,
    "job_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sealed_at" TIMESTAMPTZ(3),
    "vouchers" INTEGER,
    "files" INTEGER,
    "bytes" BIGINT,
    "sha256" TEXT,
    "object_id" UUID,
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_packs_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "evidence_packs_organisation_id_year_id_idx" ON "evidence_packs"("organisation_id", "year", "id" DESC);
CREATE INDEX "evidence_packs_asked_by_id_idx" ON "evidence_packs"("asked_by", "id" DESC);
CREATE UNIQUE INDEX "evidence_packs_object_id_key" ON "evidence_packs"("object_id");

ALTER TABLE "evidence_packs" ADD CONSTRAINT "evidence_packs_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "evidence_packs" ADD CONSTRAINT "evidence_packs_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "evidence_packs"
  ADD CONSTRAINT "evidence_packs_year_check" CHECK ("year" BETWEEN 2000 AND 2100),
  ADD CONSTRAINT "evidence_packs_sample_check" CHECK (("sample_size" IS NULL) = ("seed" IS NULL) AND ("sample_size" IS NULL OR "sample_size" BETWEEN 1 AND 500 AND "seed" ~ '^[0-9A-Za-z-]{1,40}$')),
  ADD CONSTRAINT "evidence_packs_sealed_check" CHECK (num_nonnulls("sealed_at", "vouchers", "files", "bytes", "sha256", "object_id") IN (0, 6)),
  ADD CONSTRAINT "evidence_packs_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "evidence_packs_dropped_check" CHECK ("dropped_at" IS NULL OR "sealed_at" IS NOT NULL);

ALTER TABLE "jobs" DROP CONSTRAINT "kind_known";
ALTER TABLE "jobs" ADD CONSTRAINT "kind_known" CHECK ("kind" IN ('INVARIANTS', 'IMPORT', 'PACK', 'PURGE', 'CHECKPOINT', 'KEYS', 'OBJECTS', 'EVIDENCE'));
