import { z } from "zod";
import { lengthSchema } from "@/lib/features/narratives/schema";
import { UNITS } from "@/lib/features/narratives/types";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, wordsSchema, yearSchema } from "@/lib/kernel/wire";
import { HOW } from "./types";

const langSchema = z.enum(["zh-CN", "en"]).default("zh-CN");
const whose = { year: yearSchema, org: codeSchema, lang: langSchema };
const countSchema = z.int().min(0).max(1_000_000);

const versionSchema = z.object({
  id: z.string(),
  version: z.int(),
  how: z.enum(HOW),
  source: z.int().nullable(),
  author: z.object({ nameZh: z.string(), nameEn: z.string() }),
  at: z.string(),
  asOf: z.string(),
  seq: z.int(),
});

const keySchema = z.strictObject({
  figure: z.string().max(2000),
  unit: z.enum(UNITS),
});
const proseSchema = z.string().max(4000, { error: "tooLong" }).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "oneLine" }); // prettier-ignore

const textInputSchema = z.strictObject({
  title: wordsSchema(120).min(1, { error: "required" }),
  paragraphs: z
    .array(
      z.strictObject({
        head: z.string().max(120, { error: "tooLong" }).nullable(),
        pieces: z.array(z.union([proseSchema, keySchema])).max(400),
      }),
    )
    .min(1, { error: "required" })
    .max(80),
});

const saveInputSchema = z.strictObject({
  ...whose,
  length: lengthSchema,
  latest: countSchema.meta({
    description: "The newest version you know of, 0 for none; a newer one answers 409 STALE",
  }),
  source: countSchema.min(1).nullable().meta({
    description:
      "The version whose numbers the text keeps; null: the draft of the length asked for",
  }),
  seq: countSchema.max(Number.MAX_SAFE_INTEGER).optional().meta({
    description:
      "Of a text made from the draft: the position the draft named, so that the numbers are those that were read",
  }),
  refresh: z.boolean().default(false).meta({
    description: "Give every number of the source what the ledger says now",
  }),
  text: textInputSchema.nullable().meta({
    description:
      "Prose, and numbers named by their figure: what a number says is written by the server alone. null: the words of the source as they are",
  }),
});
export type SaveTextInput = z.infer<typeof saveInputSchema>;

const tag = "figures";

export const listTextsContract = contract({
  id: "listNarrativeTexts",
  method: "GET",
  path: "/narratives/texts",
  tag,
  rate: "read",
  summary: "The saved versions of an organisation’s work brief, the newest first",
  query: z.strictObject(whose),
  response: z.object({ items: z.array(versionSchema) }),
});

export const getTextContract = contract({
  id: "getNarrativeText",
  method: "GET",
  path: "/narratives/texts/{id}",
  tag,
  rate: "read",
  summary:
    "A saved version. Each number has the value it was saved with and, where the ledger says otherwise now, what it says (text null: nothing any more)",
  params: z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) }),
  response: versionSchema.extend({
    title: z.string(),
    text: z.string(),
    moved: z.int(),
    tokens: z.array(
      z.object({
        start: z.int(),
        end: z.int(),
        figure: z.string(),
        value: z.string(),
        unit: z.enum(UNITS),
        seq: z.int(),
        now: z.object({ value: z.string(), text: z.string().nullable() }).nullable(),
      }),
    ),
  }),
});

export const saveTextContract = contract({
  id: "saveNarrativeText",
  method: "POST",
  path: "/narratives/texts",
  tag,
  rate: "write",
  status: 201,
  maxBytes: 512 * 1024,
  summary:
    "Save a text of the work brief as a new version: edited, taken back from an earlier version, or with the numbers of the day. Versions are never changed",
  body: saveInputSchema,
  response: versionSchema,
});
