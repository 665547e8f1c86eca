-- Is a year made of published or invented records? Asked by every yearly summary; on a database that
-- holds neither, the answer must not take a scan of the year.
CREATE INDEX disbursements_not_entered_idx ON disbursements (fiscal_year, origin, organisation_id)
  WHERE origin <> 'ENTERED';
