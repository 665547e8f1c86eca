-- From which amount on a record without any evidence is asked about; zero asks of none.
ALTER TABLE finding_thresholds DROP CONSTRAINT threshold_known, DROP CONSTRAINT value_in_range;
ALTER TABLE finding_thresholds
  ADD CONSTRAINT threshold_known CHECK (threshold IN ('per-head-times', 'per-head-spread', 'last-year-times',
    'last-year-more', 'duplicate-days', 'round-from', 'unit-price-times', 'other-heading-days', 'bunched-from',
    'bunched-share', 'standard-per-head', 'co-funding-share', 'evidence-from')),
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
    WHEN 'evidence-from' THEN value BETWEEN 0 AND 1000000000000
    WHEN 'round-from' THEN value BETWEEN 1 AND 1000000000000 END);
INSERT INTO finding_thresholds (threshold, value) VALUES ('evidence-from', 0);
