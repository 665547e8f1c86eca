-- What is printed of a roster and hung out for everybody: sign-off sheets 签领表, and public notices 公示 with what was
-- said against them (docs/decisions/0044). Neither says anything of a person in the clear.

CREATE TABLE "sign_sheets" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "roster_digest" BYTEA NOT NULL,
    "lines" INTEGER NOT NULL,
    "amount_fen" BIGINT,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_sheets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "public_notices" (
    "id" BIGSERIAL NOT NULL,
    "disbursement_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "roster_digest" BYTEA NOT NULL,
    "lines" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "telephone" TEXT NOT NULL,
    "posted_on" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'POSTED',
    "posted_by" UUID NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,

    CONSTRAINT "public_notices_pkey" PRIMARY KEY ("id")
);

-- What was said against a notice, and what was answered, in the order it was said: sealed, for it may name anybody.
CREATE TABLE "notice_words" (
    "id" UUID NOT NULL,
    "notice_id" BIGINT NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "answers_id" UUID,
    "upheld" BOOLEAN,
    "said_on" DATE NOT NULL,
    "words" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "written_by" UUID NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_words_pkey" PRIMARY KEY ("id")
);

-- Years whose holidays the State Council has given out, and how they differ from the week.
CREATE TABLE "workday_years" (
    "year" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "rest_days" DATE[] NOT NULL,
    "work_days" DATE[] NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "workday_years_pkey" PRIMARY KEY ("year")
);

CREATE INDEX "sign_sheets_disbursement_id_id_idx" ON "sign_sheets"("disbursement_id", "id");
CREATE INDEX "sign_sheets_made_by_idx" ON "sign_sheets"("made_by");
CREATE INDEX "public_notices_disbursement_id_id_idx" ON "public_notices"("disbursement_id", "id");
CREATE INDEX "public_notices_posted_by_idx" ON "public_notices"("posted_by");
CREATE INDEX "public_notices_closed_by_idx" ON "public_notices"("closed_by");
CREATE INDEX "notice_words_notice_id_idx" ON "notice_words"("notice_id");
CREATE INDEX "notice_words_key_id_id_idx" ON "notice_words"("key_id", "id");
CREATE INDEX "notice_words_written_by_idx" ON "notice_words"("written_by");
CREATE UNIQUE INDEX "notice_words_answers_id_key" ON "notice_words"("answers_id");
-- One list hangs out at a time.
CREATE UNIQUE INDEX "public_notices_one_posted" ON "public_notices"("disbursement_id") WHERE "status" = 'POSTED';

ALTER TABLE "sign_sheets" ADD CONSTRAINT "sign_sheets_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sign_sheets" ADD CONSTRAINT "sign_sheets_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_posted_by_fkey" FOREIGN KEY ("posted_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_closed_by_fkey" FOREIGN KEY ("closed_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_organisation_id_disbursement_id_fkey" FOREIGN KEY ("organisation_id", "disbursement_id") REFERENCES "disbursements"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "notice_words" ADD CONSTRAINT "notice_words_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "public_notices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_words" ADD CONSTRAINT "notice_words_answers_id_fkey" FOREIGN KEY ("answers_id") REFERENCES "notice_words"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_words" ADD CONSTRAINT "notice_words_written_by_fkey" FOREIGN KEY ("written_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sign_sheets"
  ADD CONSTRAINT "sign_sheets_lines_check" CHECK ("lines" > 0),
  ADD CONSTRAINT "sign_sheets_roster_digest_check" CHECK (octet_length("roster_digest") = 32);
ALTER TABLE "public_notices"
  ADD CONSTRAINT "public_notices_lines_check" CHECK ("lines" > 0),
  ADD CONSTRAINT "public_notices_roster_digest_check" CHECK (octet_length("roster_digest") = 32),
  ADD CONSTRAINT "public_notices_said_check" CHECK (btrim("place") <> '' AND btrim("telephone") <> ''),
  ADD CONSTRAINT "public_notices_status_check" CHECK ("status" IN ('POSTED', 'CONFIRMED', 'WITHDRAWN')),
  ADD CONSTRAINT "public_notices_closed_check" CHECK (("status" = 'POSTED') = ("closed_by" IS NULL)
    AND ("closed_by" IS NULL) = ("closed_at" IS NULL) AND ("status" = 'WITHDRAWN') = ("close_reason" IS NOT NULL));
ALTER TABLE "notice_words"
  ADD CONSTRAINT "notice_words_kind_check" CHECK ("kind" IN ('OBJECTION', 'ANSWER')),
  ADD CONSTRAINT "notice_words_answer_check" CHECK (("kind" = 'ANSWER') = ("answers_id" IS NOT NULL) AND ("kind" = 'ANSWER') = ("upheld" IS NOT NULL)),
  ADD CONSTRAINT "notice_words_seals_check" CHECK ("key_id" = encode(substring("words" FROM 3 FOR 4), 'hex') AND octet_length("words") >= 66);
ALTER TABLE "workday_years" ADD CONSTRAINT "workday_years_source_check" CHECK (btrim("source") <> '' AND "year" BETWEEN 2020 AND 2100);

-- As the State Council gave them out (国办发明电): weekdays on which nobody works, weekends on which everybody does.
INSERT INTO "workday_years" ("year", "source", "rest_days", "work_days") VALUES
  (2024, '国办发明电〔2023〕7号', '{2024-01-01,2024-02-12,2024-02-13,2024-02-14,2024-02-15,2024-02-16,2024-04-04,2024-04-05,2024-05-01,2024-05-02,2024-05-03,2024-06-10,2024-09-16,2024-09-17,2024-10-01,2024-10-02,2024-10-03,2024-10-04,2024-10-07}',
    '{2024-02-04,2024-02-18,2024-04-07,2024-04-28,2024-05-11,2024-09-14,2024-09-29,2024-10-12}'),
  (2025, '国办发明电〔2024〕12号', '{2025-01-01,2025-01-28,2025-01-29,2025-01-30,2025-01-31,2025-02-03,2025-02-04,2025-04-04,2025-05-01,2025-05-02,2025-05-05,2025-06-02,2025-10-01,2025-10-02,2025-10-03,2025-10-06,2025-10-07,2025-10-08}',
    '{2025-01-26,2025-02-08,2025-04-27,2025-09-28,2025-10-11}'),
  (2026, '国办发明电〔2025〕7号', '{2026-01-01,2026-01-02,2026-02-16,2026-02-17,2026-02-18,2026-02-19,2026-02-20,2026-02-23,2026-04-06,2026-05-01,2026-05-04,2026-05-05,2026-06-19,2026-09-25,2026-10-01,2026-10-02,2026-10-05,2026-10-06,2026-10-07}',
    '{2026-01-04,2026-02-14,2026-02-28,2026-05-09,2026-09-20,2026-10-10}');
