-- Views are kept of the dashboard and of the cross table too.
ALTER TABLE saved_views
  DROP CONSTRAINT view_page,
  ADD CONSTRAINT view_page CHECK (page IN ('LEDGER', 'DASHBOARD', 'CROSS'));

-- What a view's figures were at a position of the chain: the stamp, which whoever may open the view may read …
CREATE TABLE "frozen_views" (
    "id" BIGSERIAL NOT NULL,
    "view_id" BIGINT NOT NULL,
    "no" SMALLINT NOT NULL,
    "place_id" INTEGER NOT NULL,
    "query" TEXT NOT NULL,
    "root_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "definition" SMALLINT NOT NULL,
    "by" UUID NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "frozen_views_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "frozen_views_view_id_no_key" ON "frozen_views"("view_id", "no");
ALTER TABLE "frozen_views" ADD CONSTRAINT "frozen_views_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_views"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "frozen_views" ADD CONSTRAINT "frozen_views_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "frozen_views" ADD CONSTRAINT "frozen_views_root_id_fkey" FOREIGN KEY ("root_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "frozen_views" ADD CONSTRAINT "frozen_views_by_fkey" FOREIGN KEY ("by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- … and the figures, which only those may read whose rights cover the whole place that they are of. The digest stands
-- with them: of few figures it could be guessed back.
CREATE TABLE "frozen_figures" (
    "frozen_id" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,

    CONSTRAINT "frozen_figures_pkey" PRIMARY KEY ("frozen_id")
);
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_frozen_id_fkey" FOREIGN KEY ("frozen_id") REFERENCES "frozen_views"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE frozen_views
  ADD CONSTRAINT frozen_counted CHECK (no >= 1 AND seq >= 0 AND definition >= 1),
  ADD CONSTRAINT frozen_query CHECK (length(query) <= 2000 AND query !~ '[[:cntrl:]]');
ALTER TABLE frozen_figures
  ADD CONSTRAINT frozen_size CHECK (octet_length(payload) <= 1048576),
  ADD CONSTRAINT frozen_digest CHECK (sha256 = encode(sha256(convert_to(payload, 'UTF8')), 'hex'));
