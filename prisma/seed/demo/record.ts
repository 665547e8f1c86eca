import { emptyContent, type Content } from "@/lib/features/disbursements/rules";
import type { AidForm, AmountKind } from "@/lib/kernel/record-codes";
import type { AnswerCode, FindingRule } from "@/lib/kernel/record-codes";
import type { Counts } from "@/lib/kernel/counts";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { splitFen } from "@/lib/kernel/money";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";
import { civil, daysIn } from "./days";
import type { Place } from "./places";

export type Fate =
  | "draft"
  | "submitted"
  | "first-approved"
  | "returned"
  | "approved"
  | "returned-then-approved"
  | "voided";

export type Answer = { rule: FindingRule; answer: AnswerCode; words: string };

/** An invented voucher before it is written; its codes are those of the reference data. */
export type DemoRecord = {
  organisation: string;
  fiscalYear: number;
  paidOn: CivilDate | null;
  periodFrom: CivilDate | null;
  periodTo: CivilDate | null;
  programme: string;
  campaign: string | null;
  aidCategory: string;
  recipientKind: string;
  form: Uppercase<AidForm>;
  amountFen: bigint | null;
  amountKind: Uppercase<AmountKind>;
  amountWording: string | null;
  cashFen: bigint | null;
  goodsFen: bigint | null;
  rate: { unitFen: bigint; count: number; times: number; note: string | null } | null;
  counts: Counts;
  shares: { source: string; amountFen: bigint | null }[];
  note: string;
  fate: Fate;
  answers: Answer[];
  /** Waits for a reviewer whatever its age, to show the checks at work. */
  showcase: boolean;
};

export type Spec = {
  programme: string;
  on?: CivilDate;
  /** A whole month of the year, where a day would say too much (breakfasts are settled monthly). */
  month?: number;
  yuan?: number;
  rate?: { unitFen: bigint; count: number; times: number; note?: string };
  /** Of a mixed payment: how much of it was money. */
  cashYuan?: number;
  wording?: string;
  counts: Counts;
  /** Fund sources with their weights; weights of 0 fall away. */
  from: readonly (readonly [source: string, weight: number])[];
  category?: string;
  kind?: string;
  form?: Uppercase<AidForm>;
  campaign?: string;
  answers?: readonly Answer[];
  note: string;
};

function sharesOf(amountFen: bigint | null, from: Spec["from"]): DemoRecord["shares"] {
  // The province's own money may be named twice, as its own and as the higher union's.
  const weights = new Map<string, bigint>();
  for (const [source, weight] of from)
    if (weight > 0) weights.set(source, (weights.get(source) ?? 0n) + BigInt(weight));
  const sources = [...weights.keys()];
  if (amountFen === null) return sources.slice(0, 1).map((source) => ({ source, amountFen: null }));
  const parts = splitFen(amountFen, [...weights.values()]);
  return sources
    .map((source, index) => ({ source, amountFen: parts[index] ?? 0n }))
    .filter((share) => share.amountFen > 0n);
}

function amountOf(spec: Spec): bigint | null {
  if (spec.rate) return spec.rate.unitFen * BigInt(spec.rate.count) * BigInt(spec.rate.times);
  return spec.yuan === undefined ? null : BigInt(spec.yuan) * 100n;
}

function datesOf(spec: Spec, year: number): Pick<DemoRecord, "paidOn" | "periodFrom" | "periodTo"> {
  if (spec.month === undefined)
    return { paidOn: spec.on ?? null, periodFrom: null, periodTo: null };
  return {
    paidOn: null,
    periodFrom: civil(year, spec.month, 1),
    periodTo: civil(year, spec.month, daysIn(year, spec.month)),
  };
}

/** What the programme fills in is filled in here as the entry form would. */
export function record(place: Place, year: number, spec: Spec): DemoRecord {
  const programme = PROGRAMMES.find((p) => p.code === spec.programme);
  if (!programme) throw new Error(`demo: no programme ${spec.programme}`);
  if (spec.on && yearOf(spec.on) !== year) throw new Error(`demo: ${spec.on} is not in ${year}`);
  const amountFen = amountOf(spec);
  const cashFen = spec.cashYuan === undefined ? null : BigInt(spec.cashYuan) * 100n;
  return {
    organisation: place.code,
    fiscalYear: year,
    ...datesOf(spec, year),
    programme: spec.programme,
    campaign: spec.campaign ?? null,
    aidCategory: spec.category ?? programme.aidCategory,
    recipientKind: spec.kind ?? programme.recipientKind,
    form: spec.form ?? programme.forms[0],
    amountFen,
    amountKind: amountFen === null ? "UNVALUED" : spec.wording ? "ESTIMATED" : "EXACT",
    amountWording: spec.wording ?? null,
    cashFen,
    goodsFen: cashFen === null || amountFen === null ? null : amountFen - cashFen,
    rate: spec.rate ? { ...spec.rate, note: spec.rate.note ?? null } : null,
    counts: spec.counts,
    shares: sharesOf(amountFen, spec.from),
    note: spec.note,
    fate: "approved",
    answers: [...(spec.answers ?? [])],
    showcase: false,
  };
}

/** The day from which a clerk could have written it down. */
export function knownFrom(r: Pick<DemoRecord, "paidOn" | "periodTo">): CivilDate {
  return r.paidOn ?? r.periodTo ?? civilDateInChina(new Date(0));
}

/** What it says, in the words of the application. */
export function contentOf(r: DemoRecord): Content {
  return {
    ...emptyContent(r.programme, r.fiscalYear),
    campaign: r.campaign,
    aidCategory: r.aidCategory,
    recipientKind: r.recipientKind,
    paidOn: r.paidOn,
    periodFrom: r.periodFrom,
    periodTo: r.periodTo,
    amountFen: r.amountFen,
    amountWording: r.amountWording,
    cashFen: r.cashFen,
    goodsFen: r.goodsFen,
    rate: r.rate,
    counts: r.counts,
    note: r.note,
    form: r.form.toLowerCase() as AidForm,
    amountKind: r.amountKind.toLowerCase() as AmountKind,
    shares: r.shares.map(({ source, amountFen }) => ({ fundSource: source, amountFen })),
  };
}
