-- Photographs of all places by the four quarters of what they look like: of two that differ by three signs of sixty-four
-- at most, one quarter at least is the same.
CREATE INDEX "attachments_photo_quarters_idx" ON "attachments" USING gin ((ARRAY[
    "likeness" & 65535, 65536 | (("likeness" >> 16) & 65535), 131072 | (("likeness" >> 32) & 65535), 196608 | (("likeness" >> 48) & 65535)]))
  WITH (fastupdate = off)
  WHERE "likeness" IS NOT NULL AND "removed_at" IS NULL;
