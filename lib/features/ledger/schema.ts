import { rowSchema } from "@/lib/features/disbursements/schema";
import { leftOutThenSchema, standing, totalsSchema } from "@/lib/features/figures/schema";
import { figureFilterSchema, sortSchema } from "@/lib/features/filter/schema";
import type { AddressFilter } from "@/lib/features/filter/types";
import { NUMBERED_PAGES } from "./address";
import { stampFields } from "@/lib/features/positions/schema";
import { MOST_WORDS, searchWords } from "@/lib/features/search/rules";
import { contract } from "@/lib/kernel/contract";
import { fenTextSchema, listSchema } from "@/lib/kernel/wire";
import { z } from "zod";

const columnsSchema = listSchema(z.string().regex(/^[A-Za-z]{1,40}$/));

/** The ledger's filter: the same names in the page's URL, the API and the export. */
export const ledgerFilterSchema = figureFilterSchema.extend({
  /** Words looked for in note, names (also of sources of money), reference, campaign and citation, and amounts; at most eight. */
  q: z
    .string()
    .trim()
    .max(100)
    .refine((q) => searchWords(q).length <= MOST_WORDS, { error: "tooManyWords" })
    .optional(),
  only: z.literal("counted").optional().meta({
    description:
      "Only the records that the totals count: approved unless a status is asked for, contributory programmes by name",
  }),
  sort: sortSchema.optional(),
});

export type LedgerFilter = AddressFilter;

export const ledgerQuerySchema = ledgerFilterSchema.extend({
  ...stampFields,
  cursor: z.string().max(200).optional(),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(NUMBERED_PAGES)
    .optional()
    .meta({ description: "A page by its number, in place of a cursor" }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const rowsSchema = z
  .int()
  .meta({ description: "How many records there are on all pages, reversals among them" });

/** What a view of the ledger keeps: the filter, its order, and which columns are shown. */
export const ledgerViewSchema = ledgerFilterSchema.extend({ columns: columnsSchema.optional() });

/** The page's own address says besides how it is laid out, and which view was opened. */
export const ledgerAddressSchema = ledgerQuerySchema.extend({
  columns: columnsSchema.optional(),
  view: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
});

/** Lines that the totals are made of: a reversal is one more, where totals.records has one less. */
const vouchersSchema = z.int();

export const ledgerPageSchema = z.object({
  items: z.array(rowSchema),
  nextCursor: z.string().nullable(),
  rows: rowsSchema,
  totals: totalsSchema,
  vouchers: vouchersSchema,
  leftOut: leftOutThenSchema,
  ...standing,
});

export type LedgerPage = z.infer<typeof ledgerPageSchema>;

/** Like the ledger, but only what one figure counts: approved, contributory programmes by name only. */
export const explainQuerySchema = figureFilterSchema.extend({
  ...stampFields,
  sort: sortSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `countedFen`: what this voucher adds to the figure (its share, where a fund source is asked for). */
export const explainPageSchema = z.object({
  items: z.array(rowSchema.extend({ countedFen: fenTextSchema })),
  nextCursor: z.string().nullable(),
  totals: totalsSchema,
  vouchers: vouchersSchema,
  leftOut: leftOutThenSchema,
  ...standing,
});

export type ExplainPage = z.infer<typeof explainPageSchema>;

export const listDisbursementsContract = contract({
  id: "listDisbursements",
  method: "GET",
  path: "/disbursements",
  tag: "disbursements",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "The ledger, newest first; totals count approved records unless a status is asked for. With asOf or seq, only the records that counted then",
  query: ledgerQuerySchema,
  response: ledgerPageSchema,
});

export const explainFigureContract = contract({
  id: "explainFigure",
  method: "GET",
  path: "/figures/explain",
  tag: "figures",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "The vouchers behind one figure; their countedFen sum to it to the fen. With asOf or seq, those behind it as it stood then",
  query: explainQuerySchema,
  response: explainPageSchema,
});
