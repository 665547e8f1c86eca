import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { ID_KINDS } from "@/lib/kernel/id-number";
import { civilDateSchema, codeSchema, fenTextSchema, listSchema, versionSchema, wordsSchema, yearSchema } from "@/lib/kernel/wire"; // prettier-ignore
import { ARCHIVE_LEVELS, CAUSES, CONSENTS, EVENT_KINDS, HOME_DETAIL_FIELDS, HOUSEHOLD_KINDS, HOUSEHOLD_STATUSES, MOST_DETAIL, MOST_MEMBERS, PERSON_DETAIL_FIELDS, RELATIONS, REVEAL_REASONS, REVEALED_FIELDS, SEXES, TIERS } from "./labels"; // prettier-ignore

const maybe = (max: number) => wordsSchema(max).nullable().optional();
const detailsOf = <F extends string>(fields: readonly [F, ...F[]]) =>
  z.partialRecord(z.enum(fields), wordsSchema(MOST_DETAIL)).nullable();
const personDetails = detailsOf(PERSON_DETAIL_FIELDS).meta({
  description: "What else the national list says of a person, sealed: words; …Fen whole fen",
});
const homeDetails = detailsOf(HOME_DETAIL_FIELDS).meta({
  description: "What else it says of the home, sealed: words; …Fen whole fen; yes or no",
});
const maybeDay = civilDateSchema.nullable().optional();

export const memberInputSchema = z.strictObject({
  relation: z.enum(RELATIONS).meta({ description: "The first member is the holder: self" }),
  name: wordsSchema(120).min(1, { error: "required" }),
  idKind: z.enum(ID_KINDS).nullable().optional().meta({
    description: "Told from the number where it is left out",
  }),
  idNumber: maybe(60),
  born: maybeDay.meta({ description: "Where the number does not say it" }),
  sex: z.enum(SEXES).nullable().optional(),
  phone: maybe(40),
  health: maybe(200),
  workplace: maybe(120),
  details: personDetails.optional(),
});

const head = {
  kind: z.enum(HOUSEHOLD_KINDS),
  level: z.enum(ARCHIVE_LEVELS),
  cause: z.enum(CAUSES),
  otherCauses: z.array(z.enum(CAUSES)).max(3, { error: "tooMany" }).default([]),
  address: maybe(200),
  details: homeDetails.optional(),
  members: z
    .array(memberInputSchema)
    .min(1, { error: "required" })
    .max(MOST_MEMBERS, { error: "tooMany" }),
};

export const createHouseholdInputSchema = z.strictObject({
  organisation: codeSchema,
  code: maybe(30).meta({ description: "档案号; given by the program where it is left out" }),
  filedOn: civilDateSchema,
  tier: z.enum(TIERS),
  ...head,
});

export const updateHouseholdInputSchema = z.strictObject({
  version: versionSchema,
  code: wordsSchema(30).min(1, { error: "required" }),
  ...head,
});

export const eventInputSchema = z.strictObject({
  version: versionSchema,
  kind: z.enum(EVENT_KINDS),
  on: civilDateSchema,
  year: z.int().min(2000).max(2100).nullable().optional().meta({
    description: "Of a tier; left out: the year of its day",
  }),
  tier: z.enum(TIERS).nullable().optional().meta({ description: "Of tier and returned" }),
  reason: wordsSchema(40).nullable().optional().meta({
    description: "Of lifted, returned and closed: one of their codes",
  }),
  consent: z.enum(CONSENTS).nullable().optional(),
  dueOn: maybeDay.meta({
    description:
      "When somebody is to look again (lifted: half a year on where it is left out); of a consent, until when it holds",
  }),
  visitors: maybe(120),
  note: maybe(500),
});

const rowShape = {
  id: z.string(),
  version: z.int(),
  organisation: z.string(),
  code: z.string(),
  kind: z.enum(HOUSEHOLD_KINDS),
  level: z.enum(ARCHIVE_LEVELS),
  cause: z.enum(CAUSES),
  status: z.enum(HOUSEHOLD_STATUSES),
  tier: z.enum(TIERS),
  tierYear: z.int(),
  filedOn: z.string(),
  followUpOn: z.string().nullable(),
  forgotten: z.boolean().meta({ description: "Emptied: what it is counted by is left" }),
  reviewDue: z.boolean().meta({ description: "No tier is stated of this year yet" }),
};

export const householdRowSchema = z.object({
  ...rowShape,
  holder: z.string().nullable().meta({ description: "Masked; null where no key opens it" }),
  members: z.int(),
});

export const memberSchema = z.object({
  no: z.int(),
  relation: z.enum(RELATIONS),
  name: z.string().nullable(),
  idKind: z.enum(ID_KINDS).nullable(),
  idNumber: z.string().nullable(),
  born: z.string().nullable(),
  sex: z.enum(SEXES).nullable(),
  phone: z.string().nullable(),
  health: z.string().nullable(),
  workplace: z.string().nullable(),
  details: personDetails,
  unreadable: z.boolean(),
});

export const eventSchema = z.object({
  no: z.int(),
  kind: z.enum(["filed", ...EVENT_KINDS]),
  on: z.string(),
  year: z.int().nullable(),
  tier: z.enum(TIERS).nullable(),
  reason: z.string().nullable(),
  consent: z.enum(CONSENTS).nullable(),
  dueOn: z.string().nullable(),
  visitors: z.string().nullable(),
  note: z.string().nullable(),
  by: z.object({ nameZh: z.string(), nameEn: z.string() }),
  at: z.string(),
});

export const householdSchema = z.object({
  ...rowShape,
  otherCauses: z.array(z.enum(CAUSES)),
  origin: z.enum(["entered", "demo", "imported"]),
  sight: z.enum(["open", "masked"]),
  editable: z.boolean(),
  takes: z.array(z.enum(EVENT_KINDS)).meta({ description: "What this reader may add now" }),
  address: z.string().nullable(),
  details: homeDetails,
  unreadable: z.boolean(),
  members: z.array(memberSchema),
  events: z.array(eventSchema),
  consents: z.array(
    z.object({
      consent: z.enum(CONSENTS),
      on: z.string(),
      until: z.string().nullable(),
      endedOn: z.string().nullable(),
      holds: z.boolean(),
    }),
  ),
});

export const householdsQuerySchema = z.strictObject({
  org: codeSchema.optional(),
  status: listSchema(z.enum(HOUSEHOLD_STATUSES)).optional(),
  tier: listSchema(z.enum(TIERS)).optional(),
  cause: listSchema(z.enum(CAUSES)).optional(),
  due: z.enum(["review", "follow-up"]).optional().meta({
    description: "Whose tier of this year is not stated; or whose day to look again has come",
  }),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const page = z.object({ items: z.array(householdRowSchema), nextCursor: z.string().nullable() });

export const findHouseholdsInputSchema = z.strictObject({
  code: maybe(30),
  idNumber: maybe(60),
  name: maybe(120),
});

export const householdSumsQuerySchema = z.strictObject({
  year: yearSchema,
  org: codeSchema.optional(),
  by: z.enum(["organisation", "cause"]).default("organisation"),
});

const counts = {
  households: z.int(),
  people: z.int(),
  open: z.int(),
  lifted: z.int(),
  returned: z.int(),
  closed: z.int(),
  /** Of those in the archive (在档, 返困). */
  deep: z.int(),
  relative: z.int(),
  accident: z.int(),
  unstated: z.int(),
};
export const householdSumsSchema = z.object({
  items: z.array(z.object({ key: z.string(), ...counts })),
  total: z.object(counts),
});

const given = {
  lines: z.int().meta({ description: "Without those whose payment came back" }),
  amountFen: fenTextSchema.nullable().meta({ description: "Null: no line says an amount" }),
  unpriced: z.int(),
  back: z.object({ lines: z.int(), amountFen: fenTextSchema.nullable() }).meta({
    description: "Came back from the bank and was not paid anew",
  }),
};

export const aidSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      organisation: z.string(),
      programme: z.string(),
      year: z.int(),
      on: z.string(),
      status: z.enum(["submitted", "approved"]),
      ...given,
    }),
  ),
  more: z.boolean(),
  own: z.object(given),
  elsewhere: z.object(given).meta({
    description:
      "What stands outside the reader's reach, as one sum without a place; of people whom the file has held for a day or longer",
  }),
});

export const rosterFilesSchema = z.object({
  items: z.array(z.object({ no: z.int(), id: z.string(), code: z.string() })),
});

export const revealInputSchema = z.strictObject({
  fields: z
    .array(z.enum(REVEALED_FIELDS))
    .min(1, { error: "required" })
    .max(REVEALED_FIELDS.length),
  reason: z.enum(REVEAL_REASONS),
});

export const revealedSchema = z.object({
  members: z.array(z.partialRecord(z.enum(REVEALED_FIELDS), z.string().nullable())),
  address: z.string().nullable(),
  notes: z.array(
    z.object({ no: z.int(), visitors: z.string().nullable(), note: z.string().nullable() }),
  ),
  details: z.object({ home: homeDetails, members: z.array(personDetails) }).nullable(),
  papers: z.boolean().meta({ description: "For a minute the papers of the file may be opened" }),
  today: z.int().meta({ description: "How many looks this one was in a day; fifty are the end" }),
});

const tag = "households";
const params = z.strictObject({ id: z.uuid() });

export const listHouseholdsContract = contract({
  id: "listHouseholds",
  method: "GET",
  path: "/households",
  tag,
  rate: "read",
  personal: true,
  summary: "Household files where the reader is clerk or reviewer, by code; names masked",
  query: householdsQuerySchema,
  response: page,
});

export const findHouseholdsContract = contract({
  id: "findHouseholds",
  method: "POST",
  path: "/households/find",
  tag,
  rate: "read",
  personal: true,
  asks: true,
  summary:
    "Find files within reach by code, by the number of a document or by a whole name; twenty at most. Nothing is told of files elsewhere",
  body: findHouseholdsInputSchema,
  response: page,
});

export const householdSumsContract = contract({
  id: "getHouseholdSums",
  method: "GET",
  path: "/households/sums",
  tag,
  rate: "read",
  summary: "How many files and people there are, by status and tier of a year, by place or cause",
  query: householdSumsQuerySchema,
  response: householdSumsSchema,
});

export const createHouseholdContract = contract({
  id: "createHousehold",
  method: "POST",
  path: "/households",
  tag,
  rate: "write",
  status: 201,
  personal: true,
  summary:
    "File a household. Nobody is in two files: of one within reach its code is told (HAS_FILE), of one elsewhere that there is one, and this is counted",
  body: createHouseholdInputSchema,
  response: householdSchema,
});

export const getHouseholdContract = contract({
  id: "getHousehold",
  method: "GET",
  path: "/households/{id}",
  tag,
  rate: "read",
  personal: true,
  summary:
    "A file: as it was typed to the clerks of its organisation until it is closed, masked to reviewers",
  params,
  response: householdSchema,
});

export const updateHouseholdContract = contract({
  id: "updateHousehold",
  method: "PATCH",
  path: "/households/{id}",
  tag,
  rate: "write",
  personal: true,
  summary: "Change what a file says, its members together; what happened to it stays",
  params,
  body: updateHouseholdInputSchema,
  response: householdSchema,
});

export const householdAidContract = contract({
  id: "getHouseholdAid",
  method: "GET",
  path: "/households/{id}/aid",
  tag,
  rate: "read",
  personal: true,
  summary:
    "What rosters gave the people of a file: records within reach, and one sum of what stands elsewhere",
  params,
  response: aidSchema,
});

export const rosterFilesContract = contract({
  id: "getRosterFiles",
  method: "GET",
  path: "/disbursements/{id}/roster/households",
  tag,
  rate: "read",
  personal: true,
  summary:
    "Whose household file the lines of a roster are of, by line: to clerks and reviewers of the place, of files where they work as well",
  params: z.strictObject({ id: z.string().regex(/^\d{1,18}$/) }),
  response: rosterFilesSchema,
});

export const addHouseholdEventContract = contract({
  id: "addHouseholdEvent",
  method: "POST",
  path: "/households/{id}/events",
  tag,
  rate: "write",
  personal: true,
  summary:
    "Say what happened to a file: a tier stated, a visit, a consent, 脱困, 返困 or 注销; for good",
  params,
  body: eventInputSchema,
  response: householdSchema,
});

export const revealHouseholdContract = contract({
  id: "revealHousehold",
  method: "POST",
  path: "/households/{id}/reveal",
  tag,
  rate: "write",
  personal: true,
  summary:
    "Look behind the mask, with a reason: written into the audit chain before it is answered, fifty times a day at most",
  params,
  body: revealInputSchema,
  response: revealedSchema,
});
