-- A whole roster as it was typed (docs/decisions/0043): one person asks and says why, another grants it, the first looks once.

CREATE TABLE "reveal_requests" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "place_id" INTEGER NOT NULL,
    "fields" TEXT[],
    "reason" TEXT NOT NULL,
    "words" TEXT,
    "lines" INTEGER NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decision" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "forgotten_at" TIMESTAMPTZ(3),

    CONSTRAINT "reveal_requests_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "reveal_requests_organisation_id_disbursement_id_idx" ON "reveal_requests"("organisation_id", "disbursement_id");
CREATE INDEX "reveal_requests_place_id_idx" ON "reveal_requests"("place_id");
CREATE INDEX "reveal_requests_requested_by_idx" ON "reveal_requests"("requested_by");
CREATE INDEX "reveal_requests_decided_by_idx" ON "reveal_requests"("decided_by");
CREATE INDEX "reveal_requests_requested_at_idx" ON "reveal_requests"("requested_at");

ALTER TABLE "reveal_requests" ADD CONSTRAINT "reveal_requests_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "reveal_requests" ADD CONSTRAINT "reveal_requests_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "reveal_requests" ADD CONSTRAINT "reveal_requests_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "reveal_requests" ADD CONSTRAINT "reveal_requests_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reveal_requests"
  ADD CONSTRAINT "reveal_requests_reason_check" CHECK ("reason" IN ('RETURNED', 'DUPLICATE', 'COMPLAINT', 'AUDIT', 'VISIT', 'REQUEST', 'OTHER')),
  ADD CONSTRAINT "reveal_requests_words_check" CHECK ("words" <> '' AND "words" !~ '[0-9]{11}'),
  ADD CONSTRAINT "reveal_requests_forgotten_check" CHECK (("forgotten_at" IS NULL) = ("words" IS NOT NULL)),
  ADD CONSTRAINT "reveal_requests_fields_check" CHECK (cardinality("fields") > 0 AND "fields" <@ ARRAY['name', 'idNumber', 'phone', 'payee', 'account', 'note', 'bankWords']),
  ADD CONSTRAINT "reveal_requests_lines_check" CHECK ("lines" > 0),
  ADD CONSTRAINT "reveal_requests_decision_check" CHECK (("decision" IN ('GRANTED', 'DECLINED', 'WITHDRAWN')) IS NOT FALSE
    AND ("decision" IS NULL) = ("decided_by" IS NULL) AND ("decision" IS NULL) = ("decided_at" IS NULL)),
  ADD CONSTRAINT "reveal_requests_by_two_check" CHECK (("decision" = 'WITHDRAWN') = ("decided_by" = "requested_by"));

-- What two persons agreed on is one look, and is counted apart from what one may be shown alone.
ALTER TABLE "roster_reveals" ADD COLUMN "request_id" BIGINT;
CREATE UNIQUE INDEX "roster_reveals_request_id_key" ON "roster_reveals"("request_id");
ALTER TABLE "roster_reveals" ADD CONSTRAINT "roster_reveals_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "reveal_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
