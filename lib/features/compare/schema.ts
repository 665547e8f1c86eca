import { z } from "zod";
import { dashboardFilterSchema } from "@/lib/features/dashboard/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { codeSchema } from "@/lib/kernel/wire";
import { COMPARED, SECTIONS, SPANS } from "./types";

/** Sides are codes of what is compared: places, programmes, or years. */
export const compareAddressSchema = dashboardFilterSchema.omit({ yearAxis: true }).extend({
  of: z.enum(COMPARED).optional(),
  span: z.enum(SPANS).optional(),
  a: codeSchema.optional(),
  b: codeSchema.optional(),
  c: codeSchema.optional(),
});

export const compareExportContract = contract({
  id: "exportCompare",
  method: "GET",
  path: "/exports/compare",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  summary:
    "Two or three places, programmes or years side by side (of says which; a, b and c name them), as the page shows them: totals, what one person or household cost, programmes or places, months, and how much is estimated or unvalued; each with its difference from the first in figures and percent. Years of which one is under way are compared over the same completed months unless span=whole. section asks for one of these tables alone. Each download is written into the audit chain",
  query: compareAddressSchema.extend({
    format: fileFormatSchema,
    unit: z.enum(["yuan", "wan"]).default("yuan"),
    section: z.enum(SECTIONS).optional(),
  }),
  produces: Object.values(FILE_TYPES),
});
