import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { wordsSchema, yearSchema } from "@/lib/kernel/wire";

const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

const publicationSchema = z.object({
  id: z.string(),
  year: z.int(),
  no: z.int(),
  at: z.string(),
  by: person,
  seq: z.int().meta({ description: "The position of the chain that its figures stand at" }),
  sha256: z.string().meta({ description: "SHA-256 of the text that everybody reads" }),
  licence: z.string(),
  contact: z.string().nullable(),
  shown: z.int(),
  hidden: z.int().meta({
    description:
      "Cells and sums left out: of fewer than five, and what these could be worked out of",
  }),
  withdrawnAt: z.string().nullable(),
  withdrawnBy: person.nullable(),
  reason: z.string().nullable(),
  standing: z.boolean().meta({ description: "Whether this is what everybody reads now" }),
});

export const publishInputSchema = z.strictObject({
  year: z.int().min(2000).max(2100),
  licence: wordsSchema(200).min(1, { error: "required" }),
  contact: wordsSchema(200).optional(),
});
export type PublishInput = z.input<typeof publishInputSchema>;

export const withdrawPublicationInputSchema = z.strictObject({
  reason: wordsSchema(500).min(1, { error: "required" }),
});
export type WithdrawPublicationInput = z.infer<typeof withdrawPublicationInputSchema>;

const tag = "years";

export const listPublicationsContract = contract({
  id: "listPublications",
  method: "GET",
  path: "/publications",
  tag,
  rate: "read",
  summary: "What the province made public of a year, the newest first; withdrawn ones too",
  query: z.strictObject({ year: yearSchema }),
  response: z.object({ items: z.array(publicationSchema) }),
});

export const publishYearContract = contract({
  id: "publishYear",
  method: "POST",
  path: "/publications",
  tag,
  rate: "write",
  stepUp: "always",
  status: 201,
  summary:
    "Publish a closed year by programme and county at /public, for everybody. What is of fewer than five people is left out, and as much more as it takes so that it cannot be worked out, from earlier publications of the year either. A year that is not closed: 409 CONFLICT",
  body: publishInputSchema,
  response: publicationSchema,
});

export const withdrawPublicationContract = contract({
  id: "withdrawPublication",
  method: "POST",
  path: "/publications/{id}/withdraw",
  tag,
  rate: "write",
  stepUp: "always",
  summary: "Take a publication back, with a reason: /public then has nothing of the year",
  params: z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) }),
  body: withdrawPublicationInputSchema,
  response: publicationSchema,
});
