import { z } from "zod";
import { leftOutSchema } from "@/lib/features/figures/schema";
import { contract } from "@/lib/kernel/contract";
import { fenTextSchema, yearSchema } from "@/lib/kernel/wire";
import { YEAR_ACTIONS } from "./types";

const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const yearViewSchema = z.object({
  year: z.int(),
  version: z.int(),
  status: z.enum(["open", "closed"]),
  closedAt: z.string().nullable(),
  closedBy: person.nullable(),
  snapshotSha256: z.string().nullable(),
  waiting: z.object({ draft: z.int(), submitted: z.int(), returned: z.int() }).nullable(),
  correctionsUnderWay: z.int().nullable(),
  frozen: z
    .object({
      records: z.int(),
      unvalued: z.int(),
      amountFen: fenTextSchema,
      contributory: leftOutSchema.shape.contributory,
      receivedFen: fenTextSchema.nullable(),
      balanceFen: fenTextSchema.nullable(),
    })
    .nullable()
    .meta({ description: "What closing froze; for those who read the whole province" }),
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
});
export type CloseYearInput = z.input<typeof closeYearInputSchema>;

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
