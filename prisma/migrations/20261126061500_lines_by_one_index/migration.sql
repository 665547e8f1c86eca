-- One way of looking up a line for each thing it is known by, so that no plan, whatever size it was made for, can take
-- one that goes through many: by its row (with what became of it, for counting), by what it says, by the number it was
-- given back with.
DROP INDEX "import_lines_import_id_status_idx";
CREATE INDEX "import_lines_import_id_row_status_idx" ON "import_lines"("import_id", "row", "status");
DROP INDEX import_lines_in_once;
DROP INDEX import_lines_returned_once;
CREATE UNIQUE INDEX import_lines_in_once ON import_lines (reading, nth) WHERE status = 'IN' AND reading IS NOT NULL;
CREATE UNIQUE INDEX import_lines_returned_once ON import_lines (of_import, of_row) WHERE status = 'IN' AND of_import IS NOT NULL;
