-- A list of imports tells how many rows each has, and what became of them: from the index, not from their words.
CREATE INDEX "import_lines_import_id_status_idx" ON "import_lines"("import_id", "status");
-- import_lines_one_record finds a line by its record as well.
DROP INDEX "import_lines_disbursement_id_idx";
