-- What the province published of a year: kept as everybody may read it, with its place in the chain.
CREATE TABLE "publications" (
    "id" BIGSERIAL NOT NULL,
    "year" SMALLINT NOT NULL,
    "no" SMALLINT NOT NULL,
    "root_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID NOT NULL,
    "payload" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "sensitive" TEXT[],
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdraw_reason" TEXT,

    CONSTRAINT "publications_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "publications_year_no_key" ON "publications"("year", "no");
ALTER TABLE "publications" ADD CONSTRAINT "publications_year_fkey" FOREIGN KEY ("year") REFERENCES "years"("year") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "publications" ADD CONSTRAINT "publications_root_id_fkey" FOREIGN KEY ("root_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "publications" ADD CONSTRAINT "publications_by_fkey" FOREIGN KEY ("by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "publications" ADD CONSTRAINT "publications_withdrawn_by_fkey" FOREIGN KEY ("withdrawn_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE publications
  ADD CONSTRAINT publication_counted CHECK (no >= 1 AND seq >= 0),
  ADD CONSTRAINT publication_digest CHECK (sha256 = encode(sha256(convert_to(payload, 'UTF8')), 'hex')),
  ADD CONSTRAINT publication_withdrawn CHECK (num_nonnulls(withdrawn_at, withdrawn_by, withdraw_reason) IN (0, 3)),
  ADD CONSTRAINT publication_reason CHECK (length(btrim(withdraw_reason)) BETWEEN 1 AND 500);
