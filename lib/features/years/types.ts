import type { LeftOut } from "@/lib/features/figures/types";
import type { Person } from "@/lib/kernel/actor";

export const YEAR_ACTIONS = ["open", "close"] as const;
export type YearAction = (typeof YEAR_ACTIONS)[number];

/** Records of a year that are not decided; a closed year keeps them as they are, for good. */
export type Waiting = { draft: number; submitted: number; returned: number };

/** What a closed year froze, in fen texts; null is what nobody recorded. */
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
  status: "open" | "closed";
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
