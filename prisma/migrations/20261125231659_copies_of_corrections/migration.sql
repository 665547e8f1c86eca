-- A correction that is being typed is kept like an entry; it is always that of a record.
ALTER TABLE working_copies
  DROP CONSTRAINT copy_kind,
  ADD CONSTRAINT copy_kind CHECK (kind IN ('DISBURSEMENT', 'CORRECTION')),
  ADD CONSTRAINT copy_of_correction CHECK (kind <> 'CORRECTION' OR subject_id IS NOT NULL);
