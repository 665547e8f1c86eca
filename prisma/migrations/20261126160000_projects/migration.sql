-- Projects (项目): declared, approved from above, paid by allotments that name them. The new column of an allotment is
-- empty in what stands already, so that no digest of it changes.

-- CreateTable
CREATE TABLE "projects" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "programme_ids" INTEGER[],
    "purpose" TEXT,
    "declared_fen" BIGINT,
    "declared_on" DATE,
    "approved_fen" BIGINT,
    "approval_document" TEXT,
    "approved_on" DATE,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "close_note" TEXT,
    "voided_by" UUID,
    "voided_at" TIMESTAMPTZ(3),
    "void_reason" TEXT,
    "status" TEXT NOT NULL DEFAULT 'DECLARED',
    "origin" TEXT NOT NULL DEFAULT 'ENTERED',
    "source_ref" TEXT,
    "source_citation" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "allotments" ADD COLUMN     "project_id" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "projects_source_ref_key" ON "projects"("source_ref");

-- CreateIndex
CREATE INDEX "projects_organisation_id_fiscal_year_idx" ON "projects"("organisation_id", "fiscal_year");

-- CreateIndex
CREATE INDEX "allotments_project_id_idx" ON "allotments"("project_id");

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_fiscal_year_fkey" FOREIGN KEY ("fiscal_year") REFERENCES "years"("year") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_fund_source_id_fkey" FOREIGN KEY ("fund_source_id") REFERENCES "fund_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE projects
  ADD CONSTRAINT projects_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE RESTRICT,
  ADD CONSTRAINT projects_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES users (id) ON DELETE RESTRICT,
  ADD CONSTRAINT projects_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES users (id) ON DELETE RESTRICT,
  ADD CONSTRAINT projects_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES users (id) ON DELETE RESTRICT,
  ADD CONSTRAINT project_status_known CHECK (status IN ('DECLARED', 'APPROVED', 'CLOSED', 'VOIDED')),
  ADD CONSTRAINT project_origin_known CHECK (origin IN ('ENTERED', 'PUBLISHED', 'DEMO')),
  ADD CONSTRAINT project_amounts_positive CHECK (declared_fen > 0 AND approved_fen > 0),
  -- a publication may leave an amount out; whoever declares or approves says one
  ADD CONSTRAINT project_declared_known CHECK (declared_fen IS NOT NULL OR origin = 'PUBLISHED'),
  ADD CONSTRAINT project_approved_whole CHECK (CASE
    WHEN approved_by IS NULL THEN num_nonnulls(approved_at, approved_fen, approval_document, approved_on) = 0
      AND status IN ('DECLARED', 'VOIDED')
    ELSE approved_at IS NOT NULL AND status <> 'DECLARED'
      AND (origin = 'PUBLISHED' OR approved_fen IS NOT NULL AND approval_document IS NOT NULL) END),
  ADD CONSTRAINT project_another_approves CHECK (approved_by <> created_by),
  ADD CONSTRAINT project_closed_whole CHECK ((closed_by IS NULL) = (closed_at IS NULL) AND (closed_at IS NOT NULL) = (status = 'CLOSED')),
  ADD CONSTRAINT project_voided_whole CHECK (num_nulls(voided_by, voided_at, void_reason) = CASE status WHEN 'VOIDED' THEN 0 ELSE 3 END),
  ADD CONSTRAINT project_words CHECK (length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]' AND length(number) <= 60
    AND length(purpose) <= 500 AND length(approval_document) <= 100 AND length(close_note) <= 500 AND length(void_reason) <= 500);
CREATE UNIQUE INDEX projects_number_idx ON projects (organisation_id, fiscal_year, number) WHERE status <> 'VOIDED';
