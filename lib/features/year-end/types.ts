import type { Changes } from "@/lib/features/changes/schema";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { YearDetail } from "@/lib/features/years/types";
import type { Counted } from "@/lib/kernel/known";
import type { FenText } from "@/lib/kernel/money";

/** What is left to do for a year at one place; each number opens what it counts. */
export type OpenPlace = {
  organisation: string;
  draft: number;
  submitted: number;
  returned: number;
  /** Periods of the calendar that nothing came for, though they are due. */
  missing: number;
  /** Money arrived, and nothing is recorded as spent. */
  unspentFen: FenText | null;
};

type Sum = Counted & { amountFen: FenText };

/** A correction that counts in another year than the record it began with. */
export type CrossingPair = {
  originId: string;
  originYear: number;
  bookedYear: number;
  organisation: string;
  programme: string;
  reversalId: string;
  replacementId: string | null;
  /** Null where a side has no amount. */
  beforeFen: FenText | null;
  afterFen: FenText | null;
};

/**
 * 账面 and 还原 of a year: as it was booked, and with every correction counted in the year of the record it corrects.
 * `restated` = `booked` − `fromEarlier` + `intoLater`.
 */
export type TwoBooks = {
  booked: Sum;
  /** Booked in this year, of records of earlier ones. */
  fromEarlier: Sum;
  /** Booked in later years, of records of this one. */
  intoLater: Sum;
  restated: Sum;
  pairs: CrossingPair[];
  /** How many there are; the pairs are the first of them. */
  pairsInAll: number;
};

export type YearEndView = {
  year: YearDetail;
  /** What the page's figures are of. */
  filter: { year: number; org: string };
  /** What moved them since the last closing; null where there is none. */
  changes: Pick<Changes, "since" | "until" | "sum" | "counts"> | null;
  /** The years there are, the latest first. */
  years: number[];
  books: TwoBooks;
  open: OpenPlace[];
  reference: PageReference;
  root: Organisation;
  /** May go to the list of years, where the next is opened. */
  keeps: boolean;
  today: string;
  /** Of a longest reopening: its last day. */
  reopensUntil: string;
};
