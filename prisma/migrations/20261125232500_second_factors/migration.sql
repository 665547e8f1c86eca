-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "proven_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "second_factors" (
    "user_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "begun_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(6),
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "code_hash" CHAR(64) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "factor_rules" (
    "role" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "factor_rules_pkey" PRIMARY KEY ("role")
);

-- AddForeignKey
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE factor_rules
  ADD CONSTRAINT factor_rule_role CHECK (role IN ('REVIEWER', 'PROVINCE', 'AUDITOR', 'ADMIN')),
  ADD CONSTRAINT factor_rule_rule CHECK (rule IN ('OFF', 'ASKED', 'REQUIRED'));

-- Every role from the reviewers up has its rule; the demonstration switches them off.
INSERT INTO factor_rules (role, rule) VALUES ('REVIEWER', 'ASKED'), ('PROVINCE', 'ASKED'), ('AUDITOR', 'ASKED'), ('ADMIN', 'ASKED');
