CREATE TABLE "narrative_texts" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "year" SMALLINT NOT NULL,
    "lang" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "source" INTEGER,
    "body" JSONB NOT NULL,
    "seq" BIGINT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "narrative_texts_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "narrative_texts_author_id_idx" ON "narrative_texts"("author_id");
CREATE UNIQUE INDEX "narrative_texts_organisation_id_year_lang_version_key" ON "narrative_texts"("organisation_id", "year", "lang", "version");
ALTER TABLE "narrative_texts" ADD CONSTRAINT "narrative_texts_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "narrative_texts" ADD CONSTRAINT "narrative_texts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE narrative_texts
  ADD CONSTRAINT text_year CHECK (year BETWEEN 2000 AND 2100),
  ADD CONSTRAINT text_lang CHECK (lang IN ('zh-CN', 'en')),
  ADD CONSTRAINT text_how CHECK (how IN ('EDITED', 'RESTORED', 'REFRESHED')),
  ADD CONSTRAINT text_source CHECK (source IS NULL AND how = 'EDITED' OR source BETWEEN 1 AND version - 1),
  ADD CONSTRAINT text_body CHECK (jsonb_typeof(body -> 'paragraphs') = 'array' AND jsonb_typeof(body -> 'title') = 'string'
    AND pg_column_size(body) <= 500000),
  ADD CONSTRAINT text_stands CHECK (seq >= 0);
