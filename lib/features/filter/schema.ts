import { z } from "zod";
import {
  civilDateSchema,
  codeSchema,
  listSchema,
  monthSchema,
  signedFenSchema,
  yearSchema,
} from "@/lib/kernel/wire";
import { AID_FORMS, AMOUNT_KINDS, STATUSES } from "@/lib/kernel/record-codes";
import { YEAR_AXES } from "@/lib/kernel/year-axis";
import { NAMED_STATES, SORTS, type FigureFilter } from "./types";

/** The filter every figure and every list of records understands: same names in page URLs, the API and exports. */
export const figureFilterSchema = z.strictObject({
  year: yearSchema.optional(),
  yearAxis: z.enum(YEAR_AXES).optional().meta({
    description:
      "statistics: the unions' statistics year, 1 October of the year before to 30 September; month 0 is then of both civil years",
  }),
  org: listSchema(codeSchema).optional(),
  organisation: listSchema(codeSchema).optional(),
  prefecture: listSchema(codeSchema).optional(),
  programme: listSchema(codeSchema).optional(),
  aidCategory: listSchema(codeSchema).optional(),
  recipientKind: listSchema(codeSchema).optional(),
  campaign: listSchema(codeSchema)
    .optional()
    .meta({ description: "none = records of no campaign" }),
  fundSource: listSchema(codeSchema).optional(),
  form: listSchema(z.enum(AID_FORMS)).optional(),
  month: monthSchema.optional(),
  throughMonth: monthSchema.optional(),
  status: listSchema(z.enum(STATUSES)).optional(),
  amountKind: listSchema(z.enum(AMOUNT_KINDS)).optional(),
  named: z.enum(NAMED_STATES).optional().meta({
    description: "yes: handed in with a roster 花名册; no: without one, or not handed in",
  }),
  paidFrom: civilDateSchema.optional(),
  paidTo: civilDateSchema.optional(),
  amountFrom: signedFenSchema.optional(),
  amountTo: signedFenSchema.optional(),
  corrects: z
    .union([z.literal("earlier"), yearSchema])
    .optional()
    .meta({
      description:
        "Only corrections that count in a later year than what they correct: earlier = of any year, else of the records of this one",
    }),
} satisfies Record<keyof FigureFilter, z.ZodType>);

export const sortSchema = z.enum(SORTS).meta({
  description: "With - downwards; what has no amount comes last either way",
});
