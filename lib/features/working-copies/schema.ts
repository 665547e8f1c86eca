import { contract } from "@/lib/kernel/contract";
import { COPY_KINDS, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

const subjectSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const editsSchema = z.int().min(0).max(1_000_000_000).meta({
  description: "Counted by the browser with each change; of two states the later has more",
});

/** Of a stranger's text nothing is known but that it is text. */
const bodySchema = z.record(z.string(), z.unknown());

const workingCopySummarySchema = z.object({
  id: z.string(),
  kind: z.enum(COPY_KINDS),
  title: z.string(),
  /** The record it changes, and the version it was opened at; null for a new one. */
  subject: z.string().nullable(),
  baseVersion: z.int().nullable(),
  edits: z.int(),
  version: z.int(),
  updatedAt: z.string(),
});

const workingCopySchema = workingCopySummarySchema.extend({ body: bodySchema });

export type WorkingCopy = z.infer<typeof workingCopySchema>;
/** Without its text, as a list shows it. */
export type WorkingCopySummary = z.infer<typeof workingCopySummarySchema>;

const saveWorkingCopyInputSchema = z
  .strictObject({
    version: z.int().min(0).meta({
      description: "The version you last read, 0 for a new one; a newer one answers 409 STALE",
    }),
    kind: z.enum(COPY_KINDS),
    title: wordsSchema(200),
    subject: subjectSchema.nullable(),
    baseVersion: z.int().min(1).nullable(),
    edits: editsSchema,
    body: bodySchema,
  })
  .refine(({ subject, baseVersion }) => (subject === null) === (baseVersion === null), {
    path: ["baseVersion"],
    error: "required",
  })
  .refine(({ kind, subject }) => kind !== "correction" || subject !== null, {
    path: ["subject"],
    error: "required",
  })
  .refine(({ kind, subject }) => kind !== "grid" || subject === null, {
    path: ["subject"],
    error: "unknownField",
  });
export type SaveWorkingCopyInput = z.infer<typeof saveWorkingCopyInputSchema>;

const tag = "working-copies";
const params = z.strictObject({ id: z.uuid() });

export const listWorkingCopiesContract = contract({
  id: "listWorkingCopies",
  method: "GET",
  path: "/working-copies",
  tag,
  rate: "read",
  summary: "What one has begun to type and neither saved nor discarded, the latest first",
  response: z.object({ items: z.array(workingCopySummarySchema) }),
});
export const getWorkingCopyContract = contract({
  id: "getWorkingCopy",
  method: "GET",
  path: "/working-copies/{id}",
  tag,
  rate: "read",
  summary: "One's own working copy, with its text as it was typed",
  params,
  response: workingCopySchema,
});
export const saveWorkingCopyContract = contract({
  id: "saveWorkingCopy",
  method: "PUT",
  path: "/working-copies/{id}",
  tag,
  rate: "write",
  // A table of a thousand rows with what can be taken back; the database bounds a form more closely.
  maxBytes: 2 * 1024 * 1024,
  summary: "Keep what is being typed, under an id of one's own making; 100 a person",
  params,
  body: saveWorkingCopyInputSchema,
  response: workingCopySummarySchema,
});
export const discardWorkingCopyContract = contract({
  id: "discardWorkingCopy",
  method: "DELETE",
  path: "/working-copies/{id}",
  tag,
  rate: "write",
  summary: "Discard one's own working copy",
  params,
  response: z.object({ discarded: z.literal(true) }),
});
