import type { Axis } from "@/lib/features/figures/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

/** The files of a pack, in the order in which they are made: the last names all others. */
export const PACK_FILES = [
  "summary.xlsx",
  "summary.pdf",
  "ledger.csv",
  "ledger.xlsx",
  "narrative.docx",
  "narrative.txt",
  "checkpoint.txt",
  "manifest.json",
] as const;
export type PackFileName = (typeof PACK_FILES)[number];

/** What a pack is of, fixed when it was asked for: from it alone its files are made, now and later. */
export type PackStamp = {
  id: string;
  year: number;
  org: string;
  seq: number;
  asOf: string;
  definition: number;
  locale: Locale;
  unit: MoneyUnit;
};

/** What a sheet of its own is of; places stand with programmes in one. */
export type PackAxis = Exclude<Axis, "organisation" | "year">;

export type WholeFile = { name: string; bytes: number; sha256: string };
