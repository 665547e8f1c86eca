import { contract } from "@/lib/kernel/contract";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { z } from "zod";

/** So many records are copied at most. */
export const MOST_COPIED = 200;

const textsSchema = z
  .record(z.string(), z.string())
  .meta({ description: "Column → text, as it would be typed into a grid or a file" });

const copiedSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      /** The record as a row. */
      base: textsSchema,
      /** The same a month or a year on. */
      texts: textsSchema,
    }),
  ),
  /** There are more than are copied. */
  more: z.boolean(),
});

const copyQuerySchema = z
  .strictObject({
    organisation: codeSchema,
    programme: codeSchema.optional(),
    campaign: codeSchema.optional(),
    year: yearSchema,
    month: z.coerce.number().int().min(1).max(12).optional(),
    by: z.enum(["month", "year"]).meta({ description: "How far the days are moved on" }),
  })
  .refine(({ programme, campaign }) => programme !== undefined || campaign !== undefined, {
    path: ["programme"],
    error: "required",
  });
export type CopyQuery = z.infer<typeof copyQuerySchema>;

export const copyRowsContract = contract({
  id: "copyRows",
  method: "GET",
  path: "/disbursements/rows",
  tag: "disbursements",
  rate: "read",
  summary:
    "What one organisation paid on a programme or a campaign in a month or a year, as rows to begin from",
  query: copyQuerySchema,
  response: copiedSchema,
});
