CREATE TABLE "imports" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "programme_id" INTEGER,
    "created_by" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_bytes" INTEGER NOT NULL,
    "file_sha256" CHAR(64) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'READING',
    "job_id" BIGINT,
    "mapping" JSONB,
    "reading" JSONB,
    "refusal" JSONB,
    "good_rows_only" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committed_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "import_files" (
    "import_id" BIGINT NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "import_files_pkey" PRIMARY KEY ("import_id")
);
CREATE TABLE "import_lines" (
    "import_id" BIGINT NOT NULL,
    "row" INTEGER NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "cells" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "fields" JSONB,
    "reading" CHAR(64),
    "nth" INTEGER,
    "of_import" BIGINT,
    "of_row" INTEGER,
    "disbursement_id" BIGINT,

    CONSTRAINT "import_lines_pkey" PRIMARY KEY ("import_id","row")
);
CREATE TABLE "import_mappings" (
    "organisation_id" INTEGER NOT NULL,
    "headers" CHAR(64) NOT NULL,
    "mapping" JSONB NOT NULL,
    "kept_by" UUID NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mappings_pkey" PRIMARY KEY ("organisation_id","headers")
);

CREATE INDEX "imports_organisation_id_id_idx" ON "imports"("organisation_id", "id" DESC);
CREATE INDEX "import_lines_disbursement_id_idx" ON "import_lines"("disbursement_id");

ALTER TABLE "imports" ADD CONSTRAINT "imports_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "imports" ADD CONSTRAINT "imports_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "imports" ADD CONSTRAINT "imports_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "imports" ADD CONSTRAINT "imports_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_kept_by_fkey" FOREIGN KEY ("kept_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE imports
  ADD CONSTRAINT import_status CHECK (status IN ('READING', 'PREVIEW', 'COMMITTING', 'COMMITTED', 'UNDONE', 'REFUSED')),
  ADD CONSTRAINT import_file CHECK (length(file_name) BETWEEN 1 AND 200 AND file_bytes BETWEEN 0 AND 20971520
    AND file_sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT import_refused CHECK ((status = 'REFUSED') = (refusal IS NOT NULL)),
  ADD CONSTRAINT import_found CHECK (status NOT IN ('PREVIEW', 'COMMITTING', 'COMMITTED', 'UNDONE') OR reading IS NOT NULL),
  ADD CONSTRAINT import_dated CHECK ((committed_at IS NOT NULL) = (status IN ('COMMITTED', 'UNDONE'))
    AND (undone_at IS NOT NULL) = (status = 'UNDONE'));
ALTER TABLE import_files ADD CONSTRAINT import_file_size CHECK (octet_length(content) <= 20971520);
-- What is in, or was, names its record; what waits to go in says what it will be and how it is known again.
ALTER TABLE import_lines
  ADD CONSTRAINT line_status CHECK (status IN ('GOOD', 'BAD', 'KNOWN', 'IN', 'UNDONE')),
  ADD CONSTRAINT line_recorded CHECK ((disbursement_id IS NOT NULL) = (status IN ('IN', 'UNDONE'))),
  ADD CONSTRAINT line_read CHECK (status = 'BAD' OR (fields IS NOT NULL AND reading IS NOT NULL AND nth >= 1)),
  ADD CONSTRAINT line_explained CHECK (status <> 'BAD' OR jsonb_array_length(problems) > 0),
  ADD CONSTRAINT line_returned CHECK ((of_import IS NULL) = (of_row IS NULL));

-- The same row is in once: by what it says and the how-manieth it is, or by the number it was given back with.
CREATE UNIQUE INDEX import_lines_in_once ON import_lines (reading, nth) WHERE status = 'IN';
CREATE UNIQUE INDEX import_lines_returned_once ON import_lines (of_import, of_row) WHERE status = 'IN';
CREATE UNIQUE INDEX import_lines_one_record ON import_lines (disbursement_id) WHERE disbursement_id IS NOT NULL;

ALTER TABLE jobs
  DROP CONSTRAINT kind_known,
  ADD CONSTRAINT kind_known CHECK (kind IN ('INVARIANTS', 'PURGE', 'CHECKPOINT', 'IMPORT'));
