CREATE TABLE "saved_views" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared_with_id" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_shared_with_id_fkey" FOREIGN KEY ("shared_with_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of a view that was removed nothing is left but that it was.
ALTER TABLE saved_views
  ADD CONSTRAINT view_page CHECK (page IN ('LEDGER')),
  ADD CONSTRAINT view_name CHECK (length(name) <= 60 AND name !~ '[[:cntrl:]]' AND (name = '') = (removed_at IS NOT NULL)),
  ADD CONSTRAINT view_query CHECK (length(query) <= 2000 AND query !~ '[[:cntrl:]]'),
  ADD CONSTRAINT view_removed CHECK (removed_at IS NULL OR (query = '' AND shared_with_id IS NULL)),
  ADD CONSTRAINT view_counted CHECK (version >= 1);
CREATE UNIQUE INDEX saved_views_own ON saved_views (owner_id, page, name) WHERE removed_at IS NULL;
CREATE INDEX saved_views_shared ON saved_views (shared_with_id) WHERE shared_with_id IS NOT NULL;
