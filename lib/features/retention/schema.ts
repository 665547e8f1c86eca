import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { versionSchema } from "@/lib/kernel/wire";
import { revealCountSchema } from "@/lib/features/reveals/schema";
import { MOST_YEARS, RETENTION_KINDS } from "./labels";

const kindSchema = z.enum(RETENTION_KINDS);
const ruleSchema = z.object({ kind: kindSchema, years: z.int(), version: z.int() });
export const updateRetentionRuleInputSchema = z.strictObject({
  version: versionSchema,
  years: z.int().min(1, { error: "retentionYears" }).max(MOST_YEARS, { error: "retentionYears" }),
});

export const personalDataSchema = z.object({
  rules: z.array(ruleSchema),
  tables: z.array(
    z.object({
      table: z.string(),
      fields: z.array(z.string()).meta({ description: "What of a person is sealed there" }),
      kept: z.int(),
      forgotten: z.int(),
    }),
  ),
  reveals: z
    .array(revealCountSchema)
    .meta({ description: "Who looked how often, by month (its first day), of a year" }),
  lastRun: z
    .object({
      at: z.string(),
      status: z.string(),
      households: z.int(),
      lines: z.int(),
      words: z.int(),
      reveals: z.int(),
    })
    .nullable()
    .meta({ description: "What the last run of the job emptied, in rows" }),
});

const tag = "admin";

export const getPersonalDataContract = contract({
  id: "getPersonalData",
  method: "GET",
  path: "/admin/personal-data",
  tag,
  rate: "read",
  summary:
    "What is kept of persons: fields by table, how many rows, for how long, and what the retention job did last; counts alone",
  response: personalDataSchema,
});

export const updateRetentionRuleContract = contract({
  id: "updateRetentionRule",
  method: "PATCH",
  path: "/admin/retention-rules/{kind}",
  tag,
  rate: "write",
  stepUp: "always",
  summary:
    "For how many years a kind of personal data is kept, from its end on: 1 to 50, of reveals 3 at least. What is over is emptied the next night",
  params: z.strictObject({ kind: kindSchema }),
  body: updateRetentionRuleInputSchema,
  response: ruleSchema,
});
