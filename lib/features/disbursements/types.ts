import type { Finding } from "@/lib/features/findings/types";
import type { Person } from "@/lib/kernel/actor";
import type { Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import type { AidForm, AmountKind, EntryKind, Origin, Status } from "@/lib/kernel/record-codes";

/** The clerk's verbs. `approve` may be one of several approvals; see approvalsNeeded. */
export const ACTIONS = ["edit", "submit", "approve", "return", "void", "adjust"] as const;
export type Action = (typeof ACTIONS)[number];

export const RETURN_REASONS = [
  "amount-wrong",
  "counts-wrong",
  "shares-wrong",
  "date-wrong",
  "classification-wrong",
  "evidence-missing",
  "duplicate",
  "other",
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

export const VOID_REASONS = [
  "entered-twice",
  "not-carried-out",
  "entered-by-mistake",
  "other",
] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

export const ADJUST_REASONS = [
  "amount-wrong",
  "counts-wrong",
  "shares-wrong",
  "classification-wrong",
  "payment-returned",
  "entered-twice",
  "other",
] as const;
export type AdjustReason = (typeof ADJUST_REASONS)[number];

export type ShareView = { fundSource: string; amountFen: FenText | null };
/** Unit rate × count × times = amount. `note` says what a merchant waives or the recipient pays. */
export type RateView = { unitFen: FenText; count: number; times: number; note: string | null };

/** One voucher as the ledger lists it. Codes, not names: see features/reference. */
export type DisbursementRow = {
  id: string;
  /** 编号: organisation code, year and number, e.g. 630123-2026-000042. */
  reference: string;
  version: number;
  status: Status;
  entryKind: EntryKind;
  origin: Origin;
  organisation: string;
  campaign: string | null;
  programme: string;
  aidCategory: string | null;
  recipientKind: string | null;
  form: AidForm | null;
  fiscalYear: number;
  paidOn: CivilDate | null;
  periodFrom: CivilDate | null;
  periodTo: CivilDate | null;
  /** 1–12; 0 = month unknown. */
  month: number;
  amountFen: FenText | null;
  amountKind: AmountKind;
  amountWording: string | null;
  counts: Counts;
  shares: ShareView[];
  note: string | null;
  approvalsNeeded: number;
  approvalsGiven: number;
  submittedAt: string | null;
  approvedAt: string | null;
};

export type StepView = {
  action: "submit" | "approve" | "return" | "void";
  actor: Person;
  at: string;
  reason: string | null;
  words: string | null;
  round: number;
};

export type AdjustmentView = {
  originalId: string;
  reversalId: string;
  replacementId: string | null;
  reason: AdjustReason;
  words: string;
  createdBy: Person;
  createdAt: string;
  status: Status;
};

/** One record with everything its page shows. */
export type DisbursementDetail = DisbursementRow & {
  cashFen: FenText | null;
  goodsFen: FenText | null;
  rate: RateView | null;
  sourceRef: string | null;
  sourceCitation: string | null;
  createdBy: Person;
  lastEditedBy: Person;
  submittedBy: Person | null;
  createdAt: string;
  updatedAt: string;
  steps: StepView[];
  findings: Finding[];
  adjustments: AdjustmentView[];
  /** What the reader may do now; buttons show exactly these. */
  actions: Action[];
};
