-- Six marks a line and more: a look-up of the line for each of them made saving a roster slow. Marks go with their lines
-- by a law instead (prisma/sql/57-roster-marks.sql).
ALTER TABLE "roster_marks" DROP CONSTRAINT "roster_marks_line_id_fkey";
