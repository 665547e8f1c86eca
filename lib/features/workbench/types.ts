import type { AuditEntry } from "@/lib/features/audit/schema";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import type { ReturnReason } from "@/lib/kernel/record-codes";
import type { Person, Role } from "@/lib/kernel/actor";
import type { Known } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Balance, LeftOut, Totals } from "@/lib/features/figures/types";
import type { Notices } from "@/lib/features/notices/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { WorkingCopySummary } from "@/lib/features/working-copies/schema";
import type { ReviewQueue } from "@/lib/features/review/types";

export type ReturnedRow = DisbursementRow & {
  returned: { reason: ReturnReason; words: string; at: string; actor: Person };
};

/** `opened`: a reviewer has looked at it or acted on it, so that it is not withdrawn any more. */
export type WaitingRow = DisbursementRow & { opened: boolean };

export type Counted<T> = { items: T[]; total: number };

/** What waits for this person, what came back, what was done, and what money is left. */
export type Workbench = {
  year: number;
  drafts: Counted<DisbursementRow>;
  returned: Counted<ReturnedRow>;
  /** Submitted from the clerk's own organisations, waiting for somebody else. */
  waiting: Counted<WaitingRow>;
  approved: DisbursementRow[];
  /** Records that wait for this person's approval. */
  queue: ReviewQueue;
  notices: Notices;
  /** What the person's own offices are expected to report and have not: due by a day to come, or late. */
  owed: ExpectedPeriod[];
  /** Programmes whose season it is, paid last year and not yet entered this year, of which nothing is expected. */
  forgotten: { organisation: string; programme: string; lastYear: Known }[];
  totals: Totals;
  leftOut: LeftOut;
  balance: Balance;
  reference: PageReference;
};

export type WorkbenchView = {
  roles: Role[];
  /** The day in China. */
  today: string;
  userId: string;
  nameZh: string;
  nameEn: string;
  isDemo: boolean;
  unit: MoneyUnit;
  /** Null for an administrator, who sees no record and no amount. */
  work: {
    bench: Workbench;
    /** What this person has begun to type. */
    copies: WorkingCopySummary[];
    /** Latest steps taken on records in reach, for who audits them. */
    changes: AuditEntry[];
  } | null;
};
