import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { civilDateSchema, codeSchema } from "@/lib/kernel/wire";

const word = z.string().trim().min(1).max(64);

export const auditFilterSchema = z.strictObject({
  subjectType: word.optional(),
  subjectId: word.optional(),
  /** An organisation and everything below it. */
  org: codeSchema.optional(),
  /** A whole action ("user.create") or its first part ("user"). */
  action: word.optional(),
  /** A user name. */
  actor: word.optional(),
  from: civilDateSchema.optional(),
  to: civilDateSchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = auditFilterSchema.extend({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  actor: z
    .object({ id: z.string(), username: z.string(), nameZh: z.string(), nameEn: z.string() })
    .nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  /** What the subject is called, where it is an account. */
  subjectName: z.string().nullable(),
  organisation: z.string().nullable(),
  body: z.record(z.string(), z.json()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const listAuditContract = contract({
  id: "listAudit",
  method: "GET",
  path: "/audit",
  tag: "audit",
  rate: "read",
  summary:
    "Who did what, newest first: history of records to their readers; of accounts and reference data to administrators and the province's auditors",
  query: auditQuerySchema,
  response: auditPageSchema,
});
