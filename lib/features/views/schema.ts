import { z } from "zod";
import { crossWords } from "@/lib/features/cross/address";
import { crossAddressSchema } from "@/lib/features/cross/schema";
import { dashboardAddressSchema } from "@/lib/features/dashboard/schema";
import { filterQuery } from "@/lib/features/filter/address";
import { ledgerViewQuery } from "@/lib/features/ledger/address";
import { ledgerViewSchema } from "@/lib/features/ledger/schema";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, versionSchema } from "@/lib/kernel/wire";
import { MAX_VIEW_NAME } from "./rules";
import { VIEW_PAGES, type ViewPage } from "./types";

const nameSchema = z
  .string()
  .trim()
  .min(1, { error: "required" })
  .max(MAX_VIEW_NAME, { error: "tooLong" })
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "oneLine" });
const querySchema = z.string().max(2000, { error: "tooLong" }).meta({
  description: "Filter, order and columns as they stand in the page's address",
});
const sharedWithSchema = codeSchema.nullable().meta({
  description:
    "An organisation where one holds a role: everybody in its subtree may open it; null = oneself alone",
});

/** How each page reads its address, and writes it. */
const PAGES: Record<ViewPage, (search: Record<string, string>) => string | null> = {
  ledger(search) {
    const read = ledgerViewSchema.safeParse(search);
    return read.success ? ledgerViewQuery(read.data) : null;
  },
  dashboard(search) {
    const read = dashboardAddressSchema.safeParse(search);
    if (!read.success) return null;
    const { map, classes, steps, ...filter } = read.data;
    const look = Object.entries({ map, classes, steps }).filter(([, value]) => value !== undefined);
    return filterQuery(filter, Object.fromEntries(look) as Record<string, string>);
  },
  cross(search) {
    const read = crossAddressSchema.omit({ view: true }).safeParse(search);
    if (!read.success) return null;
    const { rows, columns, measure, share, face, empty, fold, ...filter } = read.data;
    return filterQuery(
      { ...filter, asOf: undefined, seq: undefined },
      crossWords({ rows, columns, measure, share, face, empty, fold }),
    );
  },
};

/** The query as its page would write it, so that the same view is the same text; null where the page cannot read it. */
export const pageQuery = (page: ViewPage, query: string): string | null =>
  PAGES[page](Object.fromEntries(new URLSearchParams(query)));

export const ownerSchema = z.object({ nameZh: z.string(), nameEn: z.string() });

const viewSchema = z.object({
  id: z.string(),
  page: z.enum(VIEW_PAGES),
  name: z.string(),
  query: z.string(),
  /** One's own: to change and remove. */
  own: z.boolean(),
  owner: ownerSchema,
  sharedWith: z.string().nullable(),
  version: z.int(),
  updatedAt: z.string(),
});
export type SavedView = z.infer<typeof viewSchema>;

const createViewInputSchema = z.strictObject({
  page: z.enum(VIEW_PAGES),
  name: nameSchema,
  query: querySchema,
  sharedWith: sharedWithSchema.optional(),
});
export type CreateViewInput = z.infer<typeof createViewInputSchema>;
const updateViewInputSchema = z.strictObject({
  version: versionSchema,
  name: nameSchema.optional(),
  query: querySchema.optional(),
  sharedWith: sharedWithSchema.optional(),
});
export type UpdateViewInput = z.infer<typeof updateViewInputSchema>;

const tag = "views";
export const viewIdSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const params = z.strictObject({ id: viewIdSchema });

export const listViewsContract = contract({
  id: "listViews",
  method: "GET",
  path: "/views",
  tag,
  rate: "read",
  summary: "One's own views and those shared with one's organisation, one's own first",
  query: z.strictObject({ page: z.enum(VIEW_PAGES).optional() }),
  response: z.object({ items: z.array(viewSchema) }),
});
export const createViewContract = contract({
  id: "createView",
  method: "POST",
  path: "/views",
  tag,
  rate: "write",
  status: 201,
  summary: "Keep a page's filter, order and columns under a name; 100 a person",
  body: createViewInputSchema,
  response: viewSchema,
});
export const updateViewContract = contract({
  id: "updateView",
  method: "PATCH",
  path: "/views/{id}",
  tag,
  rate: "write",
  summary: "Rename one's own view, share it or not, or change what it keeps",
  params,
  body: updateViewInputSchema,
  response: viewSchema,
});
export const removeViewContract = contract({
  id: "removeView",
  method: "DELETE",
  path: "/views/{id}",
  tag,
  rate: "write",
  summary: "Remove one's own view, for everybody it was shared with",
  params,
  response: z.object({ removed: z.literal(true) }),
});
