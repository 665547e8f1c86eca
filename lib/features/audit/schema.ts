import { z } from "zod";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { stampFields } from "@/lib/features/positions/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { civilDateSchema, codeSchema } from "@/lib/kernel/wire";
import { recordIdOf } from "./rules";

const word = z.string().trim().min(1).max(64);

const askedFigureSchema = figureFilterSchema.extend(stampFields);

/** The figure that an address names, "year=2026&org=630123" as /explain has it; null where it names none. */
export function figureAsked(text: string): z.infer<typeof askedFigureSchema> | null {
  const asked = askedFigureSchema.safeParse(Object.fromEntries(new URLSearchParams(text)));
  return asked.success ? asked.data : null;
}

export const auditFilterSchema = z.strictObject({
  subjectType: word.optional(),
  subjectId: word.optional(),
  /** A record by the number on its voucher, "630123-2026-000042"; the last part alone does too. */
  record: word.refine((text) => recordIdOf(text) !== null, { error: "invalid" }).optional(),
  figure: z
    .string()
    .max(2000)
    .refine((text) => figureAsked(text) !== null, { error: "invalid" })
    .optional()
    .meta({
      description:
        "Of the records that stand in a figure: its filter as the address of GET /figures/explain has it, with asOf or seq the records and entries up to there",
      examples: ["year=2026&org=630123&programme=golden-autumn"],
    }),
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
  /** What the subject is called, where it is an account; the number on the voucher, where it is a record. */
  subjectName: z.string().nullable(),
  organisation: z.string().nullable(),
  /** The numbers on the vouchers of other records that the body names, by their ids. */
  records: z.record(z.string(), z.string()),
  body: z.record(z.string(), z.json()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** The last entry of the chain: whoever writes it down can tell later whether anything before it was changed. */
const headSchema = z.object({ position: z.string(), at: z.string(), hash: z.string() });
export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
  /** How many entries the filter finds; more than 10,000 are not counted on. */
  total: z.int(),
  /** Null for those who do not read the whole chain. */
  head: headSchema.nullable(),
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

export const exportAuditContract = contract({
  id: "exportAudit",
  method: "GET",
  path: "/exports/audit",
  tag: "exports",
  rate: "export",
  summary:
    "Every audit entry of exactly this filter as csv, oldest first, with the head of the chain above. The download is itself written into the chain",
  query: auditFilterSchema,
  produces: [FILE_TYPES.csv],
});
