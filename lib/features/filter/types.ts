import type { Stamp } from "@/lib/kernel/position";
import type { YearAxis } from "@/lib/kernel/year-axis";
import type { AidForm, AmountKind, Status } from "@/lib/kernel/record-codes";

/** One, or several of which each will do; other lists are always lists, but most that names a place names one. */
type Codes = string | string[];

/** Which records a figure is made of. Everything optional narrows; nothing widens past the scope. */
export type FigureFilter = {
  year?: number | undefined;
  /** How the year is cut; default: the civil year. In a statistics year the months are those of two civil ones. */
  yearAxis?: YearAxis | undefined;
  /** The subtree of this organisation, or of several together. */
  org?: Codes | undefined;
  /** Only records paid by exactly this organisation (本级), or one of several. */
  organisation?: Codes | undefined;
  prefecture?: Codes | undefined;
  programme?: string[] | undefined;
  aidCategory?: string[] | undefined;
  recipientKind?: string[] | undefined;
  /** NO_CAMPAIGN: records of none. */
  campaign?: string[] | undefined;
  fundSource?: string[] | undefined;
  form?: AidForm[] | undefined;
  /** 1–12; 0 = month unknown: of a statistics year, of both civil years it lies in. */
  month?: number | undefined;
  /** From the first month of the year to this one; what only a period is known of (month 0) is not among them. */
  throughMonth?: number | undefined;
  /** Default: approved only. */
  status?: Status[] | undefined;
  amountKind?: AmountKind[] | undefined;
  /** Handed in with a roster, or not; of what was not handed in yet nobody is named. */
  named?: NamedState | undefined;
  /** Days of the ledger, both counted in: the day of payment, else the last day of the period. */
  paidFrom?: string | undefined;
  paidTo?: string | undefined;
  /** Whole amounts in fen, both counted in; a reversal's is below zero. */
  amountFrom?: string | undefined;
  amountTo?: string | undefined;
  /** Only corrections that count in a later year than what they correct: of any year, or of the records of one. */
  corrects?: "earlier" | number | undefined;
};

export const NAMED_STATES = ["yes", "no"] as const;
type NamedState = (typeof NAMED_STATES)[number];

/** Stands among the campaigns of a filter for belonging to none; no campaign is called so. */
export const NO_CAMPAIGN = "none";

/** Every condition, in the order of an address: schema, address and queries are tested to know them all. */
export const FILTER_NAMES = [
  "year",
  "yearAxis",
  "org",
  "organisation",
  "prefecture",
  "programme",
  "aidCategory",
  "recipientKind",
  "campaign",
  "fundSource",
  "form",
  "month",
  "throughMonth",
  "status",
  "amountKind",
  "named",
  "paidFrom",
  "paidTo",
  "amountFrom",
  "amountTo",
  "corrects",
] as const satisfies (keyof FigureFilter)[];

/** By what a list of records is put in order; with a minus before it, downwards. */
const SORT_KEYS = ["ledgerOn", "amountFen", "organisation", "updatedAt"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const SORTS = SORT_KEYS.flatMap((key) => [key, `-${key}`] as const);
export type Sort = SortKey | `-${SortKey}`;

/** A filter as it stands in an address. What is here and not in FigureFilter, only lists of records have. */
export type AddressFilter = FigureFilter &
  Stamp & {
    q?: string | undefined;
    /** Only the records that the totals count: what one figure is made of. */
    only?: "counted" | undefined;
    sort?: Sort | undefined;
  };
