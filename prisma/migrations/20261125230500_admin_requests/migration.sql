-- CreateTable
CREATE TABLE "admin_requests" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "username" TEXT,
    "name_zh" TEXT,
    "name_en" TEXT,
    "role" TEXT,
    "organisation_id" INTEGER,
    "issuer" TEXT,
    "subject" TEXT,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decision" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),

    CONSTRAINT "admin_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "admin_requests_requested_at_idx" ON "admin_requests"("requested_at" DESC);

-- CreateIndex
CREATE INDEX "admin_requests_user_id_idx" ON "admin_requests"("user_id");

-- AddForeignKey
ALTER TABLE "admin_requests" ADD CONSTRAINT "admin_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_requests" ADD CONSTRAINT "admin_requests_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_requests" ADD CONSTRAINT "admin_requests_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_requests" ADD CONSTRAINT "admin_requests_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE admin_requests
  ADD CONSTRAINT request_kind CHECK (kind IN
    ('OPEN-ACCOUNT', 'GRANT-ROLE', 'RESET-PASSWORD', 'LINK-IDENTITY', 'ENABLE-ACCOUNT', 'LIFT-FACTOR')),
  -- Each says exactly what it asks for: an account that is not there yet by what it will be called.
  ADD CONSTRAINT request_whose CHECK (CASE WHEN kind = 'OPEN-ACCOUNT'
    THEN num_nonnulls(username, name_zh, name_en) = 3 AND (user_id IS NULL OR decision = 'CONFIRMED')
    ELSE user_id IS NOT NULL AND num_nonnulls(username, name_zh, name_en) = 0 END),
  ADD CONSTRAINT request_role CHECK (num_nonnulls(role, organisation_id) =
    CASE WHEN kind IN ('OPEN-ACCOUNT', 'GRANT-ROLE') THEN 2 ELSE 0 END),
  ADD CONSTRAINT request_identity CHECK (num_nonnulls(issuer, subject) =
    CASE WHEN kind = 'LINK-IDENTITY' THEN 2 ELSE 0 END),
  ADD CONSTRAINT request_decision CHECK (decision IN ('CONFIRMED', 'DECLINED', 'WITHDRAWN')),
  ADD CONSTRAINT request_decided CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
  ADD CONSTRAINT request_by_two CHECK (decision IS DISTINCT FROM 'CONFIRMED' OR decided_by <> requested_by);
