-- What was found and answered when a record was submitted, and what it said then.
CREATE TABLE "submission_rounds" (
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "round" SMALLINT NOT NULL,
    "actor_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "findings" JSONB NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "submission_rounds_pkey" PRIMARY KEY ("disbursement_id","round")
);

ALTER TABLE "submission_rounds" ADD CONSTRAINT "submission_rounds_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE submission_rounds ADD CONSTRAINT round_counted CHECK (round >= 1);
ALTER TABLE submission_rounds ADD CONSTRAINT findings_listed CHECK (jsonb_typeof(findings) = 'array' AND jsonb_typeof(content) = 'object');

-- The values of the finding that an answer was given for; unknown where it was given before they were kept.
ALTER TABLE "finding_answers" ADD COLUMN "given_for" JSONB;
