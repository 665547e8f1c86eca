-- Whoever ever wrote into a record: none of them approves it.
ALTER TABLE "disbursements" ADD COLUMN "editors" UUID[];
