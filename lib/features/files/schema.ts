import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { ledgerFilterSchema } from "@/lib/features/ledger/schema";
import { contract } from "@/lib/kernel/contract";

export const ledgerExportQuerySchema = ledgerFilterSchema.extend({ format: fileFormatSchema });

export const ledgerExportContract = contract({
  id: "exportLedger",
  method: "GET",
  path: "/exports/ledger",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  summary:
    "Every record of exactly this filter, streamed, never cut; totals and what they leave out stand above the rows. Each download is written into the audit chain",
  query: ledgerExportQuerySchema,
  produces: Object.values(FILE_TYPES),
});
