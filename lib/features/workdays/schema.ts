import { contract } from "@/lib/kernel/contract";
import { civilDateSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

const MOST_DAYS = 60;
const daysSchema = z.array(civilDateSchema).max(MOST_DAYS, { error: "tooMany" });

const workdayYearSchema = z.object({
  year: z.int(),
  source: z.string(),
  restDays: z.array(z.string()),
  workDays: z.array(z.string()),
  version: z.int(),
});
export type WorkdayYear = z.infer<typeof workdayYearSchema>;

const putWorkdaysInputSchema = z.strictObject({
  version: z.int().min(0).meta({ description: "The version you last read; 0 for a new year" }),
  source: wordsSchema(120)
    .min(1, { error: "required" })
    .meta({ description: "The notice of the State Council, by its number" }),
  restDays: daysSchema.meta({ description: "Mondays to Fridays on which nobody works" }),
  workDays: daysSchema.meta({ description: "Saturdays and Sundays on which everybody does" }),
});
export type PutWorkdaysInput = z.infer<typeof putWorkdaysInputSchema>;

const tag = "admin";

export const listWorkdaysContract = contract({
  id: "listWorkdays",
  method: "GET",
  path: "/admin/workdays",
  tag,
  rate: "read",
  summary:
    "Years whose holidays were given out, and the days on which they differ from the week: what the days of a public notice are counted by",
  response: z.object({ items: z.array(workdayYearSchema) }),
});

export const putWorkdaysContract = contract({
  id: "putWorkdays",
  method: "PUT",
  path: "/admin/workdays/{year}",
  tag,
  rate: "write",
  summary: "Enter the holidays of a year as the State Council gave them out, or correct them",
  params: z.strictObject({ year: z.coerce.number().int().min(2020).max(2100) }),
  body: putWorkdaysInputSchema,
  response: workdayYearSchema,
});
