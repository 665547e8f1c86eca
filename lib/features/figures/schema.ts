import { z } from "zod";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { standingFields, stampFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { eachCount } from "@/lib/kernel/counts";
import { codeSchema, fenTextSchema, listSchema, yearSchema } from "@/lib/kernel/wire";
import { COMPARES } from "./rules";
import { AXES, MEASURES, NAMED_MEASURES } from "./types";

export const totalsSchema = z.object({
  amountFen: fenTextSchema,
  records: z.int(),
  ...eachCount(() => z.int()),
});

const apart = {
  records: z.int(),
  amountFen: fenTextSchema,
  unvalued: z.int(),
  withoutMoney: z.int(),
  reversals: z.int(),
};

export const leftOutSchema = z.object({
  draft: z.int(),
  submitted: z.int(),
  returned: z.int(),
  unvalued: z.int(),
  estimated: z.int(),
  withoutMoney: z.int(),
  contributory: z.object(apart),
  unplaced: z
    .object({ ...apart, waiting: z.int() })
    .optional()
    .meta({
      description:
        "Of a statistics year alone: records of both civil years it lies in whose month nobody knows, in no statistics year; waiting: how many more of them are not approved yet. month=0 lists them",
    }),
});

/** The same of a position: null where how many waited then is not kept, under a filter narrower than year, place and programme. */
export const leftOutThenSchema = leftOutSchema.extend({
  draft: z.int().nullable(),
  submitted: z.int().nullable(),
  returned: z.int().nullable(),
  unplaced: z.object({ ...apart, waiting: z.int().nullable() }).optional(),
});

export const standing = {
  ...standingFields,
  definition: z.int().meta({ description: "Raised where a rule of counting changes" }),
};

export const figuresQuerySchema = figureFilterSchema.extend({
  ...stampFields,
  groupBy: listSchema(z.enum(AXES)).default([]),
  measures: listSchema(z.enum([...MEASURES, ...NAMED_MEASURES]))
    .default([...MEASURES])
    .meta({
      description:
        "By name: namedRecords, namedFen, namedPersons and namedHouseholds, of the sums what was handed in with a roster, and namedPermille, its share of the money; null where nothing was spent",
    }),
  compare: z.enum(COMPARES).default("none"),
});

const change = {
  previousFen: fenTextSchema.nullable().optional(),
  changeFen: fenTextSchema.nullable().optional(),
  changePermille: z.int().nullable().optional(),
};

const axisValues = {
  organisation: z.string().optional(),
  prefecture: z.string().optional(),
  programme: z.string().optional(),
  year: z.int().optional(),
  month: z.int().optional(),
  fundSource: z.string().optional(),
  aidCategory: z.string().optional(),
  recipientKind: z.string().optional(),
  campaign: z.string().optional().meta({ description: "Empty: records of no campaign" }),
  form: z.string().optional(),
};

const named = {
  namedRecords: z.int().optional(),
  namedFen: fenTextSchema.optional(),
  namedPersons: z.int().optional(),
  namedHouseholds: z.int().optional(),
  namedPermille: z.int().nullable().optional(),
};

export const figuresSchema = z.object({
  rows: z.array(totalsSchema.partial().extend({ ...axisValues, ...named, ...change })),
  totals: totalsSchema.partial().extend({ ...named, ...change }),
  compare: z
    .object({ from: z.string(), to: z.string(), throughMonth: z.int() })
    .nullable()
    .optional(),
  leftOut: leftOutThenSchema,
  ...standing,
});

const balanceValues = {
  receivedFen: fenTextSchema.nullable(),
  spentFen: fenTextSchema.nullable(),
  balanceFen: fenTextSchema.nullable(),
  executedPermille: z.int().nullable(),
  records: z.int(),
  unvalued: z.int(),
  withoutMoney: z.int(),
  reversals: z.int(),
};
export const balanceSumsSchema = z.object(balanceValues);

export const figuresContract = contract({
  id: "getFigures",
  method: "GET",
  path: "/figures",
  tag: "figures",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "Sums of approved records by any axes; org means the subtree; month 0 = month unknown; yearAxis=statistics counts by the unions' statistics year (October of the year before to September), where records of an unknown month lie in no year and are counted beside (leftOut.unplaced), and by year stand under 0; a campaign may span years, so without a year it is the whole of it. By fundSource, amounts are the sources' shares and sum to the total, while records and counts are of every record a source takes part in: the totals count each record once. compare=same-period sets each row beside the same completed months of the year before (full-year: all of it) and needs a year; compare is null where the years are not compared, changeFen where a side is not known, changePermille also on a zero base. With asOf or seq the figure as it stood then, of approved records alone",
  query: figuresQuerySchema,
  response: figuresSchema,
});
/** Money received belongs to a budget year, which is the civil one: by a statistics year there is no balance. */
const calendarAlone = z.literal("calendar", { error: "calendarAlone" }).optional();

export const balanceContract = contract({
  id: "getBalance",
  method: "GET",
  path: "/figures/balance",
  tag: "figures",
  rate: "read",
  stamps: ["asOf"],
  summary:
    "Received, spent and left of a year, by organisation, prefecture or fund source. receivedFen is null where no receipt is recorded, spentFen where no record has an amount, balanceFen where a side is unknown; the total balance is that of the organisations which have one, leftOut counts the others. Money passed down counts where it arrived and no more where it came from, so the total is what came in from outside of the organisations asked for. executedPermille: spent of received, of the organisations which have a balance; null where there is none",
  query: z.strictObject({
    year: yearSchema,
    org: codeSchema.optional(),
    groupBy: z.enum(["organisation", "prefecture", "fundSource"]).default("prefecture"),
    yearAxis: calendarAlone,
    ...stampFields,
  }),
  response: z.object({
    rows: z.array(
      z.object({
        organisation: z.string().optional(),
        prefecture: z.string().optional(),
        fundSource: z.string().optional(),
        ...balanceValues,
      }),
    ),
    totals: balanceSumsSchema,
    leftOut: z.object({ withoutReceipts: z.int(), unpriced: z.int() }),
    ...standing,
  }),
});
