import type { z } from "zod";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type {
  aidSchema,
  createHouseholdInputSchema,
  eventInputSchema,
  eventSchema,
  findHouseholdsInputSchema,
  householdRowSchema,
  householdSchema,
  householdsQuerySchema,
  householdSumsQuerySchema,
  householdSumsSchema,
  memberInputSchema,
  memberSchema,
  revealedSchema,
  revealInputSchema,
  updateHouseholdInputSchema,
} from "./schema";

export type MemberInput = z.infer<typeof memberInputSchema>;
export type CreateHouseholdInput = z.infer<typeof createHouseholdInputSchema>;
export type UpdateHouseholdInput = z.infer<typeof updateHouseholdInputSchema>;
export type EventInput = z.infer<typeof eventInputSchema>;
export type FindHouseholdsInput = z.infer<typeof findHouseholdsInputSchema>;
export type RevealInput = z.infer<typeof revealInputSchema>;
export type HouseholdsQuery = z.infer<typeof householdsQuerySchema>;
export type HouseholdSumsQuery = z.infer<typeof householdSumsQuerySchema>;

export type HouseholdRow = z.infer<typeof householdRowSchema>;
export type HouseholdPage = { items: HouseholdRow[]; nextCursor: string | null };
export type HouseholdMember = z.infer<typeof memberSchema>;
export type HouseholdEvent = z.infer<typeof eventSchema>;
export type PersonDetails = HouseholdMember["details"];
export type HomeDetails = Household["details"];
export type Household = z.infer<typeof householdSchema>;
export type HouseholdSums = z.infer<typeof householdSumsSchema>;
export type HouseholdCounts = HouseholdSums["total"];
export type HouseholdAid = z.infer<typeof aidSchema>;
export type Revealed = z.infer<typeof revealedSchema>;

/** How much of a file somebody sees: as it was typed, or behind masks. */
export type Sight = "open" | "masked";

/** The page of files: sums and choices. Not a name stands in it. */
export type HouseholdsView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  today: CivilDate;
  year: number;
  query: Pick<HouseholdsQuery, "status" | "tier" | "cause" | "due" | "cursor">;
  ignored: string[];
  sums: HouseholdSums;
  causes: HouseholdSums;
  /** May read files one by one: clerks and reviewers. */
  reads: boolean;
  files: boolean;
  /** Keeps the files of the place that is shown. */
  keeps: boolean;
};

/** The page of one file: which it is, and nothing of whom. */
export type HouseholdView = {
  id: string;
  code: string;
  organisation: string;
  reference: PageReference;
  today: CivilDate;
};

export type NewHouseholdView = {
  reference: PageReference;
  places: Organisation[];
  today: CivilDate;
};
