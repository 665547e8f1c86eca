import { z } from "zod";
import { JOB_STATUSES } from "@/lib/features/jobs/types";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);

/** In what is published of a sample, so that anybody draws it again. */
const seedSchema = z.string().regex(/^[0-9A-Za-z-]{1,40}$/, { error: "seed" });

export const evidencePackSchema = z.object({
  id: z.string(),
  year: z.int(),
  org: z.string(),
  sample: z.object({ size: z.int(), seed: z.string() }).nullable().meta({
    description:
      "The first vouchers in the order of SHA-256(seed followed by the voucher's id), in UTF-8",
  }),
  status: z.enum(JOB_STATUSES),
  progress: z.int().meta({ description: "Percent" }),
  by: z.object({ nameZh: z.string(), nameEn: z.string() }),
  mine: z.boolean(),
  askedAt: z.string(),
  sealedAt: z.string().nullable(),
  vouchers: z.int().nullable(),
  files: z.int().nullable(),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  url: z.string().nullable().meta({
    description: "Null until it is whole, and again after 30 days, when its bytes are gone",
  }),
});

export const evidencePacksPageSchema = z.object({
  items: z.array(evidencePackSchema),
  nextCursor: z.string().nullable(),
});

export const evidencePacksQuerySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type EvidencePacksQuery = z.infer<typeof evidencePacksQuerySchema>;

export const askEvidencePackInputSchema = z.strictObject({
  year: yearSchema,
  org: codeSchema,
  sample: z
    .strictObject({
      size: z.int({ error: "count" }).min(1, { error: "count" }).max(500, { error: "count" }),
      seed: seedSchema,
    })
    .optional(),
});
export type AskEvidencePackInput = z.infer<typeof askEvidencePackInputSchema>;

const tag = "packs";
const params = z.strictObject({ id: idSchema });

export const listEvidencePacksContract = contract({
  id: "listEvidencePacks",
  method: "GET",
  path: "/evidence-packs",
  tag,
  rate: "read",
  summary:
    "Packs of evidence 凭证包, newest first: one's own, and to auditors those of the places they audit",
  query: evidencePacksQuerySchema,
  response: evidencePacksPageSchema,
});

export const getEvidencePackContract = contract({
  id: "getEvidencePack",
  method: "GET",
  path: "/evidence-packs/{id}",
  tag,
  rate: "read",
  summary: "How far a pack of evidence is, what is in it, and its digest",
  params,
  response: evidencePackSchema,
});

export const askEvidencePackContract = contract({
  id: "askEvidencePack",
  method: "POST",
  path: "/evidence-packs",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Ask for the evidence of a year's approved vouchers in a subtree, or of a sample of them, as a zip: a folder a voucher, and last a manifest with the SHA-256 of every file. For the province and auditors; without a sample at most 2,000 vouchers. 409 while another of one's own is being made",
  body: askEvidencePackInputSchema,
  response: z.object({ id: z.string() }),
});

export const downloadEvidencePackContract = contract({
  id: "downloadEvidencePack",
  method: "GET",
  path: "/evidence-packs/{id}/file",
  tag,
  rate: "export",
  stepUp: "always",
  summary: "The zip, after a password or a code. Each download is written into the audit chain",
  params,
  produces: ["application/zip"],
});
