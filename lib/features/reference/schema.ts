import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { SEASONS } from "./types";

const coded = { code: z.string(), nameZh: z.string(), nameEn: z.string() };
const codedWithId = z.object({ ...coded, id: z.int() });

export const referenceSchema = z.object({
  organisations: z.array(
    z.object({
      ...coded,
      id: z.int(),
      kind: z.enum([
        "PROVINCE",
        "PREFECTURE",
        "COUNTY",
        "INDUSTRIAL_UNION",
        "AFFILIATED_UNION",
        "GRASS_ROOTS",
      ]),
      parentCode: z.string().nullable(),
      prefectureCode: z.string(),
      path: z.string(),
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
