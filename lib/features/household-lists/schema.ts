import { z } from "zod";
import { createHouseholdInputSchema } from "@/lib/features/households/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES, fileFormatSchema } from "@/lib/kernel/file-format";
import { codeSchema } from "@/lib/kernel/wire";
import { LIST_REASONS, MOST_AT_ONCE } from "./labels";

export const listedHouseholdSchema = z.strictObject({
  lines: z.array(z.int().min(1)).min(1).max(20).meta({ description: "Where each member stands" }),
  input: createHouseholdInputSchema.omit({ organisation: true }),
});

export const importHouseholdsInputSchema = z.strictObject({
  organisation: codeSchema,
  dry: z.boolean().meta({ description: "Look through it and keep nothing" }),
  households: z.array(listedHouseholdSchema).min(1, { error: "required" }).max(MOST_AT_ONCE, { error: "tooMany" }), // prettier-ignore
});

export const importOutcomeSchema = z.object({
  line: z.int(),
  outcome: z.enum(["new", "created", "exists", "elsewhere", "later", "faulty"]).meta({
    description:
      "later: nobody is told more about people elsewhere today, and it was neither asked after nor filed",
  }),
  code: z.string().nullable().meta({ description: "Of the file that was made, or that is there" }),
  faults: z.array(
    z.object({
      line: z.int(),
      field: z.string(),
      key: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});

const tag = "households";

export const importHouseholdsContract = contract({
  id: "importHouseholds",
  method: "POST",
  path: "/households/import",
  tag,
  rate: "write",
  personal: true,
  summary:
    "File households from a list, fifty at a time: first looked through (dry), then filed. Whoever has a file is told as such and not filed again; of a file elsewhere that there is one, which is counted: from twenty people a day on, what names anybody by a document waits for another day (later), whoever it is. What is faulty is left out and named by line; no value is repeated",
  body: importHouseholdsInputSchema,
  response: z.object({ results: z.array(importOutcomeSchema) }),
});

export const exportHouseholdsContract = contract({
  id: "exportHouseholds",
  method: "GET",
  path: "/households/export",
  tag,
  rate: "export",
  personal: true,
  stepUp: "always",
  summary:
    "The files of a place in the shape of the national list, a row a person, to clerks of the place, with a reason; not what is closed, limited or forgotten. How many went out is written into the audit chain",
  query: z.strictObject({
    org: codeSchema,
    format: fileFormatSchema,
    reason: z.enum(LIST_REASONS),
  }),
  produces: [FILE_TYPES.xlsx, FILE_TYPES.csv],
});
