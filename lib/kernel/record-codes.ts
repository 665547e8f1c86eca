/** How the aid reached the recipient 形式. */
/** What follows where more is spent from a source than was received. */
export const SOURCE_LIMITS = ["stop", "warn", "none"] as const;
export type SourceLimit = (typeof SOURCE_LIMITS)[number];

export const AID_FORMS = ["transfer", "cash", "goods", "voucher", "service", "mixed"] as const;

export type AidForm = (typeof AID_FORMS)[number];

/** `unvalued`: there is an amount, not known yet 未计价. `none`: there is none to be known 不涉及资金. */
export const AMOUNT_KINDS = ["exact", "estimated", "unvalued", "none"] as const;

export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const hasAmount = (kind: AmountKind): kind is "exact" | "estimated" =>
  kind === "exact" || kind === "estimated";

export const STATUSES = ["draft", "submitted", "returned", "approved", "voided"] as const;

export type Status = (typeof STATUSES)[number];

/** Demo records are invented and say so on screen; published ones stand in the federation's magazine. */
export const ORIGINS = ["entered", "published", "demo"] as const;

export type Origin = (typeof ORIGINS)[number];

export const ENTRY_KINDS = ["original", "reversal", "replacement"] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The steps a person takes with a record. `approve` may be one of several approvals. */
export const ACTIONS = [
  "edit",
  "submit",
  "withdraw",
  "approve",
  "return",
  "void",
  "adjust",
] as const;

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

/** 检查规则, in the order of the form. */
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
  "outside-campaign",
  "form-not-allowed",
  "over-received",
  "per-head-unusual",
  "outside-season",
  "counts-missing",
  "much-above-last-year",
  "possible-duplicate",
  "round-at-period-end",
  "unit-price-unusual",
  "voucher-face-value",
  "bunched-at-period-end",
  "same-under-other-heading",
  "co-funding-low",
  "above-standard",
  "roster-amount",
  "roster-counts",
  "aided-twice",
  "same-account",
  "same-phone",
  "near-name",
  "same-household",
  "notice-missing",
  "evidence-missing",
  "evidence-used",
  "photo-alike",
  "photo-day",
  "invoice-twice",
  "signatures-differ",
] as const;

export type FindingRule = (typeof FINDING_RULES)[number];

/** From where on the checks ask 核查界限: numbers that administrators keep, by year and place. */
export const THRESHOLDS = [
  "per-head-times",
  "per-head-spread",
  "last-year-times",
  "last-year-more",
  "duplicate-days",
  "round-from",
  "unit-price-times",
  "other-heading-days",
  "bunched-from",
  "bunched-share",
  "standard-per-head",
  "co-funding-share",
  "evidence-from",
] as const;

export type Threshold = (typeof THRESHOLDS)[number];

/** What a clerk answers to a soft finding. */
export const ANSWER_CODES = [
  "checked-correct",
  "special-arrangement",
  "higher-union-decision",
  "other",
] as const;

export type AnswerCode = (typeof ANSWER_CODES)[number];
