import type { OpenRequest } from "@/lib/browser/intent";
import type { KeptCopy } from "@/lib/browser/kept-copy";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { EntryValues, ReadingContext } from "@/lib/features/entry/types";
import type { EntryRequest } from "./entry-saving";

/** What a working copy holds: the form as typed, and what the server has not answered. */
export type EntryText = { values: EntryValues; open: OpenRequest<EntryRequest> | null };

export type EntryStart = {
  userId: string;
  values: EntryValues;
  record: DisbursementDetail | null;
  /** A day that is offered and not yet looked at. */
  offeredDay: CivilDate | null;
  /** What was typed before and not saved; opened where it was left. */
  copy: KeptCopy | null;
  /** False while the browser and the server are being asked for a copy. */
  live: boolean;
  reading: ReadingContext;
  /** What a list calls this form. */
  titleOf: (values: EntryValues) => string;
  /** The form gives itself another address, and is still the same form. */
  onAddress: (address: string) => void;
};
