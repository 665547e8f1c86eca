-- What is expected of whom and by when, as data, and the declaration that there was nothing.
CREATE TABLE "expectations" (
    "id" SERIAL NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "owed_by" TEXT NOT NULL,
    "repeats" TEXT NOT NULL,
    "from_month" SMALLINT,
    "from_day" SMALLINT,
    "to_month" SMALLINT,
    "to_day" SMALLINT,
    "due_month" SMALLINT,
    "due_day" SMALLINT,
    "first_year" SMALLINT NOT NULL,
    "last_year" SMALLINT,
    "source" TEXT NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "expectations_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "expectations" ADD CONSTRAINT "expectations_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "expectations" ADD CONSTRAINT "expectations_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE expectations
  -- not by grass-roots unions, of which there are as many as there are employers
  ADD CONSTRAINT owed_by_known CHECK (owed_by IN ('PROVINCE', 'PREFECTURE', 'COUNTY', 'INDUSTRIAL_UNION', 'AFFILIATED_UNION')),
  ADD CONSTRAINT repeats_known CHECK (repeats IN ('YEARLY', 'MONTHLY', 'NEVER')),
  ADD CONSTRAINT days_there_are CHECK (
    least(from_month, to_month, due_month, from_day, to_day, due_day) >= 1
    AND greatest(from_month, to_month, due_month) <= 12 AND greatest(from_day, to_day, due_day) <= 31),
  ADD CONSTRAINT days_whole CHECK (CASE repeats
    WHEN 'YEARLY' THEN num_nulls(from_month, from_day, to_month, to_day, due_month, due_day) = 0
    WHEN 'MONTHLY' THEN num_nulls(from_month, to_month, due_day) = 0 AND num_nonnulls(from_day, to_day, due_month) = 0
      AND from_month <= to_month
    ELSE num_nonnulls(from_month, from_day, to_month, to_day, due_month, due_day) = 0 END),
  ADD CONSTRAINT years_in_order CHECK (first_year BETWEEN 2000 AND 2100 AND last_year BETWEEN first_year AND 2100),
  ADD CONSTRAINT source_short CHECK (length(source) <= 200 AND source !~ '[[:cntrl:]]');
CREATE UNIQUE INDEX expectations_once_idx ON expectations
  (programme_id, organisation_id, owed_by, first_year, repeats, coalesce(from_month, 0), coalesce(from_day, 0)) WHERE active;

CREATE TABLE "nil_declarations" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "programme_id" INTEGER NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "reason_code" TEXT NOT NULL,
    "words" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "end_kind" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "superseded_by" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "nil_declarations_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "nil_declarations" ADD CONSTRAINT "nil_declarations_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "nil_declarations" ADD CONSTRAINT "nil_declarations_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "nil_declarations" ADD CONSTRAINT "nil_declarations_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "nil_declarations" ADD CONSTRAINT "nil_declarations_superseded_by_fkey" FOREIGN KEY ("superseded_by") REFERENCES "disbursements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "nil_declarations_organisation_id_programme_id_period_from_idx" ON "nil_declarations"("organisation_id", "programme_id", "period_from");
ALTER TABLE nil_declarations
  ADD CONSTRAINT period_in_order CHECK (period_from <= period_to AND period_to < period_from + 400),
  ADD CONSTRAINT nil_reason_known CHECK (reason_code IN ('nobody-to-aid', 'no-funds-yet', 'under-another-programme', 'put-off', 'other')),
  ADD CONSTRAINT other_in_words CHECK (reason_code <> 'other' OR coalesce(length(words), 0) > 0),
  ADD CONSTRAINT words_short CHECK (length(words) <= 500),
  ADD CONSTRAINT ended_whole CHECK (CASE end_kind
    WHEN 'WITHDRAWN' THEN num_nulls(ended_at, ended_by) = 0 AND superseded_by IS NULL
    WHEN 'SUPERSEDED' THEN num_nulls(ended_at, ended_by, superseded_by) = 0
    ELSE num_nonnulls(ended_at, ended_by, superseded_by) = 0 END),
  ADD CONSTRAINT end_known CHECK (end_kind IN ('WITHDRAWN', 'SUPERSEDED'));
CREATE UNIQUE INDEX nil_declarations_once_idx ON nil_declarations (organisation_id, programme_id, period_from, period_to)
  WHERE end_kind IS NULL;
