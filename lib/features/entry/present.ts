import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Programme } from "@/lib/features/reference/types";
import { UNIT_WORDS } from "@/lib/kernel/count-reading";
import { eachCount } from "@/lib/kernel/counts";
import { monthAfter, type CivilDate } from "@/lib/kernel/fiscal-year";
import { formatFen } from "@/lib/kernel/money";
import { eachText } from "@/lib/kernel/record-fields";
import { visibleText } from "@/lib/kernel/typed-text";
import type { EntryRecord, EntryValues, ShareValues } from "./types";

export const EMPTY_SHARE: ShareValues = { fundSource: "", amount: "" };

const NO_COUNTS = eachCount(() => "");

export function emptyEntry(organisation: string): EntryValues {
  return {
    organisation,
    programme: "",
    campaign: "",
    aidCategory: "",
    recipientKind: "",
    form: "",
    dateKind: "day",
    paidOn: "",
    periodFrom: "",
    periodTo: "",
    amountKind: "exact",
    amount: "",
    cash: "",
    goods: "",
    rateUnit: "",
    rateCount: "",
    rateTimes: "",
    rateNote: "",
    counts: NO_COUNTS,
    shares: [EMPTY_SHARE],
    ...eachText(() => ""),
  };
}

function typedFen(fen: string | null): string {
  return fen === null ? "" : formatFen(BigInt(fen));
}

function typedCounts(counts: DisbursementDetail["counts"]): EntryValues["counts"] {
  return eachCount((unit) => String(counts[unit] ?? ""));
}

/** One source that carries the whole stands without an amount, so that it follows a corrected one. */
function typedShares({ shares, amountFen }: EntryRecord): ShareValues[] {
  if (shares.length === 0) return [EMPTY_SHARE];
  const whole = shares.length === 1 && shares[0]?.amountFen === amountFen;
  return shares.map((share) => ({
    fundSource: share.fundSource,
    amount: whole ? "" : typedFen(share.amountFen),
  }));
}

export function entryOf(record: EntryRecord): EntryValues {
  const { rate } = record;
  return {
    organisation: record.organisation,
    programme: record.programme,
    campaign: record.campaign ?? "",
    aidCategory: record.aidCategory ?? "",
    recipientKind: record.recipientKind ?? "",
    form: record.form ?? "",
    dateKind: record.periodFrom !== null || record.periodTo !== null ? "period" : "day",
    paidOn: record.paidOn ?? "",
    periodFrom: record.periodFrom ?? "",
    periodTo: record.periodTo ?? "",
    amountKind: record.amountKind,
    amount: typedFen(record.amountFen),
    cash: typedFen(record.cashFen),
    goods: typedFen(record.goodsFen),
    rateUnit: rate ? typedFen(rate.unitFen) : "",
    rateCount: rate ? String(rate.count) : "",
    rateTimes: rate ? String(rate.times) : "",
    rateNote: rate?.note ?? "",
    counts: typedCounts(record.counts),
    shares: typedShares(record),
    ...eachText((name) => record[name] ?? ""),
  };
}

/**
 * The next record of the same kind, a month on: what is the same each time is kept, the rate and the counts
 * too. The amount is worked out of the rate or typed: an amount that is carried along is an amount nobody looked at.
 */
export function entryLike(record: DisbursementDetail, today: CivilDate): EntryValues {
  const copied = entryOf(record);
  const { paidOn, periodFrom, periodTo } = record;
  const next = paidOn === null ? "" : monthAfter(paidOn);
  return {
    ...copied,
    // A day to come is no day to offer.
    paidOn: next <= today ? next : "",
    periodFrom: periodFrom === null ? "" : monthAfter(periodFrom),
    periodTo: periodTo === null ? "" : monthAfter(periodTo),
    amount: "",
    cash: "",
    goods: "",
    ...eachText(() => ""),
    shares: copied.shares.map(({ fundSource }) => ({ fundSource, amount: "" })),
  };
}

function inSeason(programme: Programme, today: CivilDate): boolean {
  const months = programme.seasonMonths;
  return months.length === 0 || months.includes(Number(today.slice(5, 7)));
}

/**
 * The programme brings its usual category, recipients and form. What the clerk chose otherwise stays;
 * a form the programme does not allow goes. The day is offered only in season: a wrong date is worse
 * than none.
 */
export function withProgramme(
  values: EntryValues,
  next: Programme | undefined,
  before: Programme | undefined,
  today: CivilDate,
): EntryValues {
  if (!next) return { ...values, programme: "", campaign: "" };
  const take = (held: string, usual: string | undefined, offered: string) =>
    held === "" || held === usual ? offered : held;
  const form = take(values.form, before?.defaultForm, next.defaultForm);
  const untouchedDay = values.paidOn === "" || values.paidOn === today;
  return {
    ...values,
    programme: next.code,
    campaign: "",
    aidCategory: take(values.aidCategory, before?.defaultAidCategory, next.defaultAidCategory),
    recipientKind: take(
      values.recipientKind,
      before?.defaultRecipientKind,
      next.defaultRecipientKind,
    ),
    form: next.allowedForms.some((allowed) => allowed === form) ? form : next.defaultForm,
    paidOn: untouchedDay ? (inSeason(next, today) ? today : "") : values.paidOn,
  };
}

const UNITS = UNIT_WORDS.map(([word]) => word).join("|");
const COUNTED = new RegExp(`^(\\d+(${UNITS}))+$`);
const EACH_COUNTED = new RegExp(`(\\d+)(${UNITS})`, "g");

/** "3户9人" typed into one field belongs to two, "9人" to the persons. Null where the text is not of that kind. */
export function splitCounts(text: string): Partial<EntryValues["counts"]> | null {
  const clean = visibleText(text).replace(/[\s,、]/g, "");
  if (!COUNTED.test(clean)) return null;
  const found: Partial<EntryValues["counts"]> = {};
  for (const [, digits = "", word] of clean.matchAll(EACH_COUNTED)) {
    const unit = UNIT_WORDS.find(([candidate]) => candidate === word)?.[1];
    if (unit) found[unit] = digits;
  }
  return found;
}
