import { idSchema } from "@/lib/features/disbursements/schema";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { withoutNumbers } from "@/lib/kernel/id-number";
import { civilDateSchema, fenTextSchema, listSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

export const PAPER_FORMATS = ["pdf", "xlsx"] as const;
const formatSchema = z.enum(PAPER_FORMATS);

const personSchema = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const sheetSchema = z.object({
  id: z.string(),
  at: z.string(),
  by: personSchema,
  lines: z.int(),
  amountFen: fenTextSchema.nullable(),
  /** False once the roster was changed: the paper is of another list. */
  current: z.boolean(),
});

export const noticeWordsSchema = z.object({
  id: z.string(),
  on: z.string(),
  by: personSchema,
  /** Null where no key at hand opens it. */
  words: z.string().nullable(),
  answer: z
    .object({
      on: z.string(),
      by: personSchema,
      words: z.string().nullable(),
      upheld: z.boolean(),
    })
    .nullable(),
});

export const noticeSchema = z.object({
  id: z.string(),
  place: z.string(),
  telephone: z.string(),
  postedOn: z.string(),
  /** The last working day of the notice; where `endKnown` is false, what the week alone would give. */
  endsOn: z.string(),
  endKnown: z.boolean(),
  status: z.enum(["posted", "objected", "confirmed", "withdrawn"]),
  lines: z.int(),
  current: z.boolean(),
  by: personSchema,
  closed: z.object({ at: z.string(), by: personSchema, reason: z.string().nullable() }).nullable(),
  /** How many objections wait for an answer, and how many were right. */
  open: z.int(),
  upheld: z.int(),
  mayConfirm: z.boolean(),
  /** Null for those who do not work there. */
  objections: z.array(noticeWordsSchema).nullable(),
});

export const papersSchema = z.object({
  id: z.string(),
  lines: z.int(),
  mayPrint: z.boolean(),
  mayWork: z.boolean(),
  /** Its lines are still typed: names are shown to whoever types them, without a reason. */
  edited: z.boolean(),
  /** The programme asks for a confirmed notice before the record is submitted. */
  demanded: z.boolean(),
  /** The last twenty, newest first. */
  sheets: z.array(sheetSchema),
  notices: z.array(noticeSchema),
});

export const postNoticeInputSchema = z.strictObject({
  place: wordsSchema(120)
    .min(1, { error: "required" })
    .meta({ description: "Where the list hangs out" }),
  telephone: wordsSchema(40)
    .min(1, { error: "required" })
    .meta({ description: "Of the union, for whoever objects" }),
  postedOn: civilDateSchema,
});
export type PostNoticeInput = z.infer<typeof postNoticeInputSchema>;

export const sayInputSchema = z.strictObject({
  on: civilDateSchema,
  words: wordsSchema(500).min(1, { error: "required" }).meta({ description: "Kept sealed" }),
  answers: z.uuid().nullable().optional().meta({
    description: "The objection that this answers; left out, this is an objection",
  }),
  upheld: z.boolean().nullable().optional().meta({
    description: "Of an answer: the objection is right, and the list has to change",
  }),
});
export type SayInput = z.infer<typeof sayInputSchema>;

export const closeNoticeInputSchema = z.strictObject({
  as: z.enum(["confirmed", "withdrawn"]),
  reason: wordsSchema(200).nullable().optional(),
});
export type CloseNoticeInput = z.infer<typeof closeNoticeInputSchema>;

/** So many records, and lines of them, in one archive; receipts at once as many as may be shown in a day. */
export const MOST_SHEETS = 100;
export const MOST_SHEET_LINES = 4_000;
const MOST_RECEIPTS = 50;

export const sheetsMadeSchema = z.object({
  /** Of each record of the filter that names anybody, the sheet of its roster as it stands. */
  sheets: z.array(z.string()),
  /** How many of them were made just now; the others were there already. */
  made: z.int(),
  lines: z.int(),
  amountFen: fenTextSchema.nullable(),
});

export const receiptsInputSchema = z.strictObject({
  lines: z
    .array(z.int().min(1))
    .min(1, { error: "required" })
    .max(MOST_RECEIPTS, { error: "tooMany" })
    .meta({ description: "By their numbers" }),
  why: wordsSchema(200)
    .min(2, { error: "required" })
    .refine(withoutNumbers, { error: "numberInReason" })
    .nullable()
    .optional()
    .meta({ description: "Asked for once the record is no longer edited" }),
});
export type ReceiptsInput = z.infer<typeof receiptsInputSchema>;

export const receiptsSchema = z.object({
  name: z.string(),
  type: z.string(),
  base64: z.string(),
});

const tag = "disbursements";
const params = z.strictObject({ id: idSchema });
const fileQuery = z.strictObject({ format: formatSchema });
const produces = [FILE_TYPES.xlsx, "application/pdf"];

export const getPapersContract = contract({
  id: "getRosterPapers",
  method: "GET",
  path: "/disbursements/{id}/papers",
  tag,
  rate: "read",
  personal: true,
  summary:
    "What was printed of a roster and hung out: sign-off sheets, public notices with their last day by the working calendar, and, for those who work there, what was said against them",
  params,
  response: papersSchema,
});

export const makeSheetContract = contract({
  id: "makeSignSheet",
  method: "POST",
  path: "/disbursements/{id}/sign-sheets",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary:
    "Make the sign-off sheets of a roster as it stands: clerks of the organisation. The files are fetched by themselves; that they were made stays with the record",
  params,
  body: z.strictObject({}),
  response: papersSchema,
});

export const sheetFileContract = contract({
  id: "downloadSignSheet",
  method: "GET",
  path: "/sign-sheets/{id}/file",
  tag,
  rate: "export",
  personal: true,
  summary:
    "The sign-off sheets, ten people a sheet, to be signed on paper: names, numbers and accounts in full, for clerks of the organisation alone. 409 once the roster was changed. Each download is written into the audit chain",
  params,
  query: fileQuery,
  produces,
});

export const postNoticeContract = contract({
  id: "postPublicNotice",
  method: "POST",
  path: "/disbursements/{id}/public-notices",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary:
    "Say that the list of a roster hangs out: five working days from the next one on. One at a time for each record",
  params,
  body: postNoticeInputSchema,
  response: papersSchema,
});

export const noticeFileContract = contract({
  id: "downloadPublicNotice",
  method: "GET",
  path: "/public-notices/{id}/file",
  tag,
  rate: "export",
  personal: true,
  summary:
    "The list as it hangs out: first characters of names, amounts, the days and the telephone; no document, account, telephone, address or illness of anybody. 409 once the roster was changed",
  params,
  query: fileQuery,
  produces,
});

export const sayContract = contract({
  id: "sayOfNotice",
  method: "POST",
  path: "/public-notices/{id}/words",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary: "Record an objection to a list that hangs out, or the answer to one",
  params,
  body: sayInputSchema,
  response: papersSchema,
});

export const closeNoticeContract = contract({
  id: "closePublicNotice",
  method: "POST",
  path: "/public-notices/{id}/close",
  tag,
  rate: "write",
  personal: true,
  summary:
    "Confirm a notice whose days are over and known, with every objection answered and none upheld, of a roster that is still the same; or take it down with a reason",
  params,
  body: closeNoticeInputSchema,
  response: papersSchema,
});

export const makeSheetsContract = contract({
  id: "makeSignSheets",
  method: "POST",
  path: "/sign-sheets",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary:
    "Make the sign-off sheets of every record of a filter that names anybody: for clerks, of their own places, at most 100 records and 4,000 lines at once. Answers which sheets they are; that they were made stays with each record",
  query: figureFilterSchema,
  body: z.strictObject({}),
  response: sheetsMadeSchema,
});

export const sheetsArchiveContract = contract({
  id: "downloadSignSheets",
  method: "GET",
  path: "/sign-sheets/archive",
  tag,
  rate: "export",
  personal: true,
  summary:
    "Sign-off sheets of several records as one zip, a file a record, called by its number, with a manifest of SHA-256 hashes: for clerks of the places alone. 409 where a roster was changed since. Each download is written into the audit chain",
  query: z.strictObject({
    ids: listSchema(idSchema).meta({ description: "At most 100" }),
    format: formatSchema,
  }),
  produces: ["application/zip"],
});

export const makeReceiptsContract = contract({
  id: "makeReceipts",
  method: "POST",
  path: "/disbursements/{id}/receipts",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary:
    "Receipts of single lines, two to a page, to be signed by whoever takes the money: for clerks of the organisation. While the record is edited as typed; afterwards with a reason, counted and written into the audit chain like every line that is shown as it was typed. Answered once",
  params,
  body: receiptsInputSchema,
  response: receiptsSchema,
});
