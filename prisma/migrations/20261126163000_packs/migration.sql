CREATE TABLE "packs" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "year" SMALLINT NOT NULL,
    "root_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "definition" INTEGER NOT NULL,
    "locale" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "of_pack" BIGINT,
    "asked_by" UUID NOT NULL,
    "job_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sealed_at" TIMESTAMPTZ(3),
    "manifest_sha256" CHAR(64),

    CONSTRAINT "packs_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "pack_files" (
    "pack_id" BIGINT NOT NULL,
    "no" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT,
    "sha256" CHAR(64),

    CONSTRAINT "pack_files_pkey" PRIMARY KEY ("pack_id","no")
);
CREATE TABLE "pack_chunks" (
    "pack_id" BIGINT NOT NULL,
    "no" SMALLINT NOT NULL,
    "part" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "pack_chunks_pkey" PRIMARY KEY ("pack_id","no","part")
);

CREATE INDEX "packs_organisation_id_year_id_idx" ON "packs"("organisation_id", "year", "id" DESC);
CREATE INDEX "packs_asked_by_id_idx" ON "packs"("asked_by", "id" DESC);
CREATE UNIQUE INDEX "pack_files_pack_id_name_key" ON "pack_files"("pack_id", "name");

ALTER TABLE "packs" ADD CONSTRAINT "packs_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "packs" ADD CONSTRAINT "packs_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "packs" ADD CONSTRAINT "packs_of_pack_fkey" FOREIGN KEY ("of_pack") REFERENCES "packs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pack_files" ADD CONSTRAINT "pack_files_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "packs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pack_chunks" ADD CONSTRAINT "pack_chunks_pack_id_no_fkey" FOREIGN KEY ("pack_id", "no") REFERENCES "pack_files"("pack_id", "no") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE packs
  ADD CONSTRAINT pack_language CHECK (locale IN ('zh-CN', 'en') AND unit IN ('yuan', 'wan')),
  ADD CONSTRAINT pack_stamp CHECK (seq >= 0 AND definition >= 1),
  ADD CONSTRAINT pack_sealed CHECK ((sealed_at IS NULL) = (manifest_sha256 IS NULL)
    AND manifest_sha256 ~ '^[0-9a-f]{64}$');
ALTER TABLE pack_files
  ADD CONSTRAINT pack_file_name CHECK (name ~ '^[a-z][a-z0-9.-]{1,60}$'),
  ADD CONSTRAINT pack_file_whole CHECK ((bytes IS NULL) = (sha256 IS NULL) AND bytes >= 0 AND sha256 ~ '^[0-9a-f]{64}$');
ALTER TABLE pack_chunks
  ADD CONSTRAINT pack_chunk_size CHECK (part >= 0 AND octet_length(content) BETWEEN 1 AND 4194304);

ALTER TABLE jobs
  DROP CONSTRAINT kind_known,
  ADD CONSTRAINT kind_known CHECK (kind IN ('INVARIANTS', 'PURGE', 'CHECKPOINT', 'IMPORT', 'PACK'));
