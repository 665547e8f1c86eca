import type { FindingRule, Threshold } from "@/lib/kernel/record-codes";
import type { FindingLevel } from "./types";

/** A check as it is kept: what it does to a record by default, what it has to look at, and which numbers steer it. */
type CheckEntry = {
  level: FindingLevel;
  /** The record alone, the lists that a form has at hand, or other records and numbers kept for the place. */
  looksAt: "record" | "lists" | "others";
  thresholds: readonly Threshold[];
};

const itself = (level: FindingLevel = "hard"): CheckEntry => ({
  level,
  looksAt: "record",
  thresholds: [],
});
const lists = (level: FindingLevel): CheckEntry => ({ level, looksAt: "lists", thresholds: [] });
const others = (level: FindingLevel, ...thresholds: Threshold[]): CheckEntry => ({
  level,
  looksAt: "others",
  thresholds,
});

/** Every check there is. Its words are in `findings`: what it does, and what it says where it finds something. */
export const CHECKS: Record<FindingRule, CheckEntry> = {
  "amount-missing": itself(),
  "rate-basis": itself(),
  "cash-goods-sum": itself(),
  "shares-missing": itself(),
  "shares-sum": itself(),
  "date-missing": itself(),
  "year-of-date": itself(),
  "future-date": itself(),
  "classification-missing": itself(),
  "closed-year": lists("hard"),
  "outside-campaign": lists("soft"),
  // a notice where the province has recorded no allotment yet
  "over-received": others("hard"),
  "form-not-allowed": lists("soft"),
  "counts-missing": itself("soft"),
  "voucher-face-value": itself("soft"),
  "outside-season": lists("soft"),
  "per-head-unusual": others("soft", "per-head-times", "per-head-spread"),
  "unit-price-unusual": others("soft", "unit-price-times"),
  "above-standard": others("soft", "standard-per-head"),
  "co-funding-low": others("soft", "co-funding-share"),
  "much-above-last-year": others("soft", "last-year-times", "last-year-more"),
  "possible-duplicate": others("soft", "duplicate-days"),
  "same-under-other-heading": others("soft", "other-heading-days"),
  "round-at-period-end": others("notice", "round-from"),
  "bunched-at-period-end": others("notice", "bunched-from", "bunched-share"),
  "roster-amount": others("hard"),
  "roster-counts": others("hard"),
  "aided-twice": others("hard"),
  "same-account": others("soft"),
  "same-phone": others("soft"),
  "near-name": others("soft"),
  "same-household": others("soft"),
  "notice-missing": others("hard"),
  "evidence-missing": others("soft", "evidence-from"),
  "evidence-used": others("soft"),
  "photo-alike": others("soft"),
  "photo-day": others("soft"),
  "invoice-twice": others("soft"),
  "signatures-differ": others("soft"),
};

/** In the order of a form, which is that of a list of findings. */
export const CHECK_ORDER = Object.keys(CHECKS) as FindingRule[];
