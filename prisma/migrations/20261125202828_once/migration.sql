-- A password that somebody else has seen: until when it may be replaced by its owner's own. Null: their own.
ALTER TABLE "credentials" ADD COLUMN "once_until" TIMESTAMPTZ(6);
