CREATE TABLE "report_layouts" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "author_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_layouts_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "report_layouts_author_id_idx" ON "report_layouts"("author_id");
ALTER TABLE "report_layouts" ADD CONSTRAINT "report_layouts_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "report_layouts" ADD CONSTRAINT "report_layouts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE report_layouts
  ADD CONSTRAINT layout_title CHECK (length(title) BETWEEN 1 AND 60 AND title !~ '[[:cntrl:]]' AND body -> 'title' ->> 'zh' IS NOT DISTINCT FROM title),
  ADD CONSTRAINT layout_body CHECK (coalesce(jsonb_typeof(body -> 'schema') = 'number' AND jsonb_typeof(body -> 'blocks') = 'array', false)
    AND octet_length(body::text) <= 65536),
  ADD CONSTRAINT layout_counted CHECK (version >= 1);
CREATE UNIQUE INDEX report_layouts_titled ON report_layouts (organisation_id, title) WHERE removed_at IS NULL;
