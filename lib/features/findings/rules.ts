import { rateProduct } from "@/lib/kernel/rate-basis";
import { hasAmount, type FindingRule, type Threshold } from "@/lib/kernel/record-codes";
import type { CheckedRecord, Finding } from "./types";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";

/** What a record is compared with; fetched for many records in one statement. */
export type FindingContext = {
  today: CivilDate;
  yearOpen: boolean;
  seasonMonths: readonly number[];
  allowedForms: readonly string[];
  mainUnit: CountUnit;
  /** Earmarked sources of the record: received, and spent if this record goes through. */
  earmarked: readonly { fundSource: string; receivedFen: bigint; spentFen: bigint }[];
  /** The organisation's spending on the programme, this year with this record, last year in all. */
  thisYearFen: bigint;
  lastYearFen: bigint;
  /**
   * References of records alike in organisation, programme and amount (in what is counted, without one), at most
   * seven days apart or with a day in common.
   */
  duplicates: readonly string[];
  /** How many months it pays for; 1 also where no date is known. */
  months: number;
  /** The campaign it names, with its days. */
  campaign: { code: string; startsOn: CivilDate; endsOn: CivilDate } | null;
  /** From where on is asked: times and spreads in tenths, money in fen. */
  thresholds: Readonly<Record<Threshold, number>>;
  /** Per main unit, and month where it covers several, over the other organisations; null below five. */
  peers: { count: number; medianFen: bigint; deviationFen: bigint } | null;
};

/** A finding before anybody has answered it. */
export type Draft = Omit<Finding, "answer">;
type Check = (record: CheckedRecord, context: FindingContext) => Draft | Draft[] | null;
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

function finding(
  rule: FindingRule,
  level: Finding["level"],
  field: string | null,
  values: Finding["values"] = {},
): Draft {
  return { rule, level, field, values };
}

const WAN = 1_000_000n;
const amountOf = (r: CheckedRecord) => (r.amountFen === null ? null : BigInt(r.amountFen));
const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

const checkAmount: OfItself = (r) => {
  const missing = hasAmount(r.amountKind) && (r.amountFen === null || r.amountFen === "0");
  return missing ? finding("amount-missing", "hard", "amountFen") : null;
};

const checkRate: OfItself = (r) => {
  if (!r.rate) return null;
  const { unitFen, count, times } = r.rate;
  const product = rateProduct({ unitFen: BigInt(unitFen), count, times });
  if (product !== null && product === amountOf(r)) return null;
  const expectedFen = (BigInt(unitFen) * BigInt(count) * BigInt(times)).toString();
  const unit = COUNT_UNITS.find((one) => r.counts[one] === count) ?? "none";
  const values = { unitFen, count, unit, times, expectedFen, amountFen: r.amountFen ?? "" };
  return finding("rate-basis", "hard", "rate", values);
};

const checkCashAndGoods: OfItself = (r) => {
  if (r.cashFen === null && r.goodsFen === null) return null;
  const parts = BigInt(r.cashFen ?? 0) + BigInt(r.goodsFen ?? 0);
  if (parts === amountOf(r)) return null;
  return finding("cash-goods-sum", "hard", "cashFen", {
    cashFen: r.cashFen ?? "0",
    goodsFen: r.goodsFen ?? "0",
    sumFen: parts.toString(),
    amountFen: r.amountFen ?? "",
  });
};

const checkShares: OfItself = (r) => {
  if (r.amountKind === "none") return null;
  if (r.shares.length === 0) return finding("shares-missing", "hard", "shares");
  const valued = r.shares.flatMap((s) => (s.amountFen === null ? [] : [BigInt(s.amountFen)]));
  const amount = amountOf(r);
  const holds =
    r.amountKind === "unvalued"
      ? valued.length === 0
      : amount === null || (valued.length === r.shares.length && sum(valued) === amount);
  if (holds) return null;
  const sumFen = sum(valued);
  return finding("shares-sum", "hard", "shares", {
    sumFen: sumFen.toString(),
    amountFen: r.amountFen ?? "",
    differenceFen: (sumFen - (amount ?? 0n)).toString(),
  });
};

const checkDates: OfItself = (r, { today }) => {
  const date = r.paidOn ?? r.periodTo;
  if (!r.paidOn && !(r.periodFrom && r.periodTo)) return finding("date-missing", "hard", "paidOn");
  const found: Draft[] = [];
  if (date && yearOf(date) !== r.fiscalYear)
    found.push(finding("year-of-date", "hard", "fiscalYear", { date, year: r.fiscalYear }));
  const starts = r.paidOn ?? r.periodFrom;
  if (starts && starts > today)
    found.push(
      finding("future-date", "hard", r.paidOn ? "paidOn" : "periodFrom", { date: starts, today }),
    );
  else if (!r.paidOn && r.periodTo && r.periodTo > today)
    found.push(finding("future-date", "hard", "periodTo", { date: r.periodTo, today }));
  return found;
};

/** From its first day to its last, both known. */
function daysOf({ paidOn, periodFrom, periodTo }: CheckedRecord): [CivilDate, CivilDate] | null {
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
  return finding("outside-campaign", "soft", r.paidOn ? "paidOn" : "periodFrom", {
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
    .map((field) => finding("classification-missing", "hard", field));

const checkYear: OfLists = (r, { yearOpen }) =>
  yearOpen ? null : finding("closed-year", "hard", "fiscalYear", { year: r.fiscalYear });

/** Where the province has recorded no allotment yet, the reviewer is told; the clerk is not stopped. */
const checkReceived: Check = (_, { earmarked }) =>
  earmarked
    .filter((source) => source.spentFen > source.receivedFen)
    .map((source) =>
      finding("over-received", source.receivedFen === 0n ? "notice" : "hard", "shares", {
        fundSource: source.fundSource,
        receivedFen: source.receivedFen.toString(),
        spentFen: source.spentFen.toString(),
        overFen: (source.spentFen - source.receivedFen).toString(),
      }),
    );

const checkForm: OfLists = (r, { allowedForms }) =>
  r.form === null || allowedForms.includes(r.form)
    ? null
    : finding("form-not-allowed", "soft", "form", { form: r.form, programme: r.programme });

const checkCounts: OfItself = (r) =>
  Object.values(r.counts).some((value) => value !== 0)
    ? null
    : finding("counts-missing", "soft", "counts");

const checkSeason: OfLists = (r, { seasonMonths }) =>
  r.month === 0 || seasonMonths.length === 0 || seasonMonths.includes(r.month)
    ? null
    : finding("outside-season", "soft", "paidOn", {
        month: r.month,
        months: seasonMonths.join(", "),
        programme: r.programme,
      });

/** How many times one is of the other, to a tenth: "3.2", "0.4"; to a hundredth where a tenth says nothing. */
function timesText(value: bigint, of: bigint): string {
  if (of <= 0n) return "—";
  const hundredths = (value * 100n + of / 2n) / of;
  return (Number(hundredths) / 100).toFixed(hundredths < 10n ? 2 : 1);
}

/** 25 → "2.5", 20 → "2". */
const tenthsText = (tenths: number) => String(tenths / 10);

/** Both far from the middle in the peers' own spread, and so many times of it, or less than that part of it. */
const checkPerHead: Check = (r, { peers, mainUnit, months, thresholds }) => {
  const amount = amountOf(r);
  const count = r.counts[mainUnit] ?? 0;
  if (!peers || amount === null || count <= 0) return null;
  const perHead = amount / BigInt(count * months);
  const { medianFen, deviationFen } = peers;
  const distance = perHead > medianFen ? perHead - medianFen : medianFen - perHead;
  const [times, spread] = [thresholds["per-head-times"], thresholds["per-head-spread"]];
  const usual =
    perHead * 10n <= medianFen * BigInt(times) && perHead * BigInt(times) >= medianFen * 10n;
  if (usual || distance * 10n <= deviationFen * BigInt(spread)) return null;
  return finding("per-head-unusual", "soft", "amountFen", {
    per: mainUnit,
    over: months,
    side: perHead > medianFen ? "high" : "low",
    times: timesText(perHead, medianFen),
    limit: tenthsText(times),
    perHeadFen: perHead.toString(),
    medianFen: medianFen.toString(),
    peers: peers.count,
    unit: mainUnit,
    count,
    amountFen: amount.toString(),
  });
};

/** More than so many times last year's whole, and by more than so much. */
const checkLastYear: Check = (r, { thisYearFen, lastYearFen, thresholds }) => {
  if (r.amountFen === null || lastYearFen <= 0n) return null;
  const [times, more] = [thresholds["last-year-times"], thresholds["last-year-more"]];
  if (thisYearFen * 10n <= lastYearFen * BigInt(times)) return null;
  if (thisYearFen - lastYearFen <= BigInt(more)) return null;
  return finding("much-above-last-year", "soft", "amountFen", {
    limit: tenthsText(times),
    moreFen: String(more),
    thisYearFen: thisYearFen.toString(),
    lastYearFen: lastYearFen.toString(),
  });
};

const checkDuplicates: Check = (r, { duplicates, thresholds }) =>
  duplicates.length === 0
    ? null
    : finding("possible-duplicate", "soft", null, {
        days: thresholds["duplicate-days"],
        alike: r.amountFen === null ? "counts" : "amount",
        references: duplicates.join(", "),
      });

/** Whole 万元, from so much up, in the last five days of a quarter. */
const checkRound: Check = (r, { thresholds }) => {
  const amount = amountOf(r);
  const from = BigInt(thresholds["round-from"]);
  if (amount === null || r.paidOn === null || amount < from || amount % WAN !== 0n) return null;
  const atEnd = /-(03|12)-(2[7-9]|3[01])$|-(06|09)-(2[6-9]|30)$/.test(r.paidOn);
  return atEnd
    ? finding("round-at-period-end", "notice", "amountFen", {
        amountFen: amount.toString(),
        date: r.paidOn,
        fromFen: from.toString(),
      })
    : null;
};

const OF_ITSELF: readonly OfItself[] = [
  checkAmount,
  checkRate,
  checkCashAndGoods,
  checkShares,
  checkDates,
  checkClassification,
];

/** In the order of the form. */
const OF_LISTS: readonly OfLists[] = [
  ...OF_ITSELF,
  checkYear,
  checkCampaign,
  checkForm,
  checkCounts,
  checkSeason,
];

const CHECKS: readonly Check[] = [
  ...OF_ITSELF,
  checkYear,
  checkCampaign,
  checkReceived,
  checkForm,
  checkCounts,
  checkSeason,
  checkPerHead,
  checkLastYear,
  checkDuplicates,
  checkRound,
];

/** Every finding of a record, in the order of the form. A reversal only undoes: it is not checked. */
export function findFindings(record: CheckedRecord, context: FindingContext): Draft[] {
  if (record.entryKind === "reversal") return [];
  return CHECKS.flatMap((check) => check(record, context) ?? []);
}

/** What a form shows before anybody is asked: the same rules, as far as they compare with no other record. */
export const findInForm = (record: CheckedRecord, lists: Lists): Draft[] =>
  OF_LISTS.flatMap((check) => check(record, lists) ?? []);

/** The rules that compare with other records, or with numbers kept for the place; the rest is `findInForm`. */
export const OF_OTHERS: readonly FindingRule[] = [
  "over-received",
  "per-head-unusual",
  "much-above-last-year",
  "possible-duplicate",
  "round-at-period-end",
];

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

/** An answer with the values it was given for; unknown where it was given before they were kept. */
export type Answer = {
  rule: FindingRule;
  code: NonNullable<Finding["answer"]>["code"];
  words: string | null;
  values?: Finding["values"] | null;
};

const sameValues = (a: Finding["values"], b: Finding["values"]) => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** The same rule of the same values; some rules find several things in one record. */
export const sameFinding = (a: Draft, b: Draft) =>
  a.rule === b.rule && sameValues(a.values, b.values);

export function withAnswers(found: readonly Draft[], answers: readonly Answer[]): Finding[] {
  return found.map((f) => {
    const given = answers.find((a) => a.rule === f.rule);
    if (!given) return { ...f, answer: null };
    const { code, words, values } = given;
    return { ...f, answer: { code, words, covers: !values || sameValues(values, f.values) } };
  });
}

/** Soft, and not answered as it stands now. */
export const isOpen = ({ level, answer }: Finding) => level === "soft" && answer?.covers !== true;

/** The findings of a record as its status leaves them, with their answers. */
export function standingFindings(
  found: readonly Draft[],
  record: Pick<CheckedRecord, "status"> & { answers: readonly Answer[] },
): Finding[] {
  if (record.status === "voided") return [];
  // What stopped nobody then is no news now: an approved record keeps what was weighed.
  const kept = record.status === "approved" ? found.filter((f) => f.level !== "hard") : found;
  // While it waits a record does not change: what others spend since asks nobody to answer anew.
  const given =
    record.status === "submitted" || record.status === "approved"
      ? record.answers.map((answer) => ({ ...answer, values: null }))
      : record.answers;
  return withAnswers(kept, given);
}

/** What keeps a record from being submitted: hard findings, and soft ones nobody has answered. */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter((f) => f.level === "hard" || isOpen(f));
}

const WEIGHT = { hard: 0, soft: 1, notice: 2 } as const;

/** 0 = most in need of a look, 3 = clean. */
export function riskOf(findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  return findings.reduce<0 | 1 | 2 | 3>((worst, f) => {
    const weight = WEIGHT[f.level];
    return weight < worst ? weight : worst;
  }, 3);
}
