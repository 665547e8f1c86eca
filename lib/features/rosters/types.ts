import type { DisbursementRow } from "@/lib/features/disbursements/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { z } from "zod";
import type {
  lineInputSchema,
  lineSchema,
  paymentSumsSchema,
  rosterSchema,
  rosterSumsSchema,
} from "./schema";

export type LineInput = z.infer<typeof lineInputSchema>;
export type RosterLine = z.infer<typeof lineSchema>;
export type RosterSums = z.infer<typeof rosterSumsSchema>;
export type PaymentSums = z.infer<typeof paymentSumsSchema>;
export type Roster = z.infer<typeof rosterSchema>;

/** How much of a roster somebody sees: as it was typed, behind masks, what it comes to, or nothing at all. */
export type Sight = "open" | "masked" | "sums";

/** The page: no line stands in it. They are asked for by the browser, and kept by nobody on the way. */
export type RosterView = {
  record: Pick<DisbursementRow, "id" | "reference" | "organisation" | "programme" | "status">;
  reference: PageReference;
  today: CivilDate;
};
