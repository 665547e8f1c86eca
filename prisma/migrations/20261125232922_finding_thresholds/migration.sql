-- From where on the checks ask: numbers by year and place, where they were constants of the program. Times and
-- spreads in tenths, money in fen.
CREATE TABLE "finding_thresholds" (
    "id" SERIAL NOT NULL,
    "threshold" TEXT NOT NULL,
    "year" SMALLINT,
    "organisation_id" INTEGER,
    "value" BIGINT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "finding_thresholds_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "finding_thresholds" ADD CONSTRAINT "finding_thresholds_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE finding_thresholds
  ADD CONSTRAINT threshold_known CHECK (threshold IN ('per-head-times', 'per-head-spread', 'last-year-times',
    'last-year-more', 'duplicate-days', 'round-from')),
  ADD CONSTRAINT year_known CHECK (year BETWEEN 2000 AND 2100),
  ADD CONSTRAINT value_in_range CHECK (CASE threshold
    WHEN 'per-head-times' THEN value BETWEEN 11 AND 1000
    WHEN 'last-year-times' THEN value BETWEEN 11 AND 1000
    WHEN 'per-head-spread' THEN value BETWEEN 0 AND 1000
    WHEN 'duplicate-days' THEN value BETWEEN 0 AND 60
    WHEN 'last-year-more' THEN value BETWEEN 0 AND 1000000000000
    WHEN 'round-from' THEN value BETWEEN 1 AND 1000000000000 END),
  -- what holds everywhere in every year is changed and never taken out of use: a check always has its number
  ADD CONSTRAINT holds_somewhere CHECK (active OR year IS NOT NULL OR organisation_id IS NOT NULL);
CREATE UNIQUE INDEX finding_thresholds_once_idx
  ON finding_thresholds (threshold, coalesce(year, 0), coalesce(organisation_id, 0)) WHERE active;
INSERT INTO finding_thresholds (threshold, value) VALUES
  ('per-head-times', 20), ('per-head-spread', 50), ('last-year-times', 30), ('last-year-more', 20000000),
  ('duplicate-days', 7), ('round-from', 10000000);

-- The days between two that look alike are data now: whatever has an end is looked through.
DROP INDEX disbursements_alike_periods_idx;
CREATE INDEX disbursements_alike_periods_idx
  ON disbursements (organisation_id, programme_id, coalesce(amount_fen, -1), ledger_on DESC, id DESC)
  WHERE period_to > period_from;
