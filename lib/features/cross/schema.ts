import { z } from "zod";
import { leftOutThenSchema, standing } from "@/lib/features/figures/schema";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { stampFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { codeSchema, fenTextSchema, listSchema } from "@/lib/kernel/wire";
import { CELL_STATES, CROSS_AXES, CROSS_MEASURES, EMPTIES, FACES, SHARES } from "./types";

const shape = {
  rows: z.enum(CROSS_AXES).default("organisation"),
  columns: z.enum(CROSS_AXES).default("programme"),
  measure: z.enum(CROSS_MEASURES).default("amountFen"),
};

const look = {
  share: z.enum(SHARES).default("value"),
  face: z.enum(FACES).default("table"),
  empty: z.enum(EMPTIES).default("show"),
  fold: listSchema(codeSchema).default([]),
};

/** One place is named, as on the dashboard. */
export const crossAddressSchema = figureFilterSchema.extend({
  org: codeSchema.optional(),
  ...stampFields,
  ...shape,
  ...look,
  view: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
});

const lineSchema = z.object({
  kind: z.enum(["item", "subtotal", "total", "apart"]),
  code: z.string(),
  own: z.boolean(),
  level: z.int(),
});

export const crossContract = contract({
  id: "getCross",
  method: "GET",
  path: "/cross",
  tag: "figures",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "Any two axes against each other. Each sum is worked out at its own grouping: subtotals, both edges (kind total) and the corner are never added up from cells; a ratio is divided after grouping, over the records that know both amount and count. An organisation stands with what is below it, or alone (own); contributory programmes stand apart, in no total. value is fen as text or a count, null where the state says why: none = no voucher, unknown = nobody counted, unvalued, noMoney; partly = known, but not of every record. surplus: how much more the lines come to than the total, where a record paid by several sources stands in several. Above 20,000 cells the table is refused. With asOf or seq the table as it stood then, of approved records alone",
  query: figureFilterSchema.extend({ ...stampFields, ...shape }),
  response: z.object({
    rows: z.array(lineSchema),
    columns: z.array(lineSchema),
    cells: z.array(
      z.array(
        z.object({
          value: z.union([fenTextSchema, z.int()]).nullable(),
          state: z.enum(CELL_STATES),
          records: z.int(),
          unvalued: z.int(),
          estimated: z.int(),
          href: z.string().nullable(),
        }),
      ),
    ),
    surplus: z.object({ rows: fenTextSchema, columns: fenTextSchema }).nullable(),
    leftOut: leftOutThenSchema,
    ...standing,
  }),
});

export const crossExportContract = contract({
  id: "exportCross",
  method: "GET",
  path: "/exports/cross",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  stamps: ["asOf"],
  summary:
    "A cross table as it stands on the page: its axes, measure, shares, folded lines and empty ones, with its unit, its filter in words, its moment and what its total leaves out. Each download is written into the audit chain",
  query: crossAddressSchema.omit({ view: true }).extend({
    format: fileFormatSchema,
    unit: z.enum(["yuan", "wan"]).default("yuan"),
  }),
  produces: Object.values(FILE_TYPES),
});
