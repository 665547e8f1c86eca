-- By what lines of rosters are compared without being opened: keyed digests of account, telephone and the sound of a
-- name (docs/decisions/0045).

CREATE TABLE "roster_marks" (
    "line_id" UUID NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "who" BYTEA,
    "index_key_id" TEXT NOT NULL,

    CONSTRAINT "roster_marks_pkey" PRIMARY KEY ("line_id","kind","digest")
);

CREATE INDEX "roster_marks_digest_disbursement_id_idx" ON "roster_marks"("digest", "disbursement_id");
CREATE INDEX "roster_marks_disbursement_id_idx" ON "roster_marks"("disbursement_id");
CREATE INDEX "roster_marks_index_key_id_idx" ON "roster_marks"("index_key_id");

ALTER TABLE "roster_marks" ADD CONSTRAINT "roster_marks_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "roster_lines"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "roster_marks"
  ADD CONSTRAINT "roster_marks_kind_check" CHECK ("kind" IN ('ACCOUNT', 'PHONE', 'BORN', 'BESIDE', 'NAME')),
  ADD CONSTRAINT "roster_marks_digest_check" CHECK (octet_length("digest") = 16 AND octet_length("who") = 16),
  ADD CONSTRAINT "roster_marks_who_check" CHECK (("kind" IN ('ACCOUNT', 'PHONE')) = ("who" IS NOT NULL));
