import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { FieldErrors } from "@/lib/kernel/app-error";
import type { CountReading } from "@/lib/kernel/count-reading";
import type { CountUnit } from "@/lib/kernel/counts";
import type { DateReading } from "@/lib/kernel/date-reading";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { RateDerivation } from "@/lib/kernel/rate-basis";
import type { AmountKind } from "@/lib/kernel/record-codes";
import type { TextField } from "@/lib/kernel/record-fields";

/** What a form, or a row, is filled in from. */
export type EntryRecord = Omit<
  DisbursementDetail,
  "findings" | "actions" | "steps" | "adjustments" | "createdAt" | "updatedAt"
>;

export type ShareValues = { fundSource: string; amount: string };

/** The form exactly as typed: nothing is reformatted under the clerk's hands, nothing typed is lost. */
export type EntryValues = {
  organisation: string;
  programme: string;
  campaign: string;
  aidCategory: string;
  recipientKind: string;
  form: string;
  dateKind: "day" | "period";
  paidOn: string;
  periodFrom: string;
  periodTo: string;
  amountKind: AmountKind;
  amount: string;
  cash: string;
  goods: string;
  rateUnit: string;
  rateCount: string;
  rateTimes: string;
  rateNote: string;
  counts: Record<CountUnit, string>;
  shares: ShareValues[];
} & Record<TextField, string>;

/** What the reading of a form depends on besides the form. */
export type ReadingContext = {
  today: CivilDate;
  /** Null = a year that is closed is no hindrance. */
  openYears: readonly number[] | null;
};

export type ShareReading = { fundSource: string; fen: bigint | null; filled: boolean };

/** What the form understood from what was typed, all of it derived, nothing of it stored. */
export type EntryReading = {
  amountFen: bigint | null;
  /** The amount was left to the rate basis, or to cash and goods. */
  amountFrom: "typed" | "rate" | "parts";
  /** 约30万 typed as an exact amount is an estimate all the same. */
  amountKind: AmountKind;
  /** The words of an estimate as they stand in the amount. */
  amountWords: string | null;
  rate: RateDerivation;
  /** The times were left out and taken as one. */
  onceAssumed: boolean;
  shares: ShareReading[];
  sharesFen: bigint;
  /** Amount less shares; null where either is not known. */
  remainderFen: bigint | null;
  counts: Record<CountUnit, CountReading>;
  dates: Record<"paidOn" | "periodFrom" | "periodTo", DateReading>;
  /** What cannot be read, by the path the server would use; such a form is not sent. */
  problems: FieldErrors;
  input: DisbursementFields;
};
