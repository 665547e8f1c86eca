-- How often one person may have aid of a programme, from a year on: what is changed, is changed for years to come.
ALTER TABLE "claim_periods" ADD COLUMN "from_year" INTEGER NOT NULL DEFAULT 2000, ADD COLUMN "reason" TEXT,
  DROP CONSTRAINT "claim_periods_pkey", ADD CONSTRAINT "claim_periods_pkey" PRIMARY KEY ("programme", "from_year");
ALTER TABLE "claim_periods" ALTER COLUMN "from_year" DROP DEFAULT,
  ADD CONSTRAINT "claim_periods_from_year_check" CHECK ("from_year" BETWEEN 2000 AND 2100),
  ADD CONSTRAINT "claim_periods_reason_check" CHECK (("reason" IS NULL) = ("from_year" = 2000) AND "reason" <> '');
