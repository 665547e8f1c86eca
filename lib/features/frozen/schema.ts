import { z } from "zod";
import { changesSchema } from "@/lib/features/changes/schema";
import { crossAddressSchema } from "@/lib/features/cross/schema";
import { dashboardAddressSchema } from "@/lib/features/dashboard/schema";
import { AXES, type Axis } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import { standingFields } from "@/lib/features/positions/schema";
import { ownerSchema, pageQuery, viewIdSchema } from "@/lib/features/views/schema";
import type { FigurePage } from "@/lib/features/views/types";
import { contract } from "@/lib/kernel/contract";
import { versionSchema } from "@/lib/kernel/wire";
import { axesAsked } from "./rules";

/** What a view's conditions ask for: the figures, and the axes that are kept of them. */
export function figuresAsked(
  page: FigurePage,
  query: string,
): { filter: FigureFilter; axes: Axis[] } {
  const search = Object.fromEntries(new URLSearchParams(query));
  if (page === "dashboard") {
    const asked = dashboardAddressSchema.parse(search);
    const { map: _map, classes: _classes, steps: _steps, ...filter } = asked;
    return { filter, axes: axesAsked(page, {}) };
  }
  const {
    rows,
    columns,
    measure: _measure,
    share: _share,
    face: _face,
    empty: _empty,
    fold: _fold,
    view: _view,
    asOf: _asOf,
    seq: _seq,
    ...filter
  } = crossAddressSchema.parse(search);
  return { filter, axes: axesAsked(page, { rows, columns }) };
}

/** The same conditions with their year and place said, so that they mean the same on any day and to anybody. */
export function saidWhole(
  page: FigurePage,
  query: string,
  { year, org }: { year: number; org: string },
): string {
  const search = Object.fromEntries(new URLSearchParams(query));
  return (
    pageQuery(page, new URLSearchParams({ ...search, year: String(year), org }).toString()) ?? ""
  );
}

const sumsSchema = changesSchema.shape.sum;

/** What a version keeps, as the very text its digest is of. */
export const payloadSchema = z.object({
  asOf: z.string(),
  axes: z.array(
    z.object({
      axis: z.enum(AXES),
      rows: z.array(sumsSchema.extend({ code: z.string() })),
    }),
  ),
  definition: z.int(),
  page: z.string(),
  place: z.string(),
  query: z.string(),
  seq: z.int(),
  totals: sumsSchema,
});

const placeSchema = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });

const stampSchema = z.object({
  no: z.int().meta({ description: "Of this view, from 1; the last is the newest" }),
  ...standingFields,
  definition: z.int(),
  frozenAt: z.string(),
  by: ownerSchema,
  place: placeSchema.meta({ description: "The figures are of everything below it" }),
  query: z.string().meta({ description: "The conditions, with year and place" }),
  sha256: z
    .string()
    .nullable()
    .meta({ description: "Of the kept figures; null for whoever may not read all they are of" }),
});
export type FrozenStamp = z.infer<typeof stampSchema>;

const comparedSchema = z.object({
  axis: z.enum(AXES),
  rows: z.array(
    z.object({ code: z.string(), then: sumsSchema.nullable(), now: sumsSchema.nullable() }),
  ),
});

const frozenSchema = stampSchema.extend({
  versions: z.array(stampSchema.pick({ no: true, asOf: true, seq: true, frozenAt: true })),
  shown: placeSchema.nullable().meta({
    description:
      "Whose figures the answer holds: the place itself, or the part of it that one may read, worked out anew as of the same position; null where none of it is",
  }),
  check: z.enum(["holds", "otherwise", "definition"]).nullable().meta({
    description:
      "Of the kept figures: digest and recount hold; they do not; the rules of counting changed since. Null where one is shown a part",
  }),
  then: sumsSchema.nullable(),
  now: sumsSchema.nullable(),
  axes: z.array(comparedSchema),
  changes: changesSchema
    .pick({ since: true, until: true, counts: true, sum: true })
    .nullable()
    .meta({ description: "What moved it since: now less then. GET /changes lists it" }),
});
export type FrozenFigures = z.infer<typeof frozenSchema>;

const tag = "views";
const params = z.strictObject({ id: viewIdSchema });

export const freezeViewContract = contract({
  id: "freezeView",
  method: "POST",
  path: "/views/{id}/freeze",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Keep the figures of one's own view of dashboard or cross table as they stand now: its totals and each value of its axes (where there are 1,500 at most), with the position of the chain, the definition and a SHA-256 over the canonical JSON. It is never changed; frozen again, the view has one version more, 50 at most",
  params,
  body: z.strictObject({ version: versionSchema }),
  response: stampSchema,
});
export const listFrozenContract = contract({
  id: "listFrozen",
  method: "GET",
  path: "/views/{id}/frozen",
  tag,
  rate: "read",
  summary: "Every version that a view was frozen in, the newest first",
  params,
  response: z.object({ items: z.array(stampSchema) }),
});
export const getFrozenContract = contract({
  id: "getFrozen",
  method: "GET",
  path: "/views/{id}/frozen/{no}",
  tag,
  rate: "read",
  summary:
    "A frozen version: its figures, whether digest and recount hold, and what moved them since. Kept figures are for whoever may read everything they are of; anybody else who may open the view is answered with the figures of that position within their own scope",
  params: params.extend({ no: z.coerce.number().int().min(1).max(32_767) }),
  response: frozenSchema,
});
