import type { z } from "zod";
import type { FieldError } from "@/lib/kernel/app-error";
import type {
  exportHouseholdsContract,
  importHouseholdsInputSchema,
  importOutcomeSchema,
  listedHouseholdSchema,
} from "./schema";

export type ListedHousehold = z.infer<typeof listedHouseholdSchema>;
export type ImportHouseholdsInput = z.infer<typeof importHouseholdsInputSchema>;
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;
export type ExportHouseholdsQuery = z.infer<
  NonNullable<(typeof exportHouseholdsContract)["query"]>
>;
export type LineFault = FieldError & { line: number; field: string };
