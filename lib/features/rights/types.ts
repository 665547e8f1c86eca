import type { z } from "zod";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { RightsKind } from "./labels";
import type { askRightsInputSchema, rightsRequestSchema } from "./schema";

export type RightsRequest = z.infer<typeof rightsRequestSchema>;
export type AskRightsInput = z.infer<typeof askRightsInputSchema>;

/** What the address says is asked for: a file or a record, by what people call it. */
export type RightsAsked = {
  kind: RightsKind | null;
  organisation: string | null;
  file: string | null;
  record: string | null;
};

export type RightsView = {
  items: RightsRequest[];
  reference: PageReference;
  /** Where this reader may ask. */
  places: Organisation[];
  asked: RightsAsked;
  today: CivilDate;
};
