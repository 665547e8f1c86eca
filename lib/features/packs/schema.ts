import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { PACK_FILES } from "@/lib/features/pack-files/types";

const PACK_STATUSES = ["waiting", "running", "done", "failed", "cancelled"] as const;

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const personSchema = z.object({ nameZh: z.string(), nameEn: z.string() });

export const packSchema = z.object({
  id: z.string(),
  year: z.int(),
  org: z.string(),
  status: z.enum(PACK_STATUSES),
  progress: z.int().meta({ description: "Percent" }),
  seq: z.int().meta({ description: "The position of the chain that every figure of it stands at" }),
  asOf: z.string().meta({ description: "The time of that position" }),
  definition: z.int(),
  language: z.enum(["zh-CN", "en"]),
  unit: z.enum(["yuan", "wan"]),
  by: personSchema,
  mine: z.boolean(),
  askedAt: z.string(),
  sealedAt: z.string().nullable(),
  manifestSha256: z.string().nullable(),
  kept: z.boolean().meta({
    description:
      "False: the bytes went after 90 days; what the files were stays, and they can be made again",
  }),
  again: z
    .object({ of: z.string(), differs: z.array(z.string()).nullable() })
    .nullable()
    .meta({
      description:
        "Made again from the stamp of another; differs: files of other bytes than its, null until both are whole",
    }),
  files: z.array(
    z.object({ name: z.string(), bytes: z.int(), sha256: z.string(), url: z.string() }),
  ),
});
export type Pack = z.infer<typeof packSchema>;

export const packsQuerySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type PacksQuery = z.infer<typeof packsQuerySchema>;

export const packsPageSchema = z.object({
  items: z.array(packSchema),
  nextCursor: z.string().nullable(),
});
export type PacksPage = z.infer<typeof packsPageSchema>;

export const askPackInputSchema = z.strictObject({
  year: yearSchema,
  org: codeSchema,
  unit: z.enum(["yuan", "wan"]).default("yuan"),
});
export type AskPackInput = z.infer<typeof askPackInputSchema>;

const begunSchema = z.object({ id: z.string() });
const tag = "packs";
const params = z.strictObject({ id: idSchema });

export const listPacksContract = contract({
  id: "listPacks",
  method: "GET",
  path: "/packs",
  tag,
  rate: "read",
  summary:
    "Yearly packs 年度资料包, newest first: one's own, and to auditors those of the places they audit",
  query: packsQuerySchema,
  response: packsPageSchema,
});

export const getPackContract = contract({
  id: "getPack",
  method: "GET",
  path: "/packs/{id}",
  tag,
  rate: "read",
  summary: "How far a pack is, the position it stands at, and the digests of its files",
  params,
  response: packSchema,
});

export const askPackContract = contract({
  id: "askPack",
  method: "POST",
  path: "/packs",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Ask for the pack of a year and a subtree as of now: summary, ledger, brief and a signed manifest, made by a job in the caller's language with the caller's rights of that moment. 409 while another of one's own is being made",
  body: askPackInputSchema,
  response: begunSchema,
});

export const regeneratePackContract = contract({
  id: "regeneratePack",
  method: "POST",
  path: "/packs/{id}/regenerate",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Make a pack again from its stamp, as a pack of its own: the same figures and the same bytes, whatever was approved since",
  params,
  body: z.strictObject({}),
  response: begunSchema,
});

export const downloadPackFileContract = contract({
  id: "downloadPackFile",
  method: "GET",
  path: "/packs/{id}/files/{name}",
  tag,
  rate: "export",
  stepUp: "whole-province",
  summary:
    "A file of a pack. To whoever reads the whole province it is given after a password or a code, of whatever place it is. Each download is written into the audit chain",
  params: z.strictObject({ id: idSchema, name: z.enum(PACK_FILES) }),
  produces: [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/json; charset=utf-8",
  ],
});
