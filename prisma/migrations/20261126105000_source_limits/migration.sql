-- What follows where more is spent from a source than was received: from which year on which rule holds, {"2026": "WARN"}.
-- Empty: earmarked sources stop, the others ask nothing.

-- AlterTable
ALTER TABLE "fund_sources" ADD COLUMN     "limits" JSONB;

ALTER TABLE fund_sources ADD CONSTRAINT limits_known CHECK (limits IS NULL OR jsonb_typeof(limits) = 'object'
  AND NOT jsonb_path_exists(limits, '$.keyvalue() ? (!(@.key like_regex "^20[0-9]{2}$") || @.value != "STOP" && @.value != "WARN" && @.value != "NONE")'));
