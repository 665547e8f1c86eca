import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { ledgerFilterSchema } from "@/lib/features/ledger/schema";
import { stampFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { codeSchema } from "@/lib/kernel/wire";

export const ledgerExportQuerySchema = ledgerFilterSchema.extend({
  ...stampFields,
  format: fileFormatSchema,
  map: codeSchema.optional().meta({
    description:
      "A table of others by its code (GET /admin/maps): its heads, and the same rows under them. It is read back as it is written",
  }),
});

export const ledgerExportContract = contract({
  id: "exportLedger",
  method: "GET",
  path: "/exports/ledger",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  stamps: ["asOf"],
  summary:
    "Every record of exactly this filter, streamed, never cut; totals and what they leave out stand above the rows. With asOf or seq, the records that were approved then, and no others. Each download is written into the audit chain",
  query: ledgerExportQuerySchema,
  produces: Object.values(FILE_TYPES),
});
