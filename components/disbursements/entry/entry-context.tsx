"use client";

import { createContext, useContext } from "react";
import type { Checked } from "@/lib/features/disbursements/schema";
import type { Names } from "@/lib/features/reference/present";
import type { Programme, Reference } from "@/lib/features/reference/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import type { EntryReading, EntryValues } from "@/lib/features/entry/types";

/** What every section of the form works with. */
export type EntryFields = {
  values: EntryValues;
  change: (patch: Partial<EntryValues>) => void;
  reading: EntryReading;
  /** Undefined while there is nothing to correct at this path. */
  errorOf: (path: string) => string | undefined;
  reference: Reference;
  names: Names;
  programme: Programme | undefined;
  locale: Locale;
  today: CivilDate;
  /** The day on which a correction is posted where its own year is closed; null of any other entry. */
  postsOn: CivilDate | null;
  /** A day was filled in, and not yet looked at. */
  offeredDay: boolean;
  /** What the server last said of the form; null before it was asked. */
  checked: Checked | null;
  /** Codes the clerk may enter for; one = no choice. A saved record keeps its organisation. */
  organisations: readonly string[];
  /** There are more, which are not listed. */
  elsewhere: boolean;
};

export const EntryContext = createContext<EntryFields | null>(null);

export function useEntryFields(): EntryFields {
  const fields = useContext(EntryContext);
  if (!fields) throw new Error("useEntryFields is called outside EntryContext");
  return fields;
}

/** The element an error at this path leads to. */
export function fieldId(path: string): string {
  return `entry-${path.replaceAll(".", "-")}`;
}

/** What speaks of a whole section leads to its first field. */
const LANDING: Record<string, string> = {
  rate: "rate.unitFen",
  counts: "counts.persons",
  shares: "shares.0.fundSource",
  fiscalYear: "paidOn",
  body: "programme",
};

/** The field that a finding or an error leads to. */
export function landingId(path: string): string {
  return fieldId(LANDING[path] ?? path);
}
