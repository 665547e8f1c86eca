import { idSchema } from "@/lib/features/disbursements/schema";
import { contract } from "@/lib/kernel/contract";
import { streamedBodySchema } from "@/lib/kernel/wire";
import { z } from "zod";
import { ATTACHMENT_KINDS, MEDIA_TYPES, MOST_BYTES, MOST_FILES, PAPER_KINDS } from "./labels";

const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const attachmentSchema = z.object({
  id: z.string(),
  no: z.int(),
  kind: z.enum([...new Set([...ATTACHMENT_KINDS, ...PAPER_KINDS])]),
  mediaType: z.enum(MEDIA_TYPES),
  bytes: z.int(),
  sha256: z.string().meta({ description: "Of the file as it is kept and given out" }),
  takenOn: z.string().nullable().meta({ description: "The day that a picture says of itself" }),
  invoiceNumber: z.string().nullable(),
  signatures: z.int().nullable(),
  eventNo: z.int().nullable().meta({
    description: "Of a signed authorisation in a household file: the consent that it is of",
  }),
  late: z.boolean().meta({ description: "Came after the record had been submitted" }),
  addedBy: person,
  addedAt: z.string(),
  removed: z.object({ by: person, at: z.string() }).nullable(),
  forgotten: z.boolean().meta({ description: "With its household file: it opens for nobody" }),
});

export const attachmentsSchema = z.object({
  id: z.string(),
  items: z.array(attachmentSchema),
  mayAdd: z.boolean(),
  mayRemove: z.boolean(),
  mayOpen: z.boolean().meta({
    description:
      "Of a household file: without a reveal that asked for its papers (POST /households/{id}/reveal)",
  }),
  mostFiles: z.int(),
  mostBytes: z.int(),
});

const tag = "disbursements";
const ofRecord = z.strictObject({ id: idSchema });
const ofFile = z.strictObject({ id: z.uuid() });
/** Beside the file: names of fields and marks between them. */
const AROUND_BYTES = 16 * 1024;

export const listAttachmentsContract = contract({
  id: "listAttachments",
  method: "GET",
  path: "/disbursements/{id}/attachments",
  tag,
  rate: "read",
  summary: "The evidence of a record, with what was removed of it, to whoever reads the record",
  params: ofRecord,
  response: attachmentsSchema,
});

export const addAttachmentContract = contract({
  id: "addAttachment",
  method: "POST",
  path: "/disbursements/{id}/attachments",
  tag,
  rate: "write",
  status: 201,
  consumes: "multipart",
  maxBytes: MOST_BYTES + AROUND_BYTES,
  summary: `Add a file of evidence: multipart with \`kind\`, \`invoiceNumber\` and \`signatures\` where they apply, and \`file\` (JPEG, PNG, WebP or PDF, 20 MB at most, ${MOST_FILES} a record). Pictures are drawn anew without what they say of place and camera; a PDF with scripts, actions or files in it is refused. After the submission as well, as later evidence`,
  params: ofRecord,
  body: streamedBodySchema,
  response: attachmentSchema,
});

const ofHousehold = z.strictObject({ id: z.uuid() });

export const listPapersContract = contract({
  id: "listPapers",
  method: "GET",
  path: "/households/{id}/attachments",
  tag: "households",
  rate: "read",
  personal: true,
  summary:
    "The papers of a household file (signed authorisation, proofs, copies), with what was removed of them, to clerks and reviewers of the place",
  params: ofHousehold,
  response: attachmentsSchema,
});

export const addPaperContract = contract({
  id: "addPaper",
  method: "POST",
  path: "/households/{id}/attachments",
  tag: "households",
  rate: "write",
  status: 201,
  consumes: "multipart",
  maxBytes: MOST_BYTES + AROUND_BYTES,
  summary:
    "Add a paper to a household file: multipart with `kind`, `event` (of a signed authorisation: the number of the consent that it is of) and `file`, taken as evidence is; until the file is closed",
  params: ofHousehold,
  body: streamedBodySchema,
  response: attachmentSchema,
});

export const downloadAttachmentContract = contract({
  id: "downloadAttachment",
  method: "GET",
  path: "/attachments/{id}",
  tag,
  rate: "export",
  summary:
    "A file of evidence as a download; whoever does not work at the place, the province and the auditors, leave an entry in the audit trail. A paper of a household file opens for clerks of the place, and for whoever sees the file masked for a minute after a reveal that asked for papers; each opening leaves an entry",
  params: ofFile,
  produces: [...MEDIA_TYPES],
});

export const removeAttachmentContract = contract({
  id: "removeAttachment",
  method: "DELETE",
  path: "/attachments/{id}",
  tag,
  rate: "write",
  summary:
    "Remove a file while its record is a draft or returned, or its household file is not closed; that it was there, and its SHA-256, stays",
  params: ofFile,
  response: attachmentSchema,
});
