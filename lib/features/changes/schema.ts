import { totalsSchema } from "@/lib/features/figures/schema";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { momentSchema, standingFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { fenTextSchema } from "@/lib/kernel/wire";
import { z } from "zod";

/**
 * What moves a figure: a payment that counts from now on, a correction (its legs together), money received, and such
 * taken back. Places and programmes never move what was counted: what in them figures are made with is fixed.
 */
const CHANGE_KINDS = ["approved", "corrected", "received", "takenBack"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

const positionSchema = z.string().regex(/^\d{1,15}$/);
const stampSchema = z.union([positionSchema, momentSchema], { error: "moment" });

/** Of the approved alone: there is no other figure of an earlier position. */
export const changesFilterSchema = figureFilterSchema.omit({ status: true });

export const changesQuerySchema = changesFilterSchema.extend({
  since: stampSchema.meta({
    description: "The position that an answer named, or a moment with its zone",
    examples: ["2026-01-10T00:00:00+08:00"],
  }),
  until: stampSchema.optional().meta({ description: "Likewise; without it, up to now" }),
  cursor: positionSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** As a page's address says it; where it names no beginning, the page chooses one. */
export const changesAddressSchema = changesQuerySchema.extend({ since: stampSchema.optional() });

const sumsSchema = totalsSchema.extend({
  unvalued: z.int(),
  estimated: z.int(),
  withoutMoney: z.int(),
  reversals: z.int().meta({ description: "How many of the vouchers take a record out again" }),
});

const legSchema = z.object({
  id: z.string(),
  entryKind: z.enum(["original", "reversal", "replacement"]),
  organisation: z.string(),
  programme: z.string(),
  year: z.int(),
  amountFen: fenTextSchema.nullable().meta({ description: "Null: it has none, or not yet" }),
  inside: z.boolean().meta({ description: "False: it lies outside the filter and is only named" }),
});

const lineSchema = z.object({
  seq: z.int(),
  at: z.string(),
  kind: z.enum(CHANGE_KINDS),
  by: z.object({ nameZh: z.string(), nameEn: z.string() }).nullable(),
  organisation: z.string(),
  programme: z.string().nullable(),
  year: z.int(),
  legs: z.array(legSchema).meta({
    description:
      "The vouchers: one, or of a correction those it is made of. Of money received none",
  }),
  allotment: z.string().nullable(),
  fundSource: z.string().nullable(),
  sum: sumsSchema.meta({
    description: "What the line adds to the figure; of money received, to what was received",
  }),
});

const standing = z.object(standingFields);

export const changesSchema = z.object({
  since: standing,
  until: standing,
  definition: z.int(),
  lines: z.array(lineSchema),
  nextCursor: z.string().nullable(),
  counts: z.object({
    approved: z.int(),
    corrected: z.int(),
    received: z.int(),
    takenBack: z.int(),
  }),
  sum: sumsSchema.meta({
    description: "Of all lines, not of the page: after less before, in every measure",
  }),
  before: sumsSchema,
  after: sumsSchema,
  received: z
    .object({
      beforeFen: fenTextSchema.nullable(),
      afterFen: fenTextSchema.nullable(),
      sumFen: fenTextSchema,
    })
    .nullable()
    .meta({ description: "Null where the filter is narrower than year, place and fund source" }),
});

export type Changes = z.infer<typeof changesSchema>;
export type ChangeLine = z.infer<typeof lineSchema>;
export type ChangeSums = z.infer<typeof sumsSchema>;

export const changesContract = contract({
  id: "listChanges",
  method: "GET",
  path: "/changes",
  tag: "figures",
  rate: "read",
  stamps: ["since", "until"],
  summary:
    "What moved a figure after one position up to another, newest first: each record that came to count, corrections as one line with both legs, money received and taken back. The sum of all lines is the difference of the two figures, in fen and in every unit",
  query: changesQuerySchema,
  response: changesSchema,
});
