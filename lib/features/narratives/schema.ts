import { z } from "zod";
import { standingFields, stampFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { BRIEF_FORMATS, LENGTHS, UNITS } from "./types";

export const lengthSchema = z.enum(LENGTHS).default("long");

export const narrativeContract = contract({
  id: "getNarrative",
  method: "GET",
  path: "/narratives",
  tag: "figures",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "Work brief 工作简报 of a year and a subtree, drafted from the ledger. Each number of the text is a token: from start to end (UTF-16 units) it stands in the text, figure is the address under this API that answers it, value what it answers there, unit of what (fen: money). What is not known is not said",
  query: z.strictObject({
    year: yearSchema,
    org: codeSchema.optional(),
    lang: z.enum(["zh-CN", "en"]).default("zh-CN"),
    length: lengthSchema,
    ...stampFields,
  }),
  response: z.object({
    text: z.string(),
    tokens: z.array(
      z.object({
        start: z.int(),
        end: z.int(),
        figure: z.string(),
        value: z.string(),
        unit: z.enum(UNITS),
      }),
    ),
    ...standingFields,
  }),
});

export const narrativeExportContract = contract({
  id: "exportNarrative",
  method: "GET",
  path: "/exports/narrative",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  summary:
    "The work brief 工作简报 as a text file or a Word document in the caller’s language, word for word that of the screen; in the document each number stands in a bookmark figure_001, and the property of that name says value, unit and address of the figure. Each download is written into the audit chain",
  query: z.strictObject({
    year: yearSchema,
    org: codeSchema.optional(),
    length: lengthSchema,
    format: z.enum(BRIEF_FORMATS).default("txt"),
    version: z.coerce.number().int().min(1).max(1_000_000).optional().meta({
      description: "A saved version; without it the draft",
    }),
    ...stampFields,
  }),
  produces: [
    "text/plain; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ],
});
