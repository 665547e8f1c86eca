import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import {
  civilDateSchema,
  codeSchema,
  listSchema,
  versionSchema,
  wordsSchema,
  yearSchema,
} from "@/lib/kernel/wire";
import { NIL_REASONS, OWING_KINDS, PERIOD_STATES } from "./types";

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

const nilSchema = z.object({
  id: z.string(),
  organisation: z.string(),
  programme: z.string(),
  periodFrom: z.string(),
  periodTo: z.string(),
  reason: z.enum(NIL_REASONS),
  words: z.string().nullable(),
  declaredBy: person,
  declaredAt: z.string(),
  end: z.enum(["withdrawn", "superseded"]).nullable().meta({ description: "Null while it stands" }),
  endedAt: z.string().nullable(),
  supersededBy: z
    .string()
    .nullable()
    .meta({ description: "The record that was submitted for its period" }),
  version: z.int(),
});

const periodSchema = z.object({
  organisation: z.string(),
  programme: z.string(),
  periodFrom: z.string(),
  periodTo: z.string(),
  dueOn: z.string(),
  state: z.enum(PERIOD_STATES).meta({
    description:
      "done: at least one record of its days is submitted or approved (a draft is not). late: nothing by the due day. missing: nothing, and its year is closed. nil: declared that there was nothing. due: begun, and the due day has not passed. ahead: not begun",
  }),
  daysLeft: z.int().nullable(),
  daysLate: z
    .int()
    .nullable()
    .meta({ description: "After the due day: until today while late, until it came once done" }),
  approved: z.int(),
  submitted: z.int(),
  returned: z.int(),
  draft: z.int(),
  covering: z.string().nullable().meta({
    description: "A record of a longer time that covers the period, where none lies in it",
  }),
  firstSentOn: z.string().nullable(),
  yearOpen: z.boolean(),
  nil: nilSchema.nullable().meta({ description: "The last one declared, standing or ended" }),
});

export const calendarQuerySchema = z.strictObject({
  year: yearSchema.optional().meta({ description: "Default: the current year in China" }),
  org: codeSchema.optional().meta({ description: "The subtree of this organisation" }),
  programme: listSchema(codeSchema).optional(),
  state: listSchema(z.enum(PERIOD_STATES))
    .optional()
    .meta({ description: "What is open: due,late,missing" }),
});
export type CalendarQuery = z.infer<typeof calendarQuerySchema>;

export const declareNilInputSchema = z.strictObject({
  organisation: codeSchema,
  programme: codeSchema,
  periodFrom: civilDateSchema,
  periodTo: civilDateSchema,
  reason: z.enum(NIL_REASONS),
  words: wordsSchema(500)
    .nullable()
    .optional()
    .meta({ description: "Needed where the reason is other" }),
});
export type DeclareNilInput = z.infer<typeof declareNilInputSchema>;
export const withdrawNilInputSchema = z.strictObject({ version: versionSchema });
export type WithdrawNilInput = z.infer<typeof withdrawNilInputSchema>;

const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: "monthDay" })
  .meta({ description: "MM-DD; a day that a month has not is its last", examples: ["02-28"] });
const month = z.int().min(1).max(12);
const whenSchema = z.discriminatedUnion("repeats", [
  z.strictObject({
    repeats: z.literal("yearly"),
    from: monthDay.meta({ description: "After `to`: begun the year before" }),
    to: monthDay,
    due: monthDay.meta({ description: "Before `to`: due the year after" }),
  }),
  z.strictObject({
    repeats: z.literal("monthly"),
    fromMonth: month,
    toMonth: month,
    dueDay: z.int().min(1).max(31).meta({ description: "Of the next month" }),
  }),
  z.strictObject({ repeats: z.literal("never") }),
]);
export type When = z.infer<typeof whenSchema>;

const named = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const expectationSchema = z.object({
  id: z.string(),
  programme: named,
  organisation: named,
  owedBy: z.enum(OWING_KINDS),
  when: whenSchema,
  firstYear: z.int(),
  lastYear: z.int().nullable(),
  source: z.string(),
  active: z.boolean(),
  version: z.int(),
});
export type Expectation = z.infer<typeof expectationSchema>;

const year = z.int().min(2000).max(2100);
const kept = {
  when: whenSchema,
  firstYear: year,
  lastYear: year.nullable(),
  source: wordsSchema(200).meta({ description: "The document that says so" }),
};
export const createExpectationInputSchema = z.strictObject({
  programme: codeSchema,
  organisation: codeSchema.meta({ description: "Everything of the kind at or below it owes" }),
  owedBy: z.enum(OWING_KINDS),
  ...kept,
});
export type CreateExpectationInput = z.infer<typeof createExpectationInputSchema>;
export const updateExpectationInputSchema = z
  .strictObject({ ...kept, active: z.boolean() })
  .partial()
  .extend({ version: versionSchema });
export type UpdateExpectationInput = z.infer<typeof updateExpectationInputSchema>;

const tag = "calendar";

export const getCalendarContract = contract({
  id: "getCalendar",
  method: "GET",
  path: "/calendar",
  tag,
  rate: "read",
  summary:
    "What is expected of whom for a year, by when, and where it stands: by organisation, programme and period, ordered by code",
  query: calendarQuerySchema,
  response: z.object({
    year: z.int(),
    today: z.string(),
    items: z.array(periodSchema),
  }),
});
export const declareNilContract = contract({
  id: "declareNil",
  method: "POST",
  path: "/calendar/nil",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Declare that there was nothing of a programme in a period that is expected; not while a record stands in it. A record submitted later takes its place",
  body: declareNilInputSchema,
  response: nilSchema,
});
export const withdrawNilContract = contract({
  id: "withdrawNil",
  method: "POST",
  path: "/calendar/nil/{id}/withdraw",
  tag,
  rate: "write",
  summary: "Take a declaration back; by whoever enters records there",
  params: z.strictObject({ id: idSchema }),
  body: withdrawNilInputSchema,
  response: nilSchema,
});

export const listExpectationsContract = contract({
  id: "listExpectations",
  method: "GET",
  path: "/admin/expectations",
  tag: "admin",
  rate: "read",
  summary: "Which organisations owe records of a programme, of which days and by when",
  response: z.object({ items: z.array(expectationSchema) }),
});
export const createExpectationContract = contract({
  id: "createExpectation",
  method: "POST",
  path: "/admin/expectations",
  tag: "admin",
  rate: "write",
  status: 201,
  summary: "Add one; of an organisation and a programme those of the nearest root hold",
  body: createExpectationInputSchema,
  response: expectationSchema,
});
export const updateExpectationContract = contract({
  id: "updateExpectation",
  method: "PATCH",
  path: "/admin/expectations/{id}",
  tag: "admin",
  rate: "write",
  summary: "Change the days, years or source of one, or take it out of use",
  params: z.strictObject({ id: z.string().regex(/^[1-9]\d{0,8}$/) }),
  body: updateExpectationInputSchema,
  response: expectationSchema,
});
