import { z } from "zod";
import { crossAddressSchema } from "@/lib/features/cross/schema";
import { isSum } from "@/lib/features/cross/rules";
import { CROSS_AXES, FORM_MEASURES } from "@/lib/features/cross/types";
import { SEASONS } from "@/lib/features/reference/types";
import { AID_FORMS, AMOUNT_KINDS } from "@/lib/kernel/record-codes";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { codeSchema, versionSchema, yearSchema } from "@/lib/kernel/wire";
import { YEAR_AXES } from "@/lib/kernel/year-axis";
import { stampFields } from "@/lib/features/positions/schema";
import {
  GROUPED_AXES,
  LAYOUT_FORMATS,
  LAYOUT_MOST,
  LAYOUT_SCHEMA,
  SHIPPED_IDS,
  type Layout,
  type LayoutFormat,
} from "./types";

const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const lineOf = (max: number) =>
  z.string().trim().max(max, { error: "tooLong" }).regex(LINE, { error: "oneLine" });
/** In both languages; English may be missing, and Chinese stands there then. */
const textOf = (max: number) => z.strictObject({ zh: lineOf(max), en: lineOf(max).default("") });
const namedOf = (max: number) =>
  z.strictObject({
    zh: lineOf(max).min(1, { error: "required" }),
    en: lineOf(max).default(""),
  });
const lines = (most: number, max: number) =>
  z.array(namedOf(max)).max(most, { error: "tooMany" }).default([]);
const codes = z.array(codeSchema).min(1).max(60);

const measures = z.array(z.enum(FORM_MEASURES)).min(1, { error: "tooFew" }).max(10);

const groupSchema = z.strictObject({
  name: namedOf(40),
  codes: codes.optional().meta({ description: "Values of the axis, as codes" }),
  seasons: z
    .array(z.enum(SEASONS))
    .min(1)
    .optional()
    .meta({ description: "Every programme of these seasons, also one that is added later" }),
  measures: measures.optional().meta({ description: "Instead of those of the part" }),
});

const isGrouped = (axis: string | null) => GROUPED_AXES.some((one) => one === axis);

const blockSchema = z
  .strictObject({
    name: textOf(40),
    axis: z.enum(CROSS_AXES).nullable().meta({ description: "null = the line’s own sum" }),
    measures,
    groups: z
      .array(groupSchema)
      .min(1)
      .max(LAYOUT_MOST.groups, { error: "tooMany" })
      .optional()
      .meta({
        description:
          "Columns that gather values of the axis; whatever none of them names stands in one more, so that the columns add up to the sum",
      }),
  })
  .superRefine(({ axis, measures: own, groups = [] }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (groups.length > 0 && !isGrouped(axis)) fault(["groups"], "layoutGroups");
    const seen = new Set<string>();
    groups.forEach(({ codes: some = [], seasons = [], measures: others = own }, at) => {
      if (some.length + seasons.length === 0) fault(["groups", at, "codes"], "required");
      if (seasons.length > 0 && (axis !== "programme" || some.length > 0))
        fault(["groups", at, "seasons"], "layoutSeasons");
      for (const code of [...some, ...seasons]) {
        if (seen.has(code)) fault(["groups", at], "layoutTwice");
        seen.add(code);
      }
      // a record paid by two sources would count twice
      if (axis === "fundSource" && !others.every(isSum)) fault(["groups", at], "layoutSources");
    });
    if (groups.length > 0 && axis === "fundSource" && !own.every(isSum))
      fault(["measures"], "layoutSources");
  });

const filterSchema = z
  .strictObject({
    seasons: z.array(z.enum(SEASONS)).min(1).optional().meta({
      description: "Every programme of these seasons, also one that is added later",
    }),
    programme: codes.optional(),
    aidCategory: codes.optional(),
    recipientKind: codes.optional(),
    campaign: codes.optional(),
    fundSource: codes.optional(),
    form: z.array(z.enum(AID_FORMS)).min(1).optional(),
    amountKind: z.array(z.enum(AMOUNT_KINDS)).min(1).optional(),
  })
  .refine(({ seasons, programme }) => seasons === undefined || programme === undefined, {
    error: "layoutSeasons",
    path: ["seasons"],
  });

/** What travels as a file is read as well. */
export const layoutSchema = z
  .strictObject({
    schema: z.literal(LAYOUT_SCHEMA, { error: "layoutSchema" }).meta({
      description: "Raised where a layout says what an earlier program could not read",
    }),
    title: namedOf(60),
    rows: z.enum(CROSS_AXES),
    blocks: z
      .array(blockSchema)
      .min(1, { error: "tooFew" })
      .max(LAYOUT_MOST.blocks, { error: "tooMany" }),
    filter: filterSchema.default({}),
    emptyRows: z.enum(["show", "hide"]).default("show"),
    numbered: z.boolean().default(true).meta({ description: "Columns bear their numbers" }),
    header: lines(LAYOUT_MOST.header, 60).meta({
      description: "{place}, {date} and {year} are filled in",
    }),
    footer: lines(LAYOUT_MOST.footer, 40).meta({ description: "Where it is signed" }),
    notes: lines(LAYOUT_MOST.notes, 300),
  })
  .superRefine(({ rows, blocks }, context) =>
    blocks.forEach(({ axis }, at) => {
      if (axis === rows)
        context.addIssue({ code: "custom", path: ["blocks", at, "axis"], message: "sameAxis" });
    }),
  ) satisfies z.ZodType<Layout>;

/** How each file of a form is called by its type. */
export const LAYOUT_TYPES: Record<LayoutFormat, string> = { ...FILE_TYPES, pdf: "application/pdf" };

/** One that comes with the program, or the number of one's own. */
const layoutIdSchema = z.union([z.enum(SHIPPED_IDS), z.string().regex(/^[1-9]\d{0,17}$/)]).meta({
  description:
    "A form that comes with the program by its name, one of the province’s own by its number",
});

const asked = {
  year: yearSchema.optional(),
  yearAxis: z.enum(YEAR_AXES).optional(),
  org: codeSchema.optional(),
  ...stampFields,
};
export const layoutAddressSchema = z.strictObject(asked);

/** A new form is made from one that there is, or from a cross table as its own address says it. */
export const newLayoutAddressSchema = crossAddressSchema.extend({
  from: layoutIdSchema.optional(),
});

export const layoutExportContract = contract({
  id: "exportLayout",
  method: "GET",
  path: "/exports/layout",
  stepUp: "whole-province",
  tag: "exports",
  rate: "export",
  stamps: ["asOf"],
  summary:
    "A report form of a year, as it stands on its page: header lines, numbered columns, totals, checks and footer lines; a workbook has live formulas and a sheet of checks. Each download is written into the audit chain",
  query: z.strictObject({
    layout: layoutIdSchema,
    ...asked,
    format: z.enum(LAYOUT_FORMATS).default("xlsx"),
    unit: z.enum(["yuan", "wan"]).default("yuan"),
  }),
  produces: Object.values(LAYOUT_TYPES),
});

const keptSchema = z.object({
  id: z.string(),
  /** Comes with the program: nobody changes it. */
  shipped: z.boolean(),
  layout: layoutSchema,
  version: z.int().nullable(),
  updatedAt: z.string().nullable(),
});

const createLayoutInputSchema = z.strictObject({ layout: layoutSchema });
export type CreateLayoutInput = z.infer<typeof createLayoutInputSchema>;
const updateLayoutInputSchema = z.strictObject({ version: versionSchema, layout: layoutSchema });
export type UpdateLayoutInput = z.infer<typeof updateLayoutInputSchema>;

const tag = "layouts";
const params = z.strictObject({ id: layoutIdSchema });

export const listLayoutsContract = contract({
  id: "listLayouts",
  method: "GET",
  path: "/layouts",
  tag,
  rate: "read",
  summary: "The report forms that come with the program, and those of the province above one",
  response: z.object({ items: z.array(keptSchema) }),
});
export const getLayoutContract = contract({
  id: "getLayout",
  method: "GET",
  path: "/layouts/{id}",
  tag,
  rate: "read",
  summary: "One report form as data: its layout travels as a json file, and is taken by POST",
  params,
  response: keptSchema,
});
export const createLayoutContract = contract({
  id: "createLayout",
  method: "POST",
  path: "/layouts",
  tag,
  rate: "write",
  status: 201,
  summary:
    "A report form of the province’s own: 100 at most, each title once; a layout of a newer schema, or one that names what the lists do not have, is refused",
  body: createLayoutInputSchema,
  maxBytes: 65_536,
  response: keptSchema,
});
export const updateLayoutContract = contract({
  id: "updateLayout",
  method: "PATCH",
  path: "/layouts/{id}",
  tag,
  rate: "write",
  summary: "Change a report form of the province’s own",
  params,
  body: updateLayoutInputSchema,
  maxBytes: 65_536,
  response: keptSchema,
});
export const removeLayoutContract = contract({
  id: "removeLayout",
  method: "DELETE",
  path: "/layouts/{id}",
  tag,
  rate: "write",
  summary: "Remove a report form of the province’s own, for everybody",
  params,
  response: z.object({ removed: z.literal(true) }),
});
