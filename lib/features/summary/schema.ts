import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { stampFields } from "@/lib/features/positions/schema";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { YEAR_AXES } from "@/lib/kernel/year-axis";
import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";

export const yearSummaryContract = contract({
  id: "exportYearSummary",
  method: "GET",
  path: "/exports/year-summary",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  stamps: ["asOf"],
  summary:
    "Yearly summary 年度汇总表 of a subtree, as a file in the caller's language; the same figures as the screen, to the fen; with asOf or seq as they stood then. Each download is written into the audit chain",
  query: z.strictObject({
    year: yearSchema,
    yearAxis: z.enum(YEAR_AXES).optional().meta({
      description: "By the unions' statistics year neither received nor left is known",
    }),
    org: codeSchema.optional(),
    ...stampFields,
    format: fileFormatSchema,
    unit: z.enum(["yuan", "wan"]).default("yuan"),
  }),
  produces: Object.values(FILE_TYPES),
});
