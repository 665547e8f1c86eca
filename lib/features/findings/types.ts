import type { Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import type { AidForm, AmountKind, EntryKind, Status } from "@/lib/kernel/record-codes";

/** What the rules look at: of a record, this and nothing else. Codes, not names; money in fen. */
export type CheckedRecord = {
  id: string;
  status: Status;
  entryKind: EntryKind;
  organisation: string;
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
  cashFen: FenText | null;
  goodsFen: FenText | null;
  rate: { unitFen: FenText; count: number; times: number } | null;
  counts: Counts;
  shares: readonly { fundSource: string; amountFen: FenText | null }[];
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
