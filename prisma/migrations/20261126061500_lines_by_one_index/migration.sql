-- One index for each way in which a line is looked up, so that no plan, whatever it was made for, can take another:
-- by its row (with what became of it, for counting), by what it says, by the number it was given back with.
DROP INDEX "import_lines_import_id_status_idx";
CREATE UNIQUE INDEX "import_lines_by_row" ON "import_lines" ("import_id", "row") INCLUDE ("status");
ALTER TABLE "import_lines" DROP CONSTRAINT "import_lines_pkey";
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_pkey" PRIMARY KEY USING INDEX "import_lines_by_row";
DROP INDEX import_lines_in_once;
DROP INDEX import_lines_returned_once;
CREATE UNIQUE INDEX import_lines_in_once ON import_lines (reading, nth) WHERE status = 'IN' AND reading IS NOT NULL;
CREATE UNIQUE INDEX import_lines_returned_once ON import_lines (of_import, of_row) WHERE status = 'IN' AND of_import IS NOT NULL;
