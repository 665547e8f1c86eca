import { z } from "zod";
import { leftOutSchema } from "@/lib/features/figures/schema";
import { contract } from "@/lib/kernel/contract";
import { AMOUNT_KINDS, ENTRY_KINDS } from "@/lib/kernel/record-codes";
import { civilDateSchema, fenTextSchema, wordsSchema, yearSchema } from "@/lib/kernel/wire";
import { REOPENING_ACTIONS, REOPENING_STATES, YEAR_ACTIONS, YEAR_STATUSES } from "./types";

const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

const frozenSchema = z
  .object({
    records: z.int(),
    unvalued: z.int(),
    amountFen: fenTextSchema,
    contributory: leftOutSchema.shape.contributory,
    receivedFen: fenTextSchema.nullable(),
    balanceFen: fenTextSchema.nullable(),
  })
  .nullable()
  .meta({ description: "What closing froze; for those who read the whole province" });

const yearViewSchema = z.object({
  year: z.int(),
  version: z.int(),
  status: z.enum(YEAR_STATUSES),
  reopenedUntil: z.string().nullable().meta({
    description: "The last day, in China, on which a reopened year takes entries",
  }),
  closedAt: z.string().nullable(),
  closedBy: person.nullable(),
  snapshotSha256: z.string().nullable(),
  waiting: z.object({ draft: z.int(), submitted: z.int(), returned: z.int() }).nullable(),
  correctionsUnderWay: z.int().nullable(),
  frozen: frozenSchema,
  later: z
    .object({ corrections: z.int(), amountFen: fenTextSchema })
    .nullable()
    .meta({ description: "Corrections of the year's records that count in later years" }),
  closesFrom: z.string().nullable().meta({
    description: "The day in China from which the year may be closed, while it has not come",
  }),
  actions: z.array(z.enum(YEAR_ACTIONS)),
});

export const openYearInputSchema = z.strictObject({ year: z.int().min(2000).max(2100) });
export type OpenYearInput = z.infer<typeof openYearInputSchema>;
export const closeYearInputSchema = z.strictObject({
  version: z.int().min(1),
  /** Close although records wait: they stay undecided in the closed year. */
  acceptOpen: z.boolean().default(false),
  note: wordsSchema(500).optional(),
});
export type CloseYearInput = z.input<typeof closeYearInputSchema>;

const enteredSchema = z
  .object({
    records: z.int(),
    amountFen: fenTextSchema,
    count: z.int(),
    lines: z.array(
      z.object({
        id: z.string(),
        seq: z.int(),
        entryKind: z.enum(ENTRY_KINDS),
        amountKind: z.enum(AMOUNT_KINDS),
        organisation: z.string(),
        programme: z.string(),
        amountFen: fenTextSchema.nullable(),
      }),
    ),
  })
  .nullable();

const reopeningSchema = z.object({
  id: z.string(),
  afterNo: z.int(),
  state: z.enum(REOPENING_STATES),
  reason: z.string(),
  until: z.string(),
  requestedBy: person,
  requestedAt: z.string(),
  decidedBy: person.nullable(),
  decidedAt: z.string().nullable(),
  passed: enteredSchema.meta({ description: "What came to count while it lasted" }),
  actions: z.array(z.enum(REOPENING_ACTIONS)),
});

const yearDetailSchema = yearViewSchema.extend({
  snapshot: z
    .object({
      no: z.int(),
      at: z.string(),
      seq: z.int(),
      sha256: z.string(),
      amountFen: fenTextSchema.nullable(),
      records: z.int().nullable(),
    })
    .nullable()
    .meta({ description: "The last closing; its sums for those who read the whole province" }),
  closings: z.array(
    z.object({
      no: z.int(),
      seq: z.int(),
      at: z.string(),
      by: person,
      sha256: z.string(),
      note: z.string().nullable(),
      checkpoint: z.string().nullable().meta({ description: "Signed note over the chain" }),
      frozen: frozenSchema,
    }),
  ),
  changedSince: enteredSchema.meta({
    description:
      "What came to count in the year since its last closing, in the reader's scope: sum, number of vouchers, and the first 100 of them",
  }),
  reopenings: z.array(reopeningSchema),
});

export const reopenYearInputSchema = z.strictObject({
  reason: wordsSchema(500).min(1, { error: "required" }),
  until: civilDateSchema,
});
export type ReopenYearInput = z.infer<typeof reopenYearInputSchema>;

const tag = "years";

export const listYearsContract = contract({
  id: "listYears",
  method: "GET",
  path: "/years",
  tag,
  rate: "read",
  summary: "The years, what waits in each, and the hash of the figures a closed one has frozen",
  response: z.object({ items: z.array(yearViewSchema) }),
});

export const openYearContract = contract({
  id: "openYear",
  method: "POST",
  path: "/years",
  tag,
  rate: "write",
  status: 201,
  summary: "Open the year after the last one",
  body: openYearInputSchema,
  response: yearViewSchema,
});

export const closeYearContract = contract({
  id: "closeYear",
  method: "POST",
  path: "/years/{year}/close",
  tag,
  rate: "write",
  stepUp: "always",
  summary:
    "Close a year and freeze its figures. While records wait, answers 409 CONFLICT saying how many, unless acceptOpen; so it does while the year has not ended in China",
  params: z.strictObject({ year: yearSchema }),
  body: closeYearInputSchema,
  response: yearViewSchema,
});

const oneYear = z.strictObject({ year: yearSchema });
const oneReopening = oneYear.extend({ id: z.string().regex(/^[1-9]\d{0,17}$/) });

export const getYearContract = contract({
  id: "getYear",
  method: "GET",
  path: "/years/{year}",
  tag,
  rate: "read",
  summary:
    "One year: its closings, each with its place in the chain, digest and signed checkpoint; what came to count since the last; and who opened it once more",
  params: oneYear,
  response: yearDetailSchema,
});

export const reopenYearContract = contract({
  id: "reopenYear",
  method: "POST",
  path: "/years/{year}/reopen",
  tag,
  rate: "write",
  stepUp: "always",
  status: 201,
  summary:
    "Ask for a closed year to be opened once more, with a reason and the last day of it, 92 days ahead at most. Another person of the province confirms it; the closings stay as they are",
  params: oneYear,
  body: reopenYearInputSchema,
  response: yearDetailSchema,
});

export const confirmReopeningContract = contract({
  id: "confirmReopening",
  method: "POST",
  path: "/years/{year}/reopenings/{id}/confirm",
  tag,
  rate: "write",
  stepUp: "always",
  summary: "Confirm what another person asked for: the year takes entries to the end of that day",
  params: oneReopening,
  body: z.strictObject({}),
  response: yearDetailSchema,
});

export const declineReopeningContract = contract({
  id: "declineReopening",
  method: "POST",
  path: "/years/{year}/reopenings/{id}/decline",
  tag,
  rate: "write",
  summary: "Decline another person's request, or take one's own back",
  params: oneReopening,
  body: z.strictObject({}),
  response: yearDetailSchema,
});
