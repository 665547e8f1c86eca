import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { ORGANISATION_KINDS } from "@/lib/kernel/actor";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { listSchema, wordsSchema } from "@/lib/kernel/wire";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { CLAIM_PERIODS, SEASONS } from "./types";

const coded = { code: z.string(), nameZh: z.string(), nameEn: z.string() };
const codedWithId = z.object({ ...coded, id: z.int(), active: z.boolean() });

export const referenceSchema = z.object({
  organisations: z.array(
    z.object({
      ...coded,
      id: z.int(),
      kind: z.enum(ORGANISATION_KINDS),
      parentCode: z.string().nullable(),
      prefectureCode: z.string(),
      path: z.string(),
      leaf: z.boolean(),
      active: z.boolean(),
    }),
  ),
  programmes: z.array(
    z.object({
      ...coded,
      id: z.int(),
      season: z.enum(SEASONS),
      contributory: z.boolean(),
      seasonMonths: z.array(z.int()),
      mainUnit: z.enum(COUNT_UNITS),
      allowedForms: z.array(z.enum(AID_FORMS)),
      defaultForm: z.enum(AID_FORMS),
      defaultAidCategory: z.string(),
      defaultRecipientKind: z.string(),
      active: z.boolean(),
    }),
  ),
  aidCategories: z.array(codedWithId),
  fundSources: z.array(codedWithId.extend({ earmarked: z.boolean() })),
  recipientKinds: z.array(codedWithId),
  campaigns: z.array(
    z.object({
      ...coded,
      id: z.int(),
      programme: z.string(),
      organisation: z.string(),
      startsOn: z.string(),
      endsOn: z.string(),
    }),
  ),
  years: z.array(z.object({ year: z.int(), status: z.enum(["open", "closed"]) })),
});

export const referenceContract = contract({
  id: "getReference",
  method: "GET",
  path: "/reference",
  tag: "reference",
  rate: "read",
  summary: "Every code and its names: organisations, programmes, categories, sources, kinds, years",
  response: referenceSchema,
});

export const organisationsQuerySchema = z.strictObject({
  q: z.string().trim().max(60).default("").meta({
    description:
      "Words of a name (Chinese, English, or as it is said: 大通县) or of a code; all must stand in it",
  }),
  kind: listSchema(z.enum(ORGANISATION_KINDS)).optional(),
  entering: z.enum(["true"]).optional().meta({ description: "Only where one enters records" }),
  active: z.enum(["true"]).optional().meta({ description: "Only those in use" }),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type OrganisationsQuery = z.infer<typeof organisationsQuerySchema>;

export const findOrganisationsContract = contract({
  id: "findOrganisations",
  method: "GET",
  path: "/organisations",
  tag: "reference",
  rate: "read",
  summary: "Organisations within one's reach by words of their names: what a picker asks",
  query: organisationsQuerySchema,
  response: z.object({
    items: z.array(
      z.object({
        ...coded,
        active: z.boolean(),
        parent: z.object({ nameZh: z.string(), nameEn: z.string() }).nullable(),
      }),
    ),
  }),
});

const claimPeriodSchema = z.enum(CLAIM_PERIODS);

export const claimsSchema = z
  .object({
    periods: z.array(
      z.object({ period: claimPeriodSchema, fromYear: z.int(), reason: z.string().nullable() }),
    ),
    from: z.int().meta({ description: "The first year for which it may be changed" }),
  })
  .meta({
    description: "How often one person may have aid of it; once a year where nothing is said",
  });

export const claimsInputSchema = z
  .strictObject({
    period: claimPeriodSchema,
    fromYear: z.int().min(2001).max(2100),
    reason: wordsSchema(200).min(2, { error: "required" }),
  })
  .meta({
    description:
      "How often one person may have aid of it, from a year on in which no list of it was submitted yet",
  });
