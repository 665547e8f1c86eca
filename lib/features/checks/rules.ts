import { COUNT_UNITS } from "@/lib/kernel/counts";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { rateProduct } from "@/lib/kernel/rate-basis";
import { hasAmount, type FindingRule } from "@/lib/kernel/record-codes";
import { CHECK_ORDER, CHECKS } from "./labels";
import type { CheckedRecord, Draft, FindingContext } from "./types";

/** What a record says of itself: nothing is looked up for it but the day. */
type OfItself = (
  record: CheckedRecord,
  day: Pick<FindingContext, "today">,
) => Draft | Draft[] | null;

/** The same with what a form has at hand: the lists it chooses from. */
type Lists = Pick<
  FindingContext,
  "today" | "yearOpen" | "seasonMonths" | "allowedForms" | "campaign"
>;
type OfLists = (record: CheckedRecord, lists: Lists) => Draft | Draft[] | null;

/** At the level that the check has, unless it says another. */
export function finding(
  rule: FindingRule,
  field: string | null,
  values: Draft["values"] = {},
  level = CHECKS[rule].level,
): Draft {
  return { rule, level, field, values };
}

export const amountOf = (r: CheckedRecord) => (r.amountFen === null ? null : BigInt(r.amountFen));
export const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

const checkAmount: OfItself = (r) => {
  const missing = hasAmount(r.amountKind) && (r.amountFen === null || r.amountFen === "0");
  return missing ? finding("amount-missing", "amountFen") : null;
};

const checkRate: OfItself = (r) => {
  if (!r.rate) return null;
  const { unitFen, count, times } = r.rate;
  const product = rateProduct({ unitFen: BigInt(unitFen), count, times });
  if (product !== null && product === amountOf(r)) return null;
  const expectedFen = (BigInt(unitFen) * BigInt(count) * BigInt(times)).toString();
  const unit = COUNT_UNITS.find((one) => r.counts[one] === count) ?? "none";
  const values = { unitFen, count, unit, times, expectedFen, amountFen: r.amountFen ?? "" };
  return finding("rate-basis", "rate", values);
};

const checkCashAndGoods: OfItself = (r) => {
  if (r.cashFen === null && r.goodsFen === null) return null;
  const parts = BigInt(r.cashFen ?? 0) + BigInt(r.goodsFen ?? 0);
  if (parts === amountOf(r)) return null;
  return finding("cash-goods-sum", "cashFen", {
    cashFen: r.cashFen ?? "0",
    goodsFen: r.goodsFen ?? "0",
    sumFen: parts.toString(),
    amountFen: r.amountFen ?? "",
  });
};

const checkShares: OfItself = (r) => {
  if (r.amountKind === "none") return null;
  if (r.shares.length === 0) return finding("shares-missing", "shares");
  const valued = r.shares.flatMap((s) => (s.amountFen === null ? [] : [BigInt(s.amountFen)]));
  const amount = amountOf(r);
  const holds =
    r.amountKind === "unvalued"
      ? valued.length === 0
      : amount === null || (valued.length === r.shares.length && sum(valued) === amount);
  if (holds) return null;
  const sumFen = sum(valued);
  return finding("shares-sum", "shares", {
    sumFen: sumFen.toString(),
    amountFen: r.amountFen ?? "",
    differenceFen: (sumFen - (amount ?? 0n)).toString(),
  });
};

const checkDates: OfItself = (r, { today }) => {
  const date = r.paidOn ?? r.periodTo;
  if (!r.paidOn && !(r.periodFrom && r.periodTo)) return finding("date-missing", "paidOn");
  const found: Draft[] = [];
  if (date && yearOf(date) !== r.fiscalYear)
    found.push(finding("year-of-date", "fiscalYear", { date, year: r.fiscalYear }));
  const starts = r.paidOn ?? r.periodFrom;
  if (starts && starts > today)
    found.push(finding("future-date", r.paidOn ? "paidOn" : "periodFrom", { date: starts, today }));
  else if (!r.paidOn && r.periodTo && r.periodTo > today)
    found.push(finding("future-date", "periodTo", { date: r.periodTo, today }));
  return found;
};

/** From its first day to its last, both known. */
export function daysOf({
  paidOn,
  periodFrom,
  periodTo,
}: CheckedRecord): [CivilDate, CivilDate] | null {
  if (paidOn) return [paidOn, paidOn];
  return periodFrom && periodTo ? [periodFrom, periodTo] : null;
}

const checkCampaign: OfLists = (r, { campaign }) => {
  const days = daysOf(r);
  if (!campaign || !days) return null;
  const { code, startsOn, endsOn } = campaign;
  const [from, to] = days;
  if (from >= startsOn && to <= endsOn) return null;
  const date = from < startsOn ? from : to;
  return finding("outside-campaign", r.paidOn ? "paidOn" : "periodFrom", {
    campaign: code,
    date,
    startsOn,
    endsOn,
  });
};

const checkClassification: OfItself = (r) =>
  (["aidCategory", "recipientKind", "form"] as const)
    .filter((field) => r[field] === null)
    .slice(0, 1)
    .map((field) => finding("classification-missing", field));

const checkYear: OfLists = (r, { yearOpen }) =>
  yearOpen ? null : finding("closed-year", "fiscalYear", { year: r.fiscalYear });

const checkForm: OfLists = (r, { allowedForms }) =>
  r.form === null || allowedForms.includes(r.form)
    ? null
    : finding("form-not-allowed", "form", { form: r.form, programme: r.programme });

const checkCounts: OfItself = (r) =>
  Object.values(r.counts).some((value) => value !== 0) ? null : finding("counts-missing", "counts");

const checkSeason: OfLists = (r, { seasonMonths }) =>
  r.month === 0 || seasonMonths.length === 0 || seasonMonths.includes(r.month)
    ? null
    : finding("outside-season", "paidOn", {
        month: r.month,
        months: seasonMonths.join(", "),
        programme: r.programme,
      });

/** Whole yuan stand on a voucher; so many of them come to the amount. */
const checkVouchers: OfItself = (r) => {
  const amount = amountOf(r);
  const count = r.counts.packs ?? 0;
  if (r.form !== "voucher" || r.amountKind !== "exact" || amount === null || count <= 0)
    return null;
  const faceFen = r.rate ? BigInt(r.rate.unitFen) : (amount / BigInt(count) / 100n) * 100n;
  const expected = faceFen * BigInt(count);
  const times = BigInt(r.rate?.times ?? 1);
  if (expected === amount || expected * times === amount) return null;
  return finding("voucher-face-value", "amountFen", {
    count,
    faceFen: faceFen.toString(),
    expectedFen: expected.toString(),
    amountFen: amount.toString(),
  });
};

const OF_ITSELF: readonly OfItself[] = [
  checkAmount,
  checkRate,
  checkCashAndGoods,
  checkShares,
  checkDates,
  checkClassification,
  checkCounts,
  checkVouchers,
];

const OF_LISTS: readonly OfLists[] = [
  ...OF_ITSELF,
  checkYear,
  checkCampaign,
  checkForm,
  checkSeason,
];

export const inOrder = (found: readonly Draft[]): Draft[] =>
  CHECK_ORDER.flatMap((rule) => found.filter((one) => one.rule === rule));

/** What a form shows before anybody is asked: as far as it compares with no other record. */
export const findInForm = (record: CheckedRecord, lists: Lists): Draft[] =>
  inOrder(OF_LISTS.flatMap((check) => check(record, lists) ?? []));

/**
 * The hard findings that a record shows by itself, for whoever approves it. What it shares with others, the
 * money received, the database judges under a lock (prisma/sql/53-laws-of-money.sql).
 */
export function hardOfItself(record: CheckedRecord, today: CivilDate): Draft[] {
  if (record.entryKind === "reversal") return [];
  return OF_ITSELF.flatMap((check) => check(record, { today }) ?? []).filter(
    ({ level }) => level === "hard",
  );
}
