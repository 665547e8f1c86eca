-- The tables. What acts on them (functions, triggers, views, policies, grants) stands in prisma/sql and is
-- laid anew whenever it changed; here are columns, keys, indexes, and what one row may say by itself.

-- CreateTable
CREATE TABLE "audit_entries" (
    "root_id" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "organisation_id" INTEGER,
    "body" TEXT NOT NULL,
    "state_digest" CHAR(64),
    "prev_hash" CHAR(64) NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("root_id","position")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "disbursement_id" BIGINT NOT NULL,
    "root_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("disbursement_id")
);

-- CreateTable
CREATE TABLE "allotment_entries" (
    "allotment_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "root_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,

    CONSTRAINT "allotment_entries_pkey" PRIMARY KEY ("allotment_id","kind")
);

-- CreateTable
CREATE TABLE "record_moves" (
    "disbursement_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "root_id" INTEGER NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "from_status" TEXT,
    "to_status" TEXT,

    CONSTRAINT "record_moves_pkey" PRIMARY KEY ("disbursement_id","seq","fiscal_year","programme_id")
);

-- CreateTable
CREATE TABLE "checkpoints" (
    "id" BIGSERIAL NOT NULL,
    "root_id" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "head" CHAR(64) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "figures" CHAR(64) NOT NULL,
    "occasion" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "checkpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "body_hash" CHAR(64) NOT NULL,
    "status" SMALLINT NOT NULL,
    "response" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "rate_buckets" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_buckets_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "seed_runs" (
    "name" TEXT NOT NULL,
    "seed" TEXT,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seed_runs_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "disbursements" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "prefecture_id" INTEGER NOT NULL DEFAULT 0,
    "county_id" INTEGER,
    "campaign_id" INTEGER,
    "fiscal_year" SMALLINT NOT NULL,
    "paid_on" DATE,
    "period_from" DATE,
    "period_to" DATE,
    "month" SMALLINT NOT NULL DEFAULT 0,
    "ledger_on" DATE NOT NULL DEFAULT '1970-01-01'::date,
    "programme_id" INTEGER NOT NULL,
    "aid_category_id" INTEGER,
    "recipient_kind_id" INTEGER,
    "form" TEXT,
    "amount_fen" BIGINT,
    "amount_kind" TEXT NOT NULL DEFAULT 'EXACT',
    "amount_wording" TEXT,
    "cash_fen" BIGINT,
    "goods_fen" BIGINT,
    "rate_unit_fen" BIGINT,
    "rate_count" INTEGER,
    "rate_times" INTEGER,
    "rate_note" TEXT,
    "households" INTEGER,
    "persons" INTEGER,
    "person_times" INTEGER,
    "packs" INTEGER,
    "employers" INTEGER,
    "sessions" INTEGER,
    "posts" INTEGER,
    "note" TEXT,
    "source_ref" TEXT,
    "source_citation" TEXT,
    "origin" TEXT NOT NULL DEFAULT 'ENTERED',
    "entry_kind" TEXT NOT NULL DEFAULT 'ORIGINAL',
    "status" TEXT NOT NULL DEFAULT 'DRAFT',
    "approvals_needed" SMALLINT NOT NULL DEFAULT 1,
    "approvals_given" SMALLINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "last_edited_by" UUID NOT NULL,
    "submitted_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "disbursements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disbursement_shares" (
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "amount_fen" BIGINT,

    CONSTRAINT "disbursement_shares_pkey" PRIMARY KEY ("disbursement_id","fund_source_id")
);

-- CreateTable
CREATE TABLE "approval_steps" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason_code" TEXT,
    "words" TEXT,
    "round" SMALLINT NOT NULL,

    CONSTRAINT "approval_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_answers" (
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "answer_code" TEXT NOT NULL,
    "words" TEXT,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_answers_pkey" PRIMARY KEY ("disbursement_id","rule")
);

-- CreateTable
CREATE TABLE "adjustments" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "original_id" BIGINT NOT NULL,
    "reversal_id" BIGINT NOT NULL,
    "replacement_id" BIGINT,
    "reason_code" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "adjustments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allotments" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "programme_id" INTEGER,
    "purpose" TEXT,
    "amount_fen" BIGINT NOT NULL,
    "amount_kind" TEXT NOT NULL DEFAULT 'EXACT',
    "amount_wording" TEXT,
    "received_on" DATE,
    "note" TEXT,
    "source_ref" TEXT,
    "source_citation" TEXT,
    "origin" TEXT NOT NULL DEFAULT 'ENTERED',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" UUID,
    "void_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "allotments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "figure_rollups" (
    "fiscal_year" SMALLINT NOT NULL,
    "month" SMALLINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "aid_category_id" INTEGER NOT NULL,
    "recipient_kind_id" INTEGER NOT NULL,
    "form" TEXT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "records" BIGINT NOT NULL,
    "unvalued_records" BIGINT NOT NULL,
    "estimated_records" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "households" BIGINT NOT NULL,
    "persons" BIGINT NOT NULL,
    "person_times" BIGINT NOT NULL,
    "packs" BIGINT NOT NULL,
    "employers" BIGINT NOT NULL,
    "sessions" BIGINT NOT NULL,
    "posts" BIGINT NOT NULL,

    CONSTRAINT "figure_rollups_pkey" PRIMARY KEY ("organisation_id","fiscal_year","fund_source_id","programme_id","month","aid_category_id","recipient_kind_id","form","status")
);

-- CreateTable
CREATE TABLE "figure_deltas" (
    "id" BIGSERIAL NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "month" SMALLINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "aid_category_id" INTEGER NOT NULL,
    "recipient_kind_id" INTEGER NOT NULL,
    "form" TEXT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "records" BIGINT NOT NULL,
    "unvalued_records" BIGINT NOT NULL,
    "estimated_records" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "households" BIGINT NOT NULL,
    "persons" BIGINT NOT NULL,
    "person_times" BIGINT NOT NULL,
    "packs" BIGINT NOT NULL,
    "employers" BIGINT NOT NULL,
    "sessions" BIGINT NOT NULL,
    "posts" BIGINT NOT NULL,

    CONSTRAINT "figure_deltas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "figure_totals" (
    "organisation_id" INTEGER NOT NULL,
    "fiscal_year" SMALLINT NOT NULL,
    "month" SMALLINT NOT NULL,
    "fund_source_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "records" BIGINT NOT NULL,
    "unvalued_records" BIGINT NOT NULL,
    "estimated_records" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "households" BIGINT NOT NULL,
    "persons" BIGINT NOT NULL,
    "person_times" BIGINT NOT NULL,
    "packs" BIGINT NOT NULL,
    "employers" BIGINT NOT NULL,
    "sessions" BIGINT NOT NULL,
    "posts" BIGINT NOT NULL,

    CONSTRAINT "figure_totals_pkey" PRIMARY KEY ("organisation_id","fiscal_year","month","fund_source_id","programme_id","status")
);

-- CreateTable
CREATE TABLE "organisations" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "region_code" CHAR(6),
    "parent_id" INTEGER,
    "path" TEXT COLLATE "C" NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_closure" (
    "ancestor_id" INTEGER NOT NULL,
    "descendant_id" INTEGER NOT NULL,

    CONSTRAINT "organisation_closure_pkey" PRIMARY KEY ("descendant_id","ancestor_id")
);

-- CreateTable
CREATE TABLE "programmes" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "season" TEXT NOT NULL,
    "contributory" BOOLEAN NOT NULL DEFAULT false,
    "season_months" INTEGER[],
    "main_unit" TEXT NOT NULL,
    "allowed_forms" TEXT[],
    "default_form" TEXT NOT NULL,
    "default_aid_category_id" INTEGER NOT NULL,
    "default_recipient_kind_id" INTEGER NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "programmes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aid_categories" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "aid_categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fund_sources" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "earmarked" BOOLEAN NOT NULL DEFAULT false,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "fund_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipient_kinds" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "recipient_kinds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaigns" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_rules" (
    "id" SERIAL NOT NULL,
    "organisation_id" INTEGER,
    "min_amount_fen" BIGINT NOT NULL DEFAULT 0,
    "step" SMALLINT NOT NULL,
    "level" TEXT NOT NULL,

    CONSTRAINT "approval_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "years" (
    "year" SMALLINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'OPEN',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "snapshot" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "years_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "username" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "is_system" BOOLEAN NOT NULL DEFAULT false,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "user_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "user_identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "user_identities_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" SERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "granted_by" UUID,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token_hash" CHAR(64) NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "end_reason" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_subject_type_subject_id_position_idx" ON "audit_entries"("subject_type", "subject_id", "position");

-- CreateIndex
CREATE INDEX "audit_entries_organisation_id_position_idx" ON "audit_entries"("organisation_id", "position");

-- CreateIndex
CREATE INDEX "ledger_entries_root_id_fiscal_year_seq_idx" ON "ledger_entries"("root_id", "fiscal_year", "seq");

-- CreateIndex
CREATE INDEX "allotment_entries_root_id_fiscal_year_seq_idx" ON "allotment_entries"("root_id", "fiscal_year", "seq");

-- CreateIndex
CREATE INDEX "checkpoints_root_id_id_idx" ON "checkpoints"("root_id", "id");

-- CreateIndex
CREATE INDEX "record_moves_root_id_fiscal_year_seq_idx" ON "record_moves"("root_id", "fiscal_year", "seq");

-- CreateIndex
CREATE INDEX "idempotency_records_created_at_idx" ON "idempotency_records"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "disbursements_source_ref_key" ON "disbursements"("source_ref");

-- CreateIndex
CREATE INDEX "disbursements_organisation_id_fiscal_year_ledger_on_id_idx" ON "disbursements"("organisation_id", "fiscal_year", "ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "disbursements_of_a_programme_idx" ON "disbursements"("organisation_id", "fiscal_year", "programme_id", "ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "disbursements_fiscal_year_ledger_on_id_idx" ON "disbursements"("fiscal_year", "ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "disbursements_ledger_on_id_idx" ON "disbursements"("ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "disbursements_organisation_id_id_key" ON "disbursements"("organisation_id", "id");

-- CreateIndex
CREATE INDEX "approval_steps_disbursement_id_idx" ON "approval_steps"("disbursement_id");

-- CreateIndex
CREATE UNIQUE INDEX "adjustments_reversal_id_key" ON "adjustments"("reversal_id");

-- CreateIndex
CREATE UNIQUE INDEX "adjustments_replacement_id_key" ON "adjustments"("replacement_id");

-- CreateIndex
CREATE INDEX "adjustments_original_id_idx" ON "adjustments"("original_id");

-- CreateIndex
CREATE UNIQUE INDEX "allotments_source_ref_key" ON "allotments"("source_ref");

-- CreateIndex
CREATE INDEX "allotments_organisation_id_fiscal_year_idx" ON "allotments"("organisation_id", "fiscal_year");

-- CreateIndex
CREATE INDEX "figure_rollups_fiscal_year_fund_source_id_idx" ON "figure_rollups"("fiscal_year", "fund_source_id");

-- CreateIndex
CREATE INDEX "disbursements_county_id_fiscal_year_ledger_on_id_idx" ON "disbursements"("county_id", "fiscal_year", "ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "disbursements_county_id_ledger_on_id_idx" ON "disbursements"("county_id", "ledger_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "organisation_closure_ancestor_id_descendant_id_idx" ON "organisation_closure"("ancestor_id", "descendant_id");

-- CreateIndex
CREATE UNIQUE INDEX "organisations_code_key" ON "organisations"("code");

-- CreateIndex
CREATE UNIQUE INDEX "organisations_path_key" ON "organisations"("path");

-- CreateIndex
CREATE INDEX "organisations_parent_id_idx" ON "organisations"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "programmes_code_key" ON "programmes"("code");

-- CreateIndex
CREATE UNIQUE INDEX "aid_categories_code_key" ON "aid_categories"("code");

-- CreateIndex
CREATE UNIQUE INDEX "fund_sources_code_key" ON "fund_sources"("code");

-- CreateIndex
CREATE UNIQUE INDEX "recipient_kinds_code_key" ON "recipient_kinds"("code");

-- CreateIndex
CREATE UNIQUE INDEX "campaigns_code_key" ON "campaigns"("code");

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_fiscal_year_fkey" FOREIGN KEY ("fiscal_year") REFERENCES "years"("year") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_aid_category_id_fkey" FOREIGN KEY ("aid_category_id") REFERENCES "aid_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursements" ADD CONSTRAINT "disbursements_recipient_kind_id_fkey" FOREIGN KEY ("recipient_kind_id") REFERENCES "recipient_kinds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disbursement_shares" ADD CONSTRAINT "disbursement_shares_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "disbursement_shares" ADD CONSTRAINT "disbursement_shares_fund_source_id_fkey" FOREIGN KEY ("fund_source_id") REFERENCES "fund_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_steps" ADD CONSTRAINT "approval_steps_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding_answers" ADD CONSTRAINT "finding_answers_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_original_id_fkey" FOREIGN KEY ("original_id") REFERENCES "disbursements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_reversal_id_fkey" FOREIGN KEY ("reversal_id") REFERENCES "disbursements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_replacement_id_fkey" FOREIGN KEY ("replacement_id") REFERENCES "disbursements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_fiscal_year_fkey" FOREIGN KEY ("fiscal_year") REFERENCES "years"("year") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_fund_source_id_fkey" FOREIGN KEY ("fund_source_id") REFERENCES "fund_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_closure" ADD CONSTRAINT "organisation_closure_ancestor_id_fkey" FOREIGN KEY ("ancestor_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_closure" ADD CONSTRAINT "organisation_closure_descendant_id_fkey" FOREIGN KEY ("descendant_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_default_aid_category_id_fkey" FOREIGN KEY ("default_aid_category_id") REFERENCES "aid_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_default_recipient_kind_id_fkey" FOREIGN KEY ("default_recipient_kind_id") REFERENCES "recipient_kinds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_rules" ADD CONSTRAINT "approval_rules_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "jobs" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "organisation_id" INTEGER,
    "asked_by" UUID,
    "input" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'WAITING',
    "progress" SMALLINT NOT NULL DEFAULT 0,
    "message_key" TEXT,
    "message_values" JSONB NOT NULL DEFAULT '{}',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "worker_key" INTEGER,
    "run_token_hash" CHAR(64),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_files" (
    "id" BIGSERIAL NOT NULL,
    "job_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invariant_results" (
    "invariant" TEXT NOT NULL,
    "faults" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "took_ms" INTEGER NOT NULL,

    CONSTRAINT "invariant_results_pkey" PRIMARY KEY ("invariant")
);

-- CreateIndex
CREATE UNIQUE INDEX "jobs_run_token_hash_key" ON "jobs"("run_token_hash");

-- CreateIndex
CREATE INDEX "jobs_asked_by_id_idx" ON "jobs"("asked_by", "id" DESC);

-- CreateIndex
CREATE INDEX "jobs_finished_at_idx" ON "jobs"("finished_at");

-- CreateIndex
CREATE INDEX "job_files_job_id_idx" ON "job_files"("job_id");

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_files" ADD CONSTRAINT "job_files_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

-- Losing them in a crash harms nobody.
ALTER TABLE rate_buckets SET UNLOGGED;

-- Words from a fixed list are text with a check, not an enum: equality of an enum is not leakproof, and under
-- row-level security only a leakproof condition is looked up in an index.
ALTER TABLE organisations ADD CONSTRAINT kind_known CHECK (
  kind IN ('PROVINCE', 'PREFECTURE', 'COUNTY', 'INDUSTRIAL_UNION', 'AFFILIATED_UNION', 'GRASS_ROOTS'));
ALTER TABLE memberships ADD CONSTRAINT role_known CHECK (
  role IN ('CLERK', 'REVIEWER', 'PROVINCE', 'AUDITOR', 'ADMIN'));
ALTER TABLE programmes
  ADD CONSTRAINT season_known CHECK (
    season IN ('SPRING', 'SUMMER', 'AUTUMN', 'WINTER', 'BREAKFAST', 'ASSISTANCE', 'OTHER')),
  ADD CONSTRAINT default_form_known CHECK (
    default_form IN ('TRANSFER', 'CASH', 'GOODS', 'VOUCHER', 'SERVICE', 'MIXED')),
  ADD CONSTRAINT allowed_forms_known CHECK (
    allowed_forms <@ '{TRANSFER,CASH,GOODS,VOUCHER,SERVICE,MIXED}'::text[]);
ALTER TABLE approval_rules ADD CONSTRAINT level_known CHECK (level IN ('COUNTY', 'PREFECTURE', 'PROVINCE'));
ALTER TABLE years ADD CONSTRAINT status_known CHECK (status IN ('OPEN', 'CLOSED'));
ALTER TABLE approval_steps ADD CONSTRAINT action_known CHECK (action IN ('SUBMIT', 'APPROVE', 'RETURN', 'VOID'));

ALTER TABLE disbursements
  ADD CONSTRAINT status_known CHECK (status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'VOIDED')),
  ADD CONSTRAINT form_known CHECK (form IN ('TRANSFER', 'CASH', 'GOODS', 'VOUCHER', 'SERVICE', 'MIXED')),
  ADD CONSTRAINT amount_kind_known CHECK (amount_kind IN ('EXACT', 'ESTIMATED', 'UNVALUED')),
  ADD CONSTRAINT entry_kind_known CHECK (entry_kind IN ('ORIGINAL', 'REVERSAL', 'REPLACEMENT')),
  ADD CONSTRAINT origin_known CHECK (origin IN ('ENTERED', 'PUBLISHED', 'DEMO')),
  ADD CONSTRAINT unvalued_has_no_amount CHECK (amount_kind <> 'UNVALUED' OR amount_fen IS NULL),
  ADD CONSTRAINT period_in_order CHECK (period_from <= period_to),
  ADD CONSTRAINT day_or_period CHECK (paid_on IS NULL OR (period_from IS NULL AND period_to IS NULL)),
  ADD CONSTRAINT version_positive CHECK (version > 0),
  ADD CONSTRAINT counts_signed CHECK (
    CASE WHEN entry_kind = 'REVERSAL'
      THEN greatest(households, persons, person_times, packs, employers, sessions, posts) <= 0
      ELSE least(households, persons, person_times, packs, employers, sessions, posts) >= 0 END),
  -- Everything below binds from submission on; a draft may be saved half-finished.
  ADD CONSTRAINT complete_when_submitted CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED') OR (
      aid_category_id IS NOT NULL AND recipient_kind_id IS NOT NULL AND form IS NOT NULL
      AND (paid_on IS NOT NULL OR (period_from IS NOT NULL AND period_to IS NOT NULL))
      AND (amount_kind = 'UNVALUED') = (amount_fen IS NULL))),
  ADD CONSTRAINT fiscal_year_of_date CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR extract(year FROM coalesce(paid_on, period_to)) = fiscal_year),
  ADD CONSTRAINT amount_signed CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED') OR amount_fen IS NULL
    OR (entry_kind = 'REVERSAL' AND amount_fen < 0) OR (entry_kind <> 'REVERSAL' AND amount_fen > 0)),
  ADD CONSTRAINT rate_basis_holds CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR (rate_unit_fen IS NULL AND rate_count IS NULL AND rate_times IS NULL)
    OR (rate_unit_fen IS NOT NULL AND rate_count IS NOT NULL AND rate_times IS NOT NULL
        AND amount_fen IS NOT NULL AND rate_unit_fen::numeric * rate_count * rate_times = amount_fen)),
  ADD CONSTRAINT cash_and_goods_sum CHECK (
    status IN ('DRAFT', 'RETURNED', 'VOIDED')
    OR (cash_fen IS NULL AND goods_fen IS NULL)
    OR coalesce(cash_fen, 0) + coalesce(goods_fen, 0) = amount_fen),
  ADD CONSTRAINT approvals_in_range CHECK (
    approvals_given BETWEEN 0 AND approvals_needed AND approvals_needed BETWEEN 1 AND 3
    AND (status <> 'APPROVED' OR approvals_given = approvals_needed));

ALTER TABLE allotments
  ADD CONSTRAINT amount_kind_known CHECK (amount_kind IN ('EXACT', 'ESTIMATED')),
  ADD CONSTRAINT origin_known CHECK (origin IN ('ENTERED', 'PUBLISHED', 'DEMO')),
  ADD CONSTRAINT amount_positive CHECK (amount_fen > 0),
  ADD CONSTRAINT void_is_complete CHECK (
    (voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL));

ALTER TABLE allotment_entries ADD CONSTRAINT kind_known CHECK (kind IN ('RECEIVED', 'VOIDED'));
ALTER TABLE checkpoints ADD CONSTRAINT occasion_known CHECK (occasion IN ('HOURLY', 'YEAR_CLOSE', 'ON_DEMAND'));

-- Figures name a set of sources by a bit each of an integer.
ALTER TABLE fund_sources ADD CONSTRAINT id_is_a_bit CHECK (id BETWEEN 1 AND 30);

ALTER TABLE adjustments ADD CONSTRAINT three_records CHECK (
  original_id <> reversal_id AND original_id <> replacement_id AND reversal_id <> replacement_id);

ALTER TABLE jobs
  ADD CONSTRAINT kind_known CHECK (kind IN ('INVARIANTS', 'PURGE', 'CHECKPOINT')),
  ADD CONSTRAINT status_known CHECK (status IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT progress_in_percent CHECK (progress BETWEEN 0 AND 100),
  -- A token outside a run would be a door that nobody closes.
  ADD CONSTRAINT token_while_running CHECK (
    (status = 'RUNNING') = (run_token_hash IS NOT NULL) AND (status = 'RUNNING') = (worker_key IS NOT NULL)),
  ADD CONSTRAINT finished_is_dated CHECK (
    (status IN ('DONE', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL));
ALTER TABLE job_files ADD CONSTRAINT size_told CHECK (bytes = octet_length(content) AND bytes <= 50000000);

-- Workbench and review ask for what waits; what is approved, nearly everything, stays out of the index.
-- With the time and the id in it, the oldest submissions of many organisations are found without their rows.
CREATE INDEX disbursements_waiting_idx ON disbursements (status, organisation_id) INCLUDE (submitted_at, id)
  WHERE status IN ('DRAFT', 'SUBMITTED', 'RETURNED');

-- Is a year made of published or invented records? Asked by every yearly summary; on a database that
-- holds neither, the answer must not take a scan of the year.
CREATE INDEX disbursements_not_entered_idx ON disbursements (fiscal_year, origin, organisation_id)
  WHERE origin <> 'ENTERED';

-- Is it entered twice? Asked of every record that is judged: a county has thousands within two weeks, and may
-- have hundreds of one amount. In the order in which the three latest are named.
CREATE INDEX disbursements_alike_idx ON disbursements (organisation_id, programme_id, amount_fen, ledger_on DESC, id DESC);

-- Judging adds up what is not folded yet of one organisation and year; and every fold leaves dead rows there,
-- which nobody should have to pass over until a tenth of a large table is dead.
CREATE INDEX figure_deltas_cell_idx ON figure_deltas (organisation_id, fiscal_year, programme_id);
-- What a head comes to elsewhere is compared over all organisations: of a programme and year, a row each.
CREATE INDEX figure_totals_heads_idx ON figure_totals (programme_id, fiscal_year) WHERE month = -1 AND fund_source_id = -1;
CREATE INDEX figure_deltas_heads_idx ON figure_deltas (programme_id, fiscal_year) WHERE fund_source_id = -1;
ALTER TABLE figure_deltas SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
