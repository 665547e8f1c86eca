-- Standards as data: a threshold may hold for one programme, beside its year and place. Counts and percents join the
-- times, days and money; zero is no standard where one may be missing.
ALTER TABLE "finding_thresholds" ADD COLUMN "programme_id" INTEGER;
ALTER TABLE "finding_thresholds" ADD CONSTRAINT "finding_thresholds_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE finding_thresholds
  DROP CONSTRAINT threshold_known,
  DROP CONSTRAINT value_in_range,
  DROP CONSTRAINT holds_somewhere;
ALTER TABLE finding_thresholds
  ADD CONSTRAINT threshold_known CHECK (threshold IN ('per-head-times', 'per-head-spread', 'last-year-times',
    'last-year-more', 'duplicate-days', 'round-from', 'unit-price-times', 'other-heading-days', 'bunched-from',
    'bunched-share', 'standard-per-head', 'co-funding-share')),
  ADD CONSTRAINT value_in_range CHECK (CASE threshold
    WHEN 'per-head-times' THEN value BETWEEN 11 AND 1000
    WHEN 'last-year-times' THEN value BETWEEN 11 AND 1000
    WHEN 'unit-price-times' THEN value BETWEEN 11 AND 1000
    WHEN 'per-head-spread' THEN value BETWEEN 0 AND 1000
    WHEN 'duplicate-days' THEN value BETWEEN 0 AND 60
    WHEN 'other-heading-days' THEN value BETWEEN 0 AND 60
    WHEN 'bunched-from' THEN value BETWEEN 2 AND 1000
    WHEN 'bunched-share' THEN value BETWEEN 1 AND 100
    WHEN 'co-funding-share' THEN value BETWEEN 0 AND 100
    WHEN 'last-year-more' THEN value BETWEEN 0 AND 1000000000000
    WHEN 'standard-per-head' THEN value BETWEEN 0 AND 1000000000000
    WHEN 'round-from' THEN value BETWEEN 1 AND 1000000000000 END),
  ADD CONSTRAINT holds_somewhere
    CHECK (active OR year IS NOT NULL OR organisation_id IS NOT NULL OR programme_id IS NOT NULL);
DROP INDEX finding_thresholds_once_idx;
CREATE UNIQUE INDEX finding_thresholds_once_idx
  ON finding_thresholds (threshold, coalesce(year, 0), coalesce(organisation_id, 0), coalesce(programme_id, 0)) WHERE active;
INSERT INTO finding_thresholds (threshold, value) VALUES
  ('unit-price-times', 30), ('other-heading-days', 3), ('bunched-from', 20), ('bunched-share', 60),
  ('standard-per-head', 0), ('co-funding-share', 0);

-- What others pay for one of it: the newest price of each, found without reading what else they paid.
CREATE INDEX disbursements_unit_prices_idx
  ON disbursements (programme_id, fiscal_year, form, organisation_id, ledger_on DESC, id DESC) INCLUDE (rate_unit_fen)
  WHERE status = 'APPROVED' AND rate_unit_fen IS NOT NULL AND entry_kind <> 'REVERSAL';
