import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { RETURN_REASONS } from "@/lib/kernel/record-codes";
import { NOTICE_KINDS } from "./types";

const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  at: z.string(),
  unread: z.boolean(),
  organisation: z.string(),
  programme: z.string().nullable(),
  subject: z
    .string()
    .nullable()
    .meta({ description: "The record or the import; null of what is due" }),
  day: z
    .string()
    .nullable()
    .meta({ description: "The day of the record, or until when it is due" }),
  reason: z.enum(RETURN_REASONS).nullable(),
  actor: z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() }).nullable(),
});
const noticesSchema = z.object({ items: z.array(noticeSchema), unread: z.int() });

export const readNoticesInputSchema = z.strictObject({
  upTo: z.iso.datetime({ precision: 3 }).meta({
    description: "`at` of the newest that was seen",
    examples: ["2026-11-26T02:00:00.000Z"],
  }),
});
export type ReadNoticesInput = z.infer<typeof readNoticesInputSchema>;

const tag = "notices";

export const listNoticesContract = contract({
  id: "listNotices",
  method: "GET",
  path: "/notices",
  tag,
  rate: "read",
  summary:
    "What happened to one's work in the last thirty days and what is soon due: came back, approved, withdrawn, imported, due soon; the latest first, thirty at most",
  response: noticesSchema,
});
export const readNoticesContract = contract({
  id: "readNotices",
  method: "POST",
  path: "/notices/read",
  tag,
  rate: "write",
  status: 201,
  summary: "Everything up to a moment counts as read; what came after it stays unread",
  body: readNoticesInputSchema,
  response: noticesSchema,
});
