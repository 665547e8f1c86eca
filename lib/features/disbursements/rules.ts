import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import { COUNT_UNITS, type Counts } from "@/lib/kernel/counts";
import { fiscalYearOf, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { rateProduct } from "@/lib/kernel/rate-basis";
import type { AidForm, AmountKind } from "@/lib/kernel/record-codes";
import type { DisbursementFields, UpdateInput } from "./schema";
import type { DisbursementDetail, DisbursementRow } from "./types";

/** What a record says, with money as fen and everything else as codes. */
export type Content = {
  programme: string;
  campaign: string | null;
  aidCategory: string | null;
  recipientKind: string | null;
  form: AidForm | null;
  fiscalYear: number;
  paidOn: CivilDate | null;
  periodFrom: CivilDate | null;
  periodTo: CivilDate | null;
  amountFen: bigint | null;
  amountKind: AmountKind;
  amountWording: string | null;
  cashFen: bigint | null;
  goodsFen: bigint | null;
  rate: { unitFen: bigint; count: number; times: number; note: string | null } | null;
  counts: Counts;
  shares: { fundSource: string; amountFen: bigint | null }[];
  note: string | null;
};

/** What a programme fills in where the clerk said nothing. */
export type ProgrammeDefaults = { aidCategory: string; recipientKind: string; form: AidForm };

type Patch = Omit<UpdateInput, "version">;

const fen = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
const words = (text: string | null): string | null => (text === "" ? null : text);

/** Undefined keeps, null clears. */
function kept<T, R>(given: T | null | undefined, old: R | null, read: (value: T) => R): R | null {
  if (given === undefined) return old;
  return given === null ? null : read(given);
}
const same = <T>(value: T): T => value;

export function emptyContent(programme: string, fiscalYear: number): Content {
  return {
    programme,
    fiscalYear,
    campaign: null,
    aidCategory: null,
    recipientKind: null,
    form: null,
    paidOn: null,
    periodFrom: null,
    periodTo: null,
    amountFen: null,
    amountKind: "exact",
    amountWording: null,
    cashFen: null,
    goodsFen: null,
    rate: null,
    counts: {},
    shares: [],
    note: null,
  };
}

function mergedCounts(old: Counts, given: Patch["counts"]): Counts {
  if (!given) return old;
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const value = given[unit] === undefined ? old[unit] : given[unit];
    if (value != null) counts[unit] = value;
  }
  return counts;
}

/** A day replaces a period and the other way round, unless the request names both. */
function mergedDates(
  old: Content,
  given: Patch,
): Pick<Content, "paidOn" | "periodFrom" | "periodTo"> {
  const saysDay = given.paidOn != null;
  const saysPeriod = given.periodFrom != null || given.periodTo != null;
  return {
    paidOn: kept(given.paidOn, saysPeriod ? null : old.paidOn, same),
    periodFrom: kept(given.periodFrom, saysDay ? null : old.periodFrom, same),
    periodTo: kept(given.periodTo, saysDay ? null : old.periodTo, same),
  };
}

function mergedAmount(
  old: Content,
  given: Patch,
): Pick<Content, "amountKind" | "rate" | "amountFen"> {
  const amountKind = given.amountKind ?? old.amountKind;
  const rate = kept(given.rate, old.rate, (r) => ({
    unitFen: BigInt(r.unitFen),
    count: r.count,
    times: r.times,
    note: words(r.note ?? null),
  }));
  const restated =
    given.rate != null || (given.amountKind === "unvalued" && given.amountFen == null);
  const amountFen = kept(given.amountFen, restated ? null : old.amountFen, BigInt);
  // Three numbers of a rate basis give the fourth, so nobody types it twice.
  const derived = amountFen === null && rate !== null && amountKind !== "unvalued";
  return { amountKind, rate, amountFen: derived ? rateProduct(rate) : amountFen };
}

function mergedShares(
  old: Content["shares"],
  given: Patch["shares"],
  amountFen: bigint | null,
): Content["shares"] {
  const shares = given?.map((s) => ({ ...s, amountFen: fen(s.amountFen) })) ?? old;
  const [only] = shares;
  // A single source that names no amount carries all of it.
  return only && shares.length === 1 && only.amountFen === null ? [{ ...only, amountFen }] : shares;
}

/** What the record says after a request: fields left out stay, null clears. */
export function mergeFields(old: Content, given: Patch): Content {
  const dates = mergedDates(old, given);
  const amount = mergedAmount(old, given);
  const datesGiven = [given.paidOn, given.periodFrom, given.periodTo].some((d) => d !== undefined);
  return {
    programme: given.programme ?? old.programme,
    campaign: kept(given.campaign, old.campaign, same),
    aidCategory: kept(given.aidCategory, old.aidCategory, same),
    recipientKind: kept(given.recipientKind, old.recipientKind, same),
    form: kept(given.form, old.form, same),
    fiscalYear:
      given.fiscalYear ?? (datesGiven ? (fiscalYearOf(dates) ?? old.fiscalYear) : old.fiscalYear),
    ...dates,
    ...amount,
    amountWording: kept(given.amountWording, old.amountWording, words),
    cashFen: kept(given.cashFen, old.cashFen, BigInt),
    goodsFen: kept(given.goodsFen, old.goodsFen, BigInt),
    counts: mergedCounts(old.counts, given.counts),
    shares: mergedShares(old.shares, given.shares, amount.amountFen),
    note: kept(given.note, old.note, words),
  };
}

/** A new record: what the clerk said, then the programme's defaults, then the current year. */
export function newContent(
  fields: Omit<DisbursementFields, "organisation">,
  defaults: ProgrammeDefaults,
  today: CivilDate,
): Content {
  const start = { ...emptyContent(fields.programme, yearOf(today)), ...defaults };
  return mergeFields(start, fields);
}

const problem = (key: string, values?: FieldError["values"]): FieldError[] => [
  values ? { key, values } : { key },
];

/** What not even a draft may say; everything else waits for the findings. */
export function contentErrors(content: Content): FieldErrors {
  const errors: FieldErrors = {};
  const { paidOn, periodFrom, periodTo, rate } = content;
  if (paidOn && (periodFrom || periodTo)) errors["paidOn"] = problem("dayOrPeriod");
  if (periodFrom && periodTo && periodFrom > periodTo) errors["periodTo"] = problem("periodOrder");
  if (content.amountKind === "unvalued" && content.amountFen !== null)
    errors["amountFen"] = problem("unvaluedAmount");
  if (rate && rateProduct(rate) === null) errors["rate"] = problem("fenRange");
  const seen = new Set<string>();
  content.shares.forEach((share, index) => {
    if (seen.has(share.fundSource)) errors[`shares.${index}.fundSource`] = problem("sourceTwice");
    seen.add(share.fundSource);
  });
  return errors;
}

/** Dates of what is posted on one day instead of its own. */
export function postedOn(
  day: CivilDate,
): Pick<Content, "paidOn" | "periodFrom" | "periodTo" | "fiscalYear"> {
  return { paidOn: day, periodFrom: null, periodTo: null, fiscalYear: yearOf(day) };
}

type Written = DisbursementRow & Pick<DisbursementDetail, "cashFen" | "goodsFen" | "rate">;

/** What a stored record says. */
export function contentOf(r: Written): Content {
  return {
    programme: r.programme,
    campaign: r.campaign,
    aidCategory: r.aidCategory,
    recipientKind: r.recipientKind,
    form: r.form,
    fiscalYear: r.fiscalYear,
    paidOn: r.paidOn,
    periodFrom: r.periodFrom,
    periodTo: r.periodTo,
    amountFen: fen(r.amountFen),
    amountKind: r.amountKind,
    amountWording: r.amountWording,
    cashFen: fen(r.cashFen),
    goodsFen: fen(r.goodsFen),
    counts: r.counts,
    note: r.note,
    rate: r.rate && { ...r.rate, unitFen: BigInt(r.rate.unitFen) },
    shares: r.shares.map((s) => ({ fundSource: s.fundSource, amountFen: fen(s.amountFen) })),
  };
}

type Plain = string | number | null | readonly Plain[] | { readonly [key: string]: Plain };

/** One field as the audit chain keeps it. Free words may name a person, so only their presence is kept. */
function plain(field: keyof Content, content: Content): Plain {
  if (field === "note") return content.note === null ? null : "…";
  const text = (value: bigint | null) => (value === null ? null : value.toString());
  switch (field) {
    case "rate":
      return (
        content.rate && { ...content.rate, unitFen: content.rate.unitFen.toString(), note: null }
      );
    case "shares":
      return content.shares
        .map((s) => ({ fundSource: s.fundSource, amountFen: text(s.amountFen) }))
        .sort((a, b) => (a.fundSource < b.fundSource ? -1 : 1));
    case "counts":
      return { ...content.counts };
    case "amountFen":
    case "cashFen":
    case "goodsFen":
      return text(content[field]);
    default:
      return content[field];
  }
}

/** Before and after of the fields that differ; what was never said is left out of a new record. */
export function changes(before: Content | null, after: Content) {
  const was: Record<string, Plain> = {};
  const is: Record<string, Plain> = {};
  for (const field of Object.keys(after) as (keyof Content)[]) {
    const old = before && plain(field, before);
    const now = plain(field, after);
    if (
      JSON.stringify(old) === JSON.stringify(now) &&
      !(field === "note" && before?.note !== after.note)
    )
      continue;
    if (before) was[field] = old;
    is[field] = now;
  }
  return before ? { before: was, after: is } : { after: is };
}
