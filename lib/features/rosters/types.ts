import type { Actor } from "@/lib/kernel/actor";
import type { PageReference } from "@/lib/features/reference/types";
import type { DisbursementWhole } from "@/lib/features/disbursements/types";
import type { z } from "zod";
import type { lineInputSchema, lineSchema, rosterSchema, rosterSumsSchema } from "./schema";

export type LineInput = z.infer<typeof lineInputSchema>;
export type RosterLine = z.infer<typeof lineSchema>;
export type RosterSums = z.infer<typeof rosterSumsSchema>;
export type Roster = z.infer<typeof rosterSchema>;

/** How much of a roster somebody sees: as it was typed, behind masks, what it comes to, or nothing at all. */
export type Sight = "open" | "masked" | "sums";

/** The page: no line stands in it. They are asked for by the browser, and kept by nobody on the way. */
export type RosterView = {
  actor: Actor;
  record: Pick<
    DisbursementWhole,
    | "id"
    | "reference"
    | "version"
    | "status"
    | "organisation"
    | "programme"
    | "amountFen"
    | "amountKind"
    | "counts"
  >;
  reference: PageReference;
  sight: Sight;
};
