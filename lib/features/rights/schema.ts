import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { civilDateSchema, codeSchema, wordsSchema } from "@/lib/kernel/wire";
import { RIGHTS_ACTIONS, RIGHTS_KINDS, RIGHTS_REASONS, RIGHTS_STATES } from "./labels";

const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const rightsRequestSchema = z.object({
  id: z.string(),
  kind: z.enum(RIGHTS_KINDS),
  organisation: z.string(),
  file: z
    .object({ id: z.string(), code: z.string() })
    .nullable()
    .meta({ description: "The household file that it is about" }),
  line: z
    .object({ record: z.string(), reference: z.string(), no: z.int() })
    .nullable()
    .meta({ description: "Or the line of a roster, by its number" }),
  reason: z.enum(RIGHTS_REASONS),
  askedOn: z.string(),
  requestedBy: person,
  requestedAt: z.string(),
  state: z.enum(RIGHTS_STATES),
  decidedBy: person.nullable(),
  decidedAt: z.string().nullable(),
  rows: z.int().nullable().meta({ description: "How many rows were emptied" }),
  actions: z.array(z.enum(RIGHTS_ACTIONS)),
});

export const askRightsInputSchema = z.strictObject({
  kind: z.enum(RIGHTS_KINDS),
  organisation: codeSchema.optional().meta({ description: "Of a file: whose it is" }),
  file: wordsSchema(30).nullable().optional().meta({ description: "档案号 of a file" }),
  record: wordsSchema(40)
    .nullable()
    .optional()
    .meta({ description: "编号 of a record, or its id" }),
  line: z.int().min(1).max(10_000).nullable().optional(),
  reason: z.enum(RIGHTS_REASONS),
  askedOn: civilDateSchema.meta({ description: "The day on which the person asked" }),
});

const tag = "rights";
const params = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) });

export const listRightsContract = contract({
  id: "listRightsRequests",
  method: "GET",
  path: "/rights-requests",
  tag,
  rate: "read",
  summary:
    "What people asked for within reach, what waits first, the 200 latest: files by their code, lines by their number, and nothing of the person",
  response: z.object({ items: z.array(rightsRequestSchema) }),
});

export const askRightsContract = contract({
  id: "askRights",
  method: "POST",
  path: "/rights-requests",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Ask, on a person's behalf, that a closed file or a line of an approved roster is forgotten, or that a file is limited or limited no longer. Refused while a review, the year's claim, a payment or a notice needs it; another person confirms it",
  body: askRightsInputSchema,
  response: rightsRequestSchema,
});

export const confirmRightsContract = contract({
  id: "confirmRights",
  method: "POST",
  path: "/rights-requests/{id}/confirm",
  tag,
  rate: "write",
  stepUp: "always",
  summary:
    "Confirm what another person asked for: what was forgotten can be read again by nobody, its amounts and counts stand",
  params,
  body: z.strictObject({}),
  response: rightsRequestSchema,
});

export const declineRightsContract = contract({
  id: "declineRights",
  method: "POST",
  path: "/rights-requests/{id}/decline",
  tag,
  rate: "write",
  summary: "Decline another person's request, or take one's own back",
  params,
  body: z.strictObject({}),
  response: rightsRequestSchema,
});
