-- Which corrections a year holds of earlier years is asked by every dashboard; corrections are few among the records.
CREATE INDEX disbursements_corrections_idx ON disbursements (fiscal_year) WHERE entry_kind <> 'ORIGINAL';
