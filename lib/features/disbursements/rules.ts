import type { Codes, ProgrammeDefaults } from "@/lib/features/reference/types";
import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import { COUNT_UNITS, type Counts, type CountUnit } from "@/lib/kernel/counts";
import { fiscalYearOf, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { rateProduct } from "@/lib/kernel/rate-basis";
import { hasAmount } from "@/lib/kernel/record-codes";
import {
  CONTENT_FIELDS,
  RATE_FIELDS,
  TEXT_FIELDS,
  TEXT_NAMES,
  type RecordField,
} from "@/lib/kernel/record-fields";
import type { DisbursementFields, UpdateInput } from "./schema";
import type { DisbursementDetail } from "./types";

/** As the wire says it, with money as numbers to reckon with. */
type InFen<T> = T extends readonly (infer Item)[]
  ? InFen<Item>[]
  : T extends object
    ? { [K in keyof T]: K extends `${string}Fen` ? Exclude<T[K], string> | bigint : InFen<T[K]> }
    : T;

/** What can be written into a record. */
type Writable = Exclude<keyof DisbursementFields, "organisation">;

/** What a record says, with money as fen and everything else as codes. */
export type Content = InFen<Pick<DisbursementDetail, Writable>>;

type Patch = Omit<UpdateInput, "version">;

const fen = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
const words = (text: string | null): string | null => (text === "" ? null : text);

/** Undefined keeps, null clears. */
function kept<T, R>(given: T | null | undefined, old: R | null, read: (value: T) => R): R | null {
  if (given === undefined) return old;
  return given === null ? null : read(given);
}
const same = <T>(value: T): T => value;

/** The fields that are one value; rate, counts and shares are made of several. */
const SINGLE = CONTENT_FIELDS.filter(({ kind }) => kind !== "count");

export function emptyContent(programme: string, fiscalYear: number): Content {
  const nothing = Object.fromEntries(SINGLE.map(({ name }) => [name, null]));
  const started = {
    programme,
    fiscalYear,
    amountKind: "exact",
    rate: null,
    counts: {},
    shares: [],
  };
  return { ...nothing, ...started } as unknown as Content;
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
  const rate = kept(given.rate, given.amountKind === "none" ? null : old.rate, (r) => ({
    unitFen: BigInt(r.unitFen),
    count: r.count,
    times: r.times,
    note: words(r.note ?? null),
  }));
  const bare = given.amountKind !== undefined && !hasAmount(given.amountKind);
  const restated = given.rate != null || (bare && given.amountFen == null);
  const amountFen = kept(given.amountFen, restated ? null : old.amountFen, BigInt);
  // Three numbers of a rate basis give the fourth, so nobody types it twice.
  const derived = amountFen === null && rate !== null && hasAmount(amountKind);
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

/** What involves no money leaves no part of an earlier amount behind; what is said beside it is refused. */
function withoutMoney(old: Content): Content {
  return { ...old, amountWording: null, cashFen: null, goodsFen: null, shares: [] };
}

/** Fields that follow from nothing else in the form. */
type Independent = "campaign" | "aidCategory" | "recipientKind" | "form" | "cashFen" | "goodsFen";
const CODES = ["campaign", "aidCategory", "recipientKind", "form"] as const;
const PARTS = ["cashFen", "goodsFen"] as const;

function mergedIndependent(old: Content, given: Patch) {
  return Object.fromEntries([
    ...CODES.map((name) => [name, kept<string, string>(given[name], old[name], same)]),
    ...PARTS.map((name) => [name, kept(given[name], old[name], BigInt)]),
    ...TEXT_NAMES.map((name) => [name, kept(given[name], old[name], words)]),
  ]) as Pick<Content, Independent | (typeof TEXT_NAMES)[number]>;
}

/** What the record says after a request: fields left out stay, null clears. */
export function mergeFields(before: Content, given: Patch): Content {
  const old = given.amountKind === "none" ? withoutMoney(before) : before;
  const dates = mergedDates(old, given);
  const amount = mergedAmount(old, given);
  const datesGiven = [given.paidOn, given.periodFrom, given.periodTo].some((d) => d !== undefined);
  return {
    ...mergedIndependent(old, given),
    programme: given.programme ?? old.programme,
    fiscalYear:
      given.fiscalYear ?? (datesGiven ? (fiscalYearOf(dates) ?? old.fiscalYear) : old.fiscalYear),
    ...dates,
    ...amount,
    counts: mergedCounts(old.counts, given.counts),
    shares: mergedShares(old.shares, given.shares, amount.amountFen),
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

export const problem = (key: string, values?: FieldError["values"]): FieldError[] => [
  values ? { key, values } : { key },
];

/** What not even a draft may say; everything else waits for the findings. */
export function contentErrors(content: Content): FieldErrors {
  const errors: FieldErrors = {};
  const { paidOn, periodFrom, periodTo, rate } = content;
  if (paidOn && (periodFrom || periodTo)) errors["paidOn"] = problem("dayOrPeriod");
  if (periodFrom && periodTo && periodFrom > periodTo) errors["periodTo"] = problem("periodOrder");
  if (!hasAmount(content.amountKind) && content.amountFen !== null)
    errors["amountFen"] = problem(content.amountKind === "none" ? "noneAmount" : "unvaluedAmount");
  if (content.amountKind === "none")
    for (const name of ["rate", "cashFen", "goodsFen"] as const)
      if (content[name] !== null) errors[name] = problem("noneAmount");
  if (content.amountKind === "none" && content.shares.length > 0)
    errors["shares"] = problem("noneShares");
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

const isFen = (name: string, value: unknown) => name.endsWith("Fen") && typeof value === "string";

/** What a stored record says. */
export function contentOf(record: Pick<DisbursementDetail, Writable>): Content {
  const { rate, counts, shares } = record;
  const single = Object.fromEntries(
    SINGLE.map(({ name }) => [name, record[name as keyof typeof record]]),
  );
  return JSON.parse(JSON.stringify({ ...single, rate, counts, shares }), (name, value: unknown) =>
    isFen(name, value) ? BigInt(value as string) : value,
  ) as Content;
}

/** The id of a code in its list. */
export type IdOf = (list: string, code: string) => number | null;

type Stored = string | number | null;

function stored(content: Content, { name, kind, list = "" }: RecordField, idOf: IdOf): Stored {
  if (kind === "count") return content.counts[name as CountUnit] ?? null;
  const value = content[name as keyof Content] as string | number | bigint | null;
  if (value === null) return null;
  if (kind === "code") return idOf(list, String(value));
  if (kind === "word") return String(value).toUpperCase();
  return typeof value === "bigint" ? value.toString() : value;
}

/** The columns of `disbursements` that the content fills, as json_populate_recordset reads them. */
export function columnsOf(content: Content, idOf: IdOf): Record<string, Stored> {
  const rate = RATE_FIELDS.map(({ name, column }): [string, Stored] => {
    const value = content.rate?.[name as keyof typeof content.rate] ?? null;
    return [column, typeof value === "bigint" ? value.toString() : value];
  });
  const fields = CONTENT_FIELDS.map((field): [string, Stored] => [
    field.column,
    stored(content, field, idOf),
  ]);
  return Object.fromEntries([...fields, ...rate]);
}

type Plain = string | number | null | readonly Plain[] | { readonly [key: string]: Plain };

/** JSON whose objects have their names in one order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What a record says, as the wire says it. */
export type Said = Pick<DisbursementDetail, Writable>;

/** As the wire says it: money in text. */
function inText(content: Content): Said {
  return JSON.parse(
    JSON.stringify(content, (_, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    ),
  ) as Said;
}

/** What a record says, as it is kept of each submission. */
export const saidIn = (record: Pick<DisbursementDetail, Writable>): Said =>
  inText(contentOf(record));

/** As it was kept: without the fields that came later. */
type Kept = Partial<Said>;

const ordered = (kept: Kept): Kept => ({
  ...kept,
  shares: [...(kept.shares ?? [])].sort((a, b) => (a.fundSource < b.fundSource ? -1 : 1)),
});

/** What differs between two submissions, field by field; no field where nothing does. */
export function changedBetween(before: Kept, after: Kept): { before: Kept; after: Kept } {
  const [old, now] = [ordered(before), ordered(after)];
  const differing = (Object.keys(now) as (keyof Said)[]).filter(
    // a store that sorts the names of its objects has not changed them
    (field) => sorted(old[field] ?? null) !== sorted(now[field] ?? null),
  );
  const picked = (said: Kept): Kept =>
    Object.fromEntries(differing.map((field) => [field, said[field] ?? null]));
  return { before: picked(old), after: picked(now) };
}

/** What the audit chain keeps. Of words that may name a person only that there are some. */
function audited(content: Content): Record<keyof Content, Plain> {
  const rate = content.rate && { ...content.rate, note: null };
  const shares = [...content.shares].sort((a, b) => (a.fundSource < b.fundSource ? -1 : 1));
  const hidden = TEXT_NAMES.filter((name) => TEXT_FIELDS[name].mayNamePerson).map(
    (name) => [name, content[name] === null ? null : "…"] as const,
  );
  const kept = { ...content, ...Object.fromEntries(hidden), rate, shares };
  return inText(kept);
}

/** Before and after of the fields that differ; what was never said is left out of a new record. */
export function changes(before: Content | null, after: Content) {
  const was: Record<string, Plain> = {};
  const is: Record<string, Plain> = {};
  const [old, now] = [before && audited(before), audited(after)];
  for (const field of Object.keys(after) as (keyof Content)[]) {
    const rewritten = now[field] === "…" && before !== null && before[field] !== after[field];
    if (JSON.stringify(old && old[field]) === JSON.stringify(now[field]) && !rewritten) continue;
    if (old) was[field] = old[field];
    is[field] = now[field];
  }
  return old ? { before: was, after: is } : { after: is };
}

/** The content as its record says it once it is stored: the way back from `contentOf`. */
export function saidBy(content: Content, codes: Codes) {
  const order = [...codes.fundSources.keys()];
  const { counts, shares, ...rest } = inText(content);
  const columns = COUNT_UNITS.map((unit) => [unit, counts[unit] ?? null] as const);
  return {
    ...rest,
    ...(Object.fromEntries(columns) as Record<CountUnit, number | null>),
    shares: [...shares].sort((a, b) => order.indexOf(a.fundSource) - order.indexOf(b.fundSource)),
  };
}

type Compared = Partial<
  Pick<DisbursementFields, "amountFen" | "paidOn" | "periodFrom" | "periodTo" | "fiscalYear">
> & {
  organisation: string;
  programme: string;
  counts?: Partial<Record<CountUnit, number | null>> | undefined;
  /** What the programme counts: where there is no amount, that is compared. */
  mainUnit: CountUnit | null;
};

const DAY_MS = 86_400_000;

/** From its first day to its last, in days of the calendar; null where no day is known. */
function spanOf({ paidOn, periodFrom, periodTo }: Compared): readonly [number, number] | null {
  const last = paidOn ?? periodTo;
  if (!last) return null;
  const first = paidOn ?? periodFrom ?? last;
  return [Date.parse(first) / DAY_MS, Date.parse(last) / DAY_MS];
}

/** As the database compares a record with those that are stored: at most so many days apart, or with a day in common. */
function isNear(one: Compared, other: Compared, days: number): boolean {
  const [a, b] = [spanOf(one), spanOf(other)];
  if (!a || !b) return !a && !b && one.fiscalYear === other.fiscalYear;
  return Math.abs(a[1] - b[1]) <= days || (a[0] <= b[1] && b[0] <= a[1]);
}

/** Each is told of three at most. */
const MOST_ALIKE = 3;

/** Rows of one set that may be one payment entered twice, by their places; null is a row that is none. */
export function alikeAmong(rows: readonly (Compared | null)[], days: number): number[][] {
  const groups = new Map<string, number[]>();
  const keys = rows.map((row, at) => {
    if (!row) return null;
    const { organisation, programme, amountFen = null, counts, mainUnit } = row;
    const counted = amountFen === null && mainUnit ? (counts?.[mainUnit] ?? null) : null;
    const key = JSON.stringify([organisation, programme, amountFen, counted]);
    groups.set(key, [...(groups.get(key) ?? []), at]);
    return key;
  });
  return rows.map((row, at) => {
    const group = groups.get(keys[at] ?? "") ?? [];
    const found: number[] = [];
    for (const place of group) {
      const other = rows[place];
      if (found.length < MOST_ALIKE && place !== at && row && other && isNear(row, other, days))
        found.push(place);
    }
    return found;
  });
}
