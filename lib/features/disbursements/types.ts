import type { StandingNil } from "@/lib/features/calendar/types";
import type { PageReference, Reference } from "@/lib/features/reference/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { z } from "zod";
import type {
  adjustmentSchema,
  detailSchema,
  recordSchema,
  refusalSchema,
  rowSchema,
  standingSchema,
  stepSchema,
} from "./schema";

/** The shape of a record is written once, as the schema of what crosses the wire. */
export type DisbursementRow = z.infer<typeof rowSchema>;
export type DisbursementDetail = z.infer<typeof detailSchema>;
/** A record as its own page reads it. */
export type DisbursementWhole = z.infer<typeof recordSchema>;
export type Round = DisbursementWhole["rounds"][number];
/** A record as a step left it, without what was found in it. */
export type StandingDisbursement = z.infer<typeof standingSchema>;
export type StepView = z.infer<typeof stepSchema>;
/** Why one of a set was refused, if it was. */
export type Refusal = z.infer<typeof refusalSchema>;
export type AdjustmentView = z.infer<typeof adjustmentSchema>;

/** A change of the content between two steps. */
export type Edit = { id: string; at: string; actor: Pick<Person, "nameZh" | "nameEn"> | null };

export type RecordView = {
  actor: Actor;
  reference: PageReference;
  record: DisbursementWhole;
  /** Edits between the steps, from the audit chain; newest first. */
  edits: Edit[];
};

export type AdjustView = {
  userId: string;
  record: DisbursementDetail;
  reference: Reference;
  today: CivilDate;
};

export type EntryView = {
  userId: string;
  reference: PageReference;
  /** Codes of the organisations this clerk enters for, as far as they are listed; the own one first. */
  organisations: string[];
  /** Null for a new one. */
  record: DisbursementDetail | null;
  /** The record a new one is to resemble. */
  like: DisbursementDetail | null;
  /** What the address says of a new one. */
  begun: { programme?: string | undefined; organisation?: string | undefined };
  /** Where it stands declared that there was nothing. */
  nils: StandingNil[];
  today: CivilDate;
};
