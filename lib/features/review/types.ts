import type { ApprovalLevel } from "@/lib/features/disbursements/policy";
import type { DisbursementRow, Round } from "@/lib/features/disbursements/types";
import type { Finding } from "@/lib/features/findings/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import type { AdjustReason, ReturnReason } from "@/lib/kernel/record-codes";

/** So many rows of a queue are asked after at once. */
export const MOST_ASKED = 200;

/** One thing to decide: a record, or a correction shown by its replacement. */
export type QueueItem = {
  record: DisbursementRow;
  submittedBy: Person | null;
  findings: Finding[];
  /** 0 = a hard finding, 1 = an answered soft one, 2 = a notice, 3 = clean: may be passed with others. */
  risk: 0 | 1 | 2 | 3;
  /** Whose approval comes next. */
  level: ApprovalLevel;
  /** Why it came back last time; null where it did not. */
  returned: { actor: Person; at: string; reason: ReturnReason; words: string | null } | null;
  /** What the clerk says to that. */
  reply: string | null;
  /** What was changed since the submission before. */
  changes: Round["changes"];
  /** The approved record that this corrects, and why. */
  correction: {
    reference: string;
    amountFen: string | null;
    reason: AdjustReason;
    words: string;
  } | null;
};

export type ReviewQueue = {
  items: QueueItem[];
  /** Everything that waits for this reader, shown or not; a long queue is counted so far and no further. */
  total: number;
  /** There is more than `total` says. */
  more: boolean;
};

export type ReviewView = {
  actor: Actor;
  reference: PageReference;
  queue: ReviewQueue;
  /** Whole rosters that somebody asked to see, for this reader to grant. */
  revealsAsked: number;
  asOf: string;
};
