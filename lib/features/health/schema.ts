import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { INVARIANTS } from "./types";

export const checkSchema = z.object({
  invariant: z.enum(INVARIANTS),
  /** In the language of the request. */
  sentence: z.string(),
  faults: z
    .int()
    .nullable()
    .meta({ description: "How many rows break it; 0 = it holds, null = never asked yet" }),
  checkedAt: z.string().nullable(),
});
export type Check = z.infer<typeof checkSchema>;
export const healthSchema = z.object({ items: z.array(checkSchema) });
export type Health = z.infer<typeof healthSchema>;

export const healthContract = contract({
  id: "getHealth",
  method: "GET",
  path: "/admin/health",
  tag: "admin",
  rate: "read",
  summary:
    "What must hold at any hour, and what the last check found: counts of faults, no amounts. For administrators and the province's auditors",
  response: healthSchema,
});
