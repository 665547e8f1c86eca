import { contract } from "@/lib/kernel/contract";
import { STATUSES } from "@/lib/kernel/record-codes";
import { z } from "zod";
import { MOST_ASKED } from "./types";

/** Numbers of records, with commas. */
const idsSchema = z
  .string()
  .regex(/^[1-9]\d{0,17}(,[1-9]\d{0,17})*$/)
  .refine((text) => text.split(",").length <= MOST_ASKED, { error: "invalid" })
  .meta({ description: `Ids of at most ${MOST_ASKED} records, separated by commas` });

export const getStandingContract = contract({
  id: "getStanding",
  method: "GET",
  path: "/review/standing",
  tag: "disbursements",
  rate: "read",
  summary: "Version and status of records, and nothing else: whether what is shown still stands",
  query: z.strictObject({ ids: idsSchema }),
  response: z.object({
    items: z.array(z.object({ id: z.string(), version: z.int(), status: z.enum(STATUSES) })),
  }),
});
