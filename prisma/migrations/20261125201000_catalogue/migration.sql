-- Lists that an administrator keeps: what is out of use is offered no more, and each row is changed on a version.
ALTER TABLE "aid_categories" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "fund_sources" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "recipient_kinds" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "campaigns" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "approval_rules" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE campaigns ADD CONSTRAINT days_in_order CHECK (starts_on <= ends_on);
ALTER TABLE approval_rules ADD CONSTRAINT step_known CHECK (step BETWEEN 1 AND 3),
  ADD CONSTRAINT amount_not_negative CHECK (min_amount_fen >= 0);
-- two rules for the same place, step and amount would leave it to chance which holds
CREATE UNIQUE INDEX approval_rules_once_idx ON approval_rules (coalesce(organisation_id, 0), step, min_amount_fen)
  WHERE active;
