-- From which year on records of a programme that name people need a confirmed public notice before they are submitted.
-- Null, and so absent from what was audited of programmes before: none is asked for.
ALTER TABLE programmes ADD COLUMN notice_from_year INTEGER
  CONSTRAINT notice_from_year_in_range CHECK (notice_from_year BETWEEN 2000 AND 2100);
