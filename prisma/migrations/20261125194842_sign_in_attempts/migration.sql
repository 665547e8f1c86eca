-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "id" BIGSERIAL NOT NULL,
    "name_key" CHAR(64) NOT NULL,
    "address" TEXT NOT NULL,
    "user_id" UUID,
    "failed_in_a_row" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "tried_at" TIMESTAMPTZ(6) NOT NULL,
    "succeeded_at" TIMESTAMPTZ(6),

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_in_attempts_user_id_idx" ON "sign_in_attempts"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempts_tried_at_idx" ON "sign_in_attempts"("tried_at");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_attempts_name_key_address_key" ON "sign_in_attempts"("name_key", "address");

-- AddForeignKey
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE sign_in_attempts ADD CONSTRAINT sign_in_attempts_count_upwards
  CHECK (failures >= 0 AND failed_in_a_row BETWEEN 0 AND failures AND first_at <= tried_at);
