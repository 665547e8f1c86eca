import type { CountUnit } from "@/lib/kernel/counts";
import type { Person } from "@/lib/kernel/actor";
import type { FenText } from "@/lib/kernel/money";
import type { Coded, Season } from "@/lib/features/reference/types";

/** What is counted of people; over programmes they are not added up, as one person may be in several. */
export const PUBLIC_COUNTS = [
  "households",
  "persons",
  "personTimes",
  "packs",
] as const satisfies CountUnit[];
export type PublicCount = (typeof PUBLIC_COUNTS)[number];

/** Every programme together, or the whole province. */
export const ALL = "*";

/** `own`: what a prefecture or the province paid itself, and unions under it that belong to no county. */
type LineKind = "county" | "own" | "prefecture" | "province";
export type PublicLine = {
  /** The code; "-own" behind it for what a prefecture or the province paid itself. */
  line: string;
  kind: LineKind;
  /** The prefecture it belongs to; null = the province alone. */
  prefecture: string | null;
} & Coded;

type PublicProgramme = Coded & { season: Season };

/** A sum as everybody reads it: null = nothing priced, or not counted. Of what is hidden there is nothing. */
export type PublicCell = { line: string; programme: string } & (
  | { hidden: true }
  | ({ hidden: false; amountFen: FenText | null; unpriced: boolean } & Record<
      PublicCount,
      number | null
    >)
);

/** What is kept of a publication, word for word, and all that is served of it. */
export type PublicTable = {
  format: 1;
  year: number;
  /** By which rules the figures count. */
  definition: number;
  licence: string;
  contact: string | null;
  lines: PublicLine[];
  programmes: PublicProgramme[];
  /** Without those in which there is nothing. */
  cells: PublicCell[];
};

/** A table as it was published. */
export type Published = {
  year: number;
  no: number;
  at: string;
  seq: number;
  sha256: string;
  table: PublicTable;
};

/** A publication as those see it who may publish. */
export type Publication = {
  id: string;
  year: number;
  no: number;
  at: string;
  by: Person;
  seq: number;
  sha256: string;
  licence: string;
  contact: string | null;
  /** How many cells and sums are shown, and how many are hidden. */
  shown: number;
  hidden: number;
  withdrawnAt: string | null;
  withdrawnBy: Person | null;
  reason: string | null;
  /** Whether this is what everybody reads now. */
  standing: boolean;
};

export type PublicationsView = {
  year: number;
  items: Publication[];
  /** Whether this reader may publish the year, and withdraw what stands. */
  publishes: boolean;
  withdraws: boolean;
};
