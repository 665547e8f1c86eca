import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { ledgerFilterSchema } from "@/lib/features/disbursements/schema";
import { FILE_FORMATS } from "./types";

export const FILE_TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;

const formatSchema = z.enum(FILE_FORMATS).default("xlsx");
const produces = [FILE_TYPES.xlsx, FILE_TYPES.csv];

export const yearSummaryContract = contract({
  id: "exportYearSummary",
  method: "GET",
  path: "/exports/year-summary",
  tag: "exports",
  rate: "export",
  summary:
    "Yearly summary 年度汇总表 of a subtree, as a file in the caller's language; the same figures as the screen, to the fen. Each download is written into the audit chain",
  query: z.strictObject({
    year: yearSchema,
    org: codeSchema.optional(),
    format: formatSchema,
    unit: z.enum(["yuan", "wan"]).default("yuan"),
  }),
  produces,
});

export const ledgerExportQuerySchema = ledgerFilterSchema.extend({ format: formatSchema });

export const ledgerExportContract = contract({
  id: "exportLedger",
  method: "GET",
  path: "/exports/ledger",
  tag: "exports",
  rate: "export",
  summary:
    "Every record of exactly this filter, streamed, never cut; totals and what they leave out stand above the rows. Each download is written into the audit chain",
  query: ledgerExportQuerySchema,
  produces,
});
