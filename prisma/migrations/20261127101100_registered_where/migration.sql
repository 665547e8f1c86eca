-- Beside a day of birth and the sound of a name, where the number was issued (docs/decisions/0045): a digest that says
-- nothing but whether it is the same. Marks of before have none.
ALTER TABLE "roster_marks" DROP CONSTRAINT "roster_marks_who_check",
  ADD CONSTRAINT "roster_marks_who_check" CHECK (CASE WHEN "kind" IN ('ACCOUNT', 'PHONE') THEN "who" IS NOT NULL
    ELSE "kind" = 'BORN' OR "who" IS NULL END);
