-- A row that was known as a record that is in, of which somebody says in words that it is another payment.
ALTER TABLE import_lines ADD COLUMN "overrules" BIGINT, ADD COLUMN "overruled_because" TEXT;
ALTER TABLE import_lines ADD CONSTRAINT line_overruled CHECK (overruled_because IS NULL
  OR overrules IS NOT NULL AND length(btrim(overruled_because)) BETWEEN 1 AND 500);
