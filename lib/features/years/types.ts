import type { LeftOut } from "@/lib/features/figures/types";
import type { Person } from "@/lib/kernel/actor";
import type { AmountKind, EntryKind } from "@/lib/kernel/record-codes";

/** Reopened: closed once, and open again until a day that two of the province confirmed. */
export const YEAR_STATUSES = ["open", "reopened", "closed"] as const;
export type YearStatus = (typeof YEAR_STATUSES)[number];

export const YEAR_ACTIONS = ["open", "close", "reopen"] as const;
export type YearAction = (typeof YEAR_ACTIONS)[number];

/** Records of a year that are not decided; a closed year keeps them as they are, for good. */
export type Waiting = { draft: number; submitted: number; returned: number };

/** What a closing froze, in fen texts; null is what nobody recorded. */
export type Frozen = {
  records: number;
  unvalued: number;
  amountFen: string;
  /** What programmes came to that no total of relief holds; unpriced, it is no zero. */
  contributory: LeftOut["contributory"];
  receivedFen: string | null;
  balanceFen: string | null;
};

/** Corrections of a year's records that count in later years: how many, and what they moved there. */
export type Later = { corrections: number; amountFen: string };

export type YearView = {
  year: number;
  version: number;
  status: YearStatus;
  /** The last day of a reopened year, in China; from the next on it takes no entry until it is closed again. */
  reopenedUntil: string | null;
  closedAt: string | null;
  closedBy: Person | null;
  /** SHA-256 of the figures frozen at closing (canonical JSON, RFC 8785). */
  snapshotSha256: string | null;
  /** In the reader's scope; null for those who see no records. */
  waiting: Waiting | null;
  /** Corrections booked in the year and not decided; they are among what waits. */
  correctionsUnderWay: number | null;
  /** Of a closed year, for those who read the whole province. */
  frozen: Frozen | null;
  later: Later | null;
  /** The day in China from which it may be closed, while it has not come. */
  closesFrom: string | null;
  actions: YearAction[];
};

/** One closing of a year: never changed, and not the last one where the year was opened once more. */
export type Closing = {
  no: number;
  /** Its position in the chain. */
  seq: number;
  at: string;
  by: Person;
  /** SHA-256 of the figures frozen (canonical JSON, RFC 8785). */
  sha256: string;
  note: string | null;
  /** The signed note over the chain that has the closing in it; null where none was kept. */
  checkpoint: string | null;
  /** For those who read the whole province. */
  frozen: Frozen | null;
};

/** A record that came to count in a year, as a line of what passed through a reopening. */
export type EnteredLine = {
  id: string;
  seq: number;
  entryKind: EntryKind;
  amountKind: AmountKind;
  organisation: string;
  programme: string;
  amountFen: string | null;
};

/** What came to count between two positions of the chain: the sum of all, and the first lines of it. */
export type Entered = { records: number; amountFen: string; count: number; lines: EnteredLine[] };

export const REOPENING_STATES = [
  "pending",
  "confirmed",
  "declined",
  "withdrawn",
  "lapsed",
] as const;
export const REOPENING_ACTIONS = ["confirm", "decline", "withdraw"] as const;

export type Reopening = {
  id: string;
  /** The closing it takes up again. */
  afterNo: number;
  state: (typeof REOPENING_STATES)[number];
  reason: string;
  until: string;
  requestedBy: Person;
  requestedAt: string;
  decidedBy: Person | null;
  decidedAt: string | null;
  /** What passed through it, as far as the reader may see it; null where it was not confirmed. */
  passed: Entered | null;
  actions: (typeof REOPENING_ACTIONS)[number][];
};

export type YearDetail = YearView & {
  snapshot: {
    no: number;
    at: string;
    seq: number;
    sha256: string;
    amountFen: string | null;
    records: number | null;
  } | null;
  closings: Closing[];
  /** What came to count in the year since its last closing, within the reader's scope; null before the first. */
  changedSince: Entered | null;
  reopenings: Reopening[];
};
