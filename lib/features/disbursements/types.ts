import type { Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";

/** How the aid reached the recipient 形式. */
export const AID_FORMS = ["transfer", "cash", "goods", "voucher", "service", "mixed"] as const;
export type AidForm = (typeof AID_FORMS)[number];

export const AMOUNT_KINDS = ["exact", "estimated", "unvalued"] as const;
export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const STATUSES = ["draft", "submitted", "returned", "approved", "voided"] as const;
export type Status = (typeof STATUSES)[number];

export const ENTRY_KINDS = ["original", "reversal", "replacement"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Demo records are invented and say so on screen; published ones stand in the federation's magazine. */
export const ORIGINS = ["entered", "published", "demo"] as const;
export type Origin = (typeof ORIGINS)[number];

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

/** Integer fen as a decimal string: how money crosses the wire. */
export type FenText = string;

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

export type Person = { id: string; nameZh: string; nameEn: string };

export type StepView = {
  action: "submit" | "approve" | "return" | "void";
  actor: Person;
  at: string;
  reason: string | null;
  words: string | null;
  round: number;
};

/** 检查结果. `hard` stops submission; `soft` needs a coded answer; `notice` is for the reviewer only. */
export type Finding = {
  rule: FindingRule;
  level: "hard" | "soft" | "notice";
  /** Field of the form to look at, or null for the record as a whole. */
  field: string | null;
  /** Values for the rule's sentence and formula in the `findings` messages. Fen values end in Fen. */
  values: Record<string, string | number>;
  answer: { code: AnswerCode; words: string | null } | null;
};

export const FINDING_RULES = [
  "rate-basis",
  "cash-goods-sum",
  "shares-sum",
  "shares-missing",
  "amount-missing",
  "date-missing",
  "year-of-date",
  "classification-missing",
  "closed-year",
  "future-date",
  "form-not-allowed",
  "over-received",
  "per-head-unusual",
  "outside-season",
  "counts-missing",
  "much-above-last-year",
  "possible-duplicate",
  "round-at-period-end",
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

export const ANSWER_CODES = [
  "checked-correct",
  "special-arrangement",
  "higher-union-decision",
  "other",
] as const;
export type AnswerCode = (typeof ANSWER_CODES)[number];

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
