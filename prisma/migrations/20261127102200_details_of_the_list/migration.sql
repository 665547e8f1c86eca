-- What the national list says beside what a file is worked with (incomes, housing, employment, schooling, account): of the
-- home and of each person, sealed as one text each (docs/decisions/0041).
ALTER TABLE "households" ADD COLUMN "details" BYTEA,
  ADD CONSTRAINT "households_details_check" CHECK ("details" IS NULL
    OR "forgotten_at" IS NULL AND "key_id" = encode(substring("details" FROM 3 FOR 4), 'hex') AND octet_length("details") >= 66);
ALTER TABLE "household_members" ADD COLUMN "details" BYTEA,
  ADD CONSTRAINT "household_members_details_check" CHECK ("details" IS NULL
    OR "forgotten_at" IS NULL AND "key_id" = encode(substring("details" FROM 3 FOR 4), 'hex') AND octet_length("details") >= 66);
ALTER TABLE "household_reveals" DROP CONSTRAINT "household_reveals_fields_check",
  ADD CONSTRAINT "household_reveals_fields_check" CHECK (cardinality("fields") > 0
    AND "fields" <@ ARRAY['name', 'idNumber', 'born', 'phone', 'health', 'workplace', 'address', 'notes', 'papers', 'details']);
