import { findingSchema } from "@/lib/features/findings/schema";

import { APP_ERROR_STATUS, type AppErrorCode } from "@/lib/kernel/app-error";
import { contract } from "@/lib/kernel/contract";
import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import {
  ACTIONS,
  ADJUST_REASONS,
  AID_FORMS,
  AMOUNT_KINDS,
  ENTRY_KINDS,
  ORIGINS,
  STATUSES,
} from "@/lib/kernel/record-codes";
import { eachText, TEXT_FIELDS } from "@/lib/kernel/record-fields";
import {
  civilDateSchema,
  codeSchema,
  endsCopy,
  fenInputSchema,
  fenTextSchema,
  versionSchema,
  wordsSchema,
} from "@/lib/kernel/wire";
import { z } from "zod";
import { askedFor, type Reasoned } from "./workflow";

const countSchema = z
  .int({ error: "count" })
  .min(0, { error: "count" })
  .max(100_000_000, { error: "count" });

const countsSchema = z.strictObject(eachCount(() => countSchema.nullable())).partial();

const shareInputSchema = z.strictObject({
  fundSource: codeSchema,
  amountFen: fenInputSchema.nullable(),
});

const rateInputSchema = z.strictObject({
  unitFen: fenInputSchema,
  count: countSchema,
  times: countSchema,
  note: wordsSchema(200).nullable().optional(),
});

const textInputs = eachText((name) => wordsSchema(TEXT_FIELDS[name].max).nullable().optional());

/** What a clerk types. Everything but organisation and programme may wait until submission. */
export const disbursementFieldsSchema = z.strictObject({
  organisation: codeSchema,
  programme: codeSchema,
  campaign: codeSchema.nullable().optional(),
  aidCategory: codeSchema.nullable().optional(),
  recipientKind: codeSchema.nullable().optional(),
  form: z.enum(AID_FORMS).nullable().optional(),
  /** Default: the year of the day or of the end of the period; else the current year. */
  fiscalYear: z.int().min(2000).max(2100).optional(),
  paidOn: civilDateSchema.nullable().optional(),
  periodFrom: civilDateSchema.nullable().optional(),
  periodTo: civilDateSchema.nullable().optional(),
  amountFen: fenInputSchema.nullable().optional(),
  amountKind: z.enum(AMOUNT_KINDS).optional(),
  cashFen: fenInputSchema.nullable().optional(),
  goodsFen: fenInputSchema.nullable().optional(),
  rate: rateInputSchema.nullable().optional(),
  counts: countsSchema.optional(),
  shares: z.array(shareInputSchema).max(20).optional(),
  ...textInputs,
});
export type DisbursementFields = z.infer<typeof disbursementFieldsSchema>;

export const updateInputSchema = disbursementFieldsSchema
  .omit({ organisation: true })
  .partial()
  .extend({ version: versionSchema });
const SAID = {
  always: wordsSchema(500).min(1, { error: "required" }),
  "with-other": wordsSchema(500).nullable().optional(),
} as const;

/** The coded reason and the words that the workflow asks for with a step. */
export function reasonInput<A extends Reasoned>(action: A) {
  const { reasons, words } = askedFor(action);
  return { reason: z.enum(reasons), words: SAID[words] };
}

/** Replacement null = the original is reversed and nothing takes its place. */
export const adjustInputSchema = z.strictObject({
  version: versionSchema,
  ...reasonInput("adjust"),
  replacement: disbursementFieldsSchema.omit({ organisation: true }).nullable(),
});

export type UpdateInput = z.infer<typeof updateInputSchema>;
export type AdjustInput = z.infer<typeof adjustInputSchema>;

const countsOut = z.partialRecord(z.enum(COUNT_UNITS), z.int());
const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const shareSchema = z.object({
  fundSource: z.string(),
  amountFen: fenTextSchema.nullable(),
});

/** One voucher as the ledger lists it: codes, whose names stand under /reference. */
export const rowSchema = z.object({
  id: z.string(),
  /** 编号: organisation code, year and number, e.g. 630123-2026-000042. */
  reference: z.string(),
  version: z.int(),
  status: z.enum(STATUSES),
  entryKind: z.enum(ENTRY_KINDS),
  origin: z.enum(ORIGINS),
  organisation: z.string(),
  campaign: z.string().nullable(),
  programme: z.string(),
  aidCategory: z.string().nullable(),
  recipientKind: z.string().nullable(),
  form: z.enum(AID_FORMS).nullable(),
  fiscalYear: z.int(),
  paidOn: z.string().nullable(),
  periodFrom: z.string().nullable(),
  periodTo: z.string().nullable(),
  /** 1–12; 0 = month unknown. */
  month: z.int(),
  amountFen: fenTextSchema.nullable(),
  amountKind: z.enum(AMOUNT_KINDS),
  ...eachText(() => z.string().nullable()),
  counts: countsOut,
  shares: z.array(shareSchema),
  approvalsNeeded: z.int(),
  approvalsGiven: z.int(),
  submittedAt: z.string().nullable(),
  approvedAt: z.string().nullable(),
});

export const stepSchema = z.object({
  /** `open`: a reviewer looked at it; from then on it is not withdrawn. */
  action: z.enum(["submit", "withdraw", "open", "approve", "return", "void"]),
  actor: person,
  at: z.string(),
  reason: z.string().nullable(),
  words: z.string().nullable(),
  round: z.int(),
});

export const adjustmentSchema = z.object({
  originalId: z.string(),
  reversalId: z.string(),
  replacementId: z.string().nullable(),
  /** 编号 of each, as people know them. */
  references: z.object({
    original: z.string(),
    reversal: z.string(),
    replacement: z.string().nullable(),
  }),
  reason: z.enum(ADJUST_REASONS),
  words: z.string(),
  createdBy: person,
  createdAt: z.string(),
  status: z.enum(STATUSES),
});

/** One record with everything its page shows. */
export const detailSchema = rowSchema.extend({
  cashFen: fenTextSchema.nullable(),
  goodsFen: fenTextSchema.nullable(),
  /** Unit rate × count × times = amount. `note` says what a merchant waives or the recipient pays. */
  rate: z
    .object({ unitFen: fenTextSchema, count: z.int(), times: z.int(), note: z.string().nullable() })
    .nullable(),
  sourceRef: z.string().nullable(),
  sourceCitation: z.string().nullable(),
  createdBy: person,
  lastEditedBy: person,
  submittedBy: person.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  steps: z.array(stepSchema),
  findings: z.array(findingSchema),
  adjustments: z.array(adjustmentSchema),
  /** What the reader may do now; buttons show exactly these. */
  actions: z.array(z.enum(ACTIONS)),
});

/** What a record says, and nothing about where it stands; only the fields in question. */
const saidSchema = detailSchema
  .pick({
    programme: true,
    campaign: true,
    aidCategory: true,
    recipientKind: true,
    form: true,
    fiscalYear: true,
    paidOn: true,
    periodFrom: true,
    periodTo: true,
    amountFen: true,
    amountKind: true,
    amountWording: true,
    note: true,
    cashFen: true,
    goodsFen: true,
    rate: true,
    counts: true,
    shares: true,
  })
  .partial();

/** One submission as it was: `findings` with their values and answers of that moment, whatever is found today. */
const roundSchema = z.object({
  round: z.int(),
  actor: person,
  at: z.string(),
  /** What the clerk said to the return before it; null where nothing was said. */
  reply: z.string().nullable(),
  findings: z.array(findingSchema),
  /** What differs from the submission before; null in the first. */
  changes: z.object({ before: saidSchema, after: saidSchema }).nullable(),
});

/** One record with each of its submissions. */
export const recordSchema = detailSchema.extend({ rounds: z.array(roundSchema) });

/** The answer to a step that does not ask what was found: nobody looks for it again. */
export const standingSchema = detailSchema.omit({ findings: true });

export const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const idParams = z.strictObject({ id: idSchema });
const tag = "disbursements";
export const createDisbursementContract = contract({
  id: "createDisbursement",
  method: "POST",
  path: "/disbursements",
  tag,
  rate: "write",
  status: 201,
  summary: "Save a new draft",
  body: disbursementFieldsSchema.extend(endsCopy),
  response: detailSchema,
});
export const getDisbursementContract = contract({
  id: "getDisbursement",
  method: "GET",
  path: "/disbursements/{id}",
  tag,
  rate: "read",
  summary: "One record with its findings, steps, submissions and corrections",
  params: idParams,
  response: recordSchema,
});
export const updateDisbursementContract = contract({
  id: "updateDisbursement",
  method: "PATCH",
  path: "/disbursements/{id}",
  tag,
  rate: "write",
  summary: "Change a draft or a returned record; fields left out stay, null clears",
  params: idParams,
  body: updateInputSchema.extend(endsCopy),
  response: detailSchema,
});

/** A verb on one record, answered with the record as it then stands. */
export const actionContract = <Verb extends string, B extends z.ZodType, R extends z.ZodType>(
  verb: Verb,
  { summary, body, response }: { summary: string; body: B; response: R },
) =>
  contract({
    id: `${verb}Disbursement`,
    method: "POST",
    path: `/disbursements/{id}/${verb}`,
    tag,
    rate: "write",
    summary,
    params: idParams,
    body,
    response,
  });
/** A form as it stands; of a saved record, `id` and the version one has read. */
const checkInputSchema = disbursementFieldsSchema.extend({
  id: idSchema.optional().meta({ description: "Of the draft that is being changed" }),
  corrects: idSchema.optional().meta({
    description: "Of the approved record that this is to replace: what it counts for is left out",
  }),
  version: versionSchema.optional().meta({ description: "Of the record named beside it" }),
});
export type CheckInput = z.infer<typeof checkInputSchema>;

const checkedSchema = z.object({
  findings: z.array(findingSchema),
  /**
   * What others of the programme spend per main unit, and month where this covers several `months`; told from five
   * organisations on.
   */
  perHead: z
    .object({
      unit: z.enum(COUNT_UNITS),
      months: z.int(),
      peers: z.int(),
      medianFen: fenTextSchema,
    })
    .nullable(),
  /** Of each chosen source, of the organisation itself: received (less what was passed down) − approved − waiting = left. */
  sources: z.array(
    z.object({
      fundSource: z.string(),
      receivedFen: fenTextSchema.nullable(),
      approvedFen: fenTextSchema,
      waitingFen: fenTextSchema,
      leftFen: fenTextSchema.nullable(),
    }),
  ),
});
export type Checked = z.infer<typeof checkedSchema>;

export const checkDisbursementContract = contract({
  id: "checkDisbursement",
  method: "POST",
  path: "/disbursements/check",
  tag,
  rate: "write",
  asks: true,
  summary: "Judge a form by the rules of submission, without storing it",
  body: checkInputSchema,
  response: checkedSchema,
});
/** So many rows are saved in one transaction at most, and so many judged in one answer. */
export const MOST_ROWS = { saved: 1000, checked: 200 } as const;
const rowsSchema = (max: number) =>
  z.array(disbursementFieldsSchema).min(1, { error: "tooFew" }).max(max, { error: "tooMany" });

const bothNames = z.object({ nameZh: z.string(), nameEn: z.string() });
/** Why one of a set was refused; null and nothing where it was not. */
export const refusalSchema = z.object({
  code: z.enum(Object.keys(APP_ERROR_STATUS) as [AppErrorCode, ...AppErrorCode[]]).nullable(),
  /** By dotted path of the field, as keys of the `errors` messages with values for the sentence. */
  problems: z.array(
    z.object({
      path: z.string(),
      key: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), bothNames])),
    }),
  ),
});

export const createDisbursementSetContract = contract({
  id: "createDisbursementSet",
  method: "POST",
  path: "/disbursements/set",
  tag,
  rate: "write",
  summary:
    "Create many drafts, all of them or none; what is refused names its row, such as rows.3.amountFen",
  body: z.strictObject({ rows: rowsSchema(MOST_ROWS.saved), ...endsCopy }),
  maxBytes: 1_048_576,
  response: z.object({
    /** In the order of the rows. */
    items: z.array(
      z.object({
        id: z.string(),
        reference: z.string(),
        version: z.int(),
        findings: z.array(findingSchema),
      }),
    ),
  }),
  status: 201,
});

const checkedSetSchema = z.object({
  items: z.array(
    refusalSchema.extend({
      findings: z.array(findingSchema),
      /** Other rows of the set, from 0, that may be this one over again. */
      alike: z.array(z.int()),
    }),
  ),
});
export type CheckedSet = z.infer<typeof checkedSetSchema>;

export const checkDisbursementSetContract = contract({
  id: "checkDisbursementSet",
  method: "POST",
  path: "/disbursements/set/check",
  tag,
  rate: "write",
  asks: true,
  summary: "Judge many new forms by the rules of submission, each by itself, without storing them",
  body: z.strictObject({ rows: rowsSchema(MOST_ROWS.checked) }),
  maxBytes: 1_048_576,
  response: checkedSetSchema,
});

export const adjustDisbursementContract = actionContract("adjust", {
  summary: "Correct an approved record by a reversal and a replacement, both to be approved",
  body: adjustInputSchema.extend(endsCopy),
  response: detailSchema,
});
