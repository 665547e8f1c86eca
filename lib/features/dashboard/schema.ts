import { z } from "zod";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { codeSchema } from "@/lib/kernel/wire";
import { MAP_CLASSES, MAP_MEASURES, MAP_STEPS, type MapLook } from "@/lib/features/map/types";
import { CARDS } from "./types";

export const dashboardFilterSchema = figureFilterSchema
  .extend({ org: codeSchema.optional() })
  .omit({
    status: true,
    organisation: true,
    prefecture: true,
    amountKind: true,
    named: true,
    throughMonth: true,
    paidFrom: true,
    paidTo: true,
    amountFrom: true,
    amountTo: true,
    corrects: true,
  });

/** The page has a map as well, and how it is drawn stands in its address. */
export const dashboardAddressSchema = dashboardFilterSchema.extend({
  map: z.enum(MAP_MEASURES).optional(),
  classes: z.enum(MAP_STEPS).optional(),
  steps: z.enum(MAP_CLASSES).optional(),
} satisfies Record<keyof MapLook, z.ZodType>);

export const cardExportContract = contract({
  id: "exportCard",
  method: "GET",
  path: "/exports/card",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  summary:
    "The table of one card of the dashboard, whole and as the screen has it, with its unit, its filter in words, its moment and what its total leaves out. Each download is written into the audit chain",
  query: dashboardFilterSchema.extend({
    card: z.enum(CARDS),
    format: fileFormatSchema,
    unit: z.enum(["yuan", "wan"]).default("yuan"),
  }),
  produces: Object.values(FILE_TYPES),
});
