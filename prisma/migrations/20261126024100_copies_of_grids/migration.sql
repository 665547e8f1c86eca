-- A table that is being typed is kept like a form; it is of no record, and larger: a thousand rows and what can be
-- taken back in them.
ALTER TABLE working_copies
  DROP CONSTRAINT copy_kind,
  DROP CONSTRAINT copy_size,
  ADD CONSTRAINT copy_kind CHECK (kind IN ('DISBURSEMENT', 'CORRECTION', 'GRID')),
  ADD CONSTRAINT copy_size CHECK (octet_length(body::text) <= CASE kind WHEN 'GRID' THEN 2097152 ELSE 262144 END),
  ADD CONSTRAINT copy_of_grid CHECK (kind <> 'GRID' OR subject_id IS NULL);
