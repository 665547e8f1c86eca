import { rowSchema } from "@/lib/features/disbursements/schema";
import { leftOutSchema, totalsSchema } from "@/lib/features/figures/schema";
import { figureFilterSchema, sortSchema } from "@/lib/features/filter/schema";
import { contract } from "@/lib/kernel/contract";
import { fenTextSchema } from "@/lib/kernel/wire";
import { z } from "zod";

/** The ledger's filter: the same names in the page's URL, the API and the export. */
export const ledgerFilterSchema = figureFilterSchema.extend({
  /** Words looked for in note, reference, campaign and citation. */
  q: z.string().trim().max(100).optional(),
  sort: sortSchema.optional(),
});

export type LedgerFilter = z.infer<typeof ledgerFilterSchema>;

export const ledgerQuerySchema = ledgerFilterSchema.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const ledgerPageSchema = z.object({
  items: z.array(rowSchema),
  nextCursor: z.string().nullable(),
  totals: totalsSchema,
  leftOut: leftOutSchema,
});

export type LedgerPage = z.infer<typeof ledgerPageSchema>;

/** Like the ledger, but only what one figure counts: approved, contributory programmes by name only. */
export const explainQuerySchema = figureFilterSchema.extend({
  sort: sortSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `countedFen`: what this voucher adds to the figure (its share, where a fund source is asked for). */
export const explainPageSchema = z.object({
  items: z.array(rowSchema.extend({ countedFen: fenTextSchema })),
  nextCursor: z.string().nullable(),
  totals: totalsSchema,
  /** Lines to be listed: a reversal is one more, where totals.records has one less. */
  vouchers: z.int(),
  leftOut: leftOutSchema,
});

export type ExplainPage = z.infer<typeof explainPageSchema>;

export const listDisbursementsContract = contract({
  id: "listDisbursements",
  method: "GET",
  path: "/disbursements",
  tag: "disbursements",
  rate: "read",
  summary: "The ledger, newest first; totals count approved records unless a status is asked for",
  query: ledgerQuerySchema,
  response: ledgerPageSchema,
});

export const explainFigureContract = contract({
  id: "explainFigure",
  method: "GET",
  path: "/figures/explain",
  tag: "figures",
  rate: "read",
  summary: "The vouchers behind one figure; their countedFen sum to it to the fen",
  query: explainQuerySchema,
  response: explainPageSchema,
});
