import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { readAmount } from "@/lib/kernel/amount-reading";
import type { FieldErrors } from "@/lib/kernel/app-error";
import { readCount, type CountReading } from "@/lib/kernel/count-reading";
import { eachCount, type CountUnit } from "@/lib/kernel/counts";
import { DATE_PROBLEM, readDate, type DateReading, type Edge } from "@/lib/kernel/date-reading";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { deriveRate, type RateDerivation } from "@/lib/kernel/rate-basis";
import { AID_FORMS, hasAmount } from "@/lib/kernel/record-codes";
import { eachText } from "@/lib/kernel/record-fields";
import type { EntryReading, EntryValues, ReadingContext, ShareReading } from "./types";

const AMOUNT_PROBLEM = {
  format: "fen",
  precision: "amountPrecision",
  range: "fenRange",
  several: "severalValues",
} as const;
const COUNT_PROBLEM = { format: "count", range: "countRange", several: "severalValues" } as const;

class Reader {
  readonly problems: FieldErrors = {};

  refuse(path: string, key: string, values?: Record<string, string | number>): void {
    this.problems[path] = [values ? { key, values } : { key }];
  }

  fen(path: string, text: string): bigint | null {
    const read = readAmount(text);
    if (read.kind === "unread") this.refuse(path, AMOUNT_PROBLEM[read.reason]);
    return read.kind === "amount" ? read.fen : null;
  }

  count(path: string, text: string): number | null {
    const read = readCount(text);
    if (read.kind === "unread") this.refuse(path, COUNT_PROBLEM[read.reason]);
    return read.kind === "count" ? read.count : null;
  }

  /** 9人 among the households would be nine of the wrong thing. */
  countOf(unit: CountUnit, read: CountReading): number | null {
    const path = `counts.${unit}`;
    if (read.kind === "unread") this.refuse(path, COUNT_PROBLEM[read.reason]);
    if (read.kind !== "count") return null;
    if (read.unit === null || read.unit === unit) return read.count;
    this.refuse(path, "countOtherUnit");
    return null;
  }

  date(path: string, read: DateReading): CivilDate | null {
    if (read.kind === "unread") this.refuse(path, DATE_PROBLEM[read.reason]);
    return read.kind === "date" ? read.date : null;
  }
}

const RATE_PATH = {
  unitFen: "rate.unitFen",
  count: "rate.count",
  times: "rate.times",
  amountFen: "amountFen",
} as const;

type RateReading = Pick<
  EntryReading,
  "amountFen" | "amountFrom" | "amountKind" | "amountWords" | "rate" | "onceAssumed"
>;

/** 款物兼有: two parts that are both typed make the amount. */
function sumOfParts(values: EntryValues): bigint | null {
  if (values.form !== "mixed" || values.amount.trim() !== "") return null;
  const [cash, goods] = [readAmount(values.cash), readAmount(values.goods)];
  return cash.kind === "amount" && goods.kind === "amount" ? cash.fen + goods.fen : null;
}

function readRate(values: EntryValues, reader: Reader): RateReading {
  const typed = readAmount(values.amount);
  const typedFen = reader.fen("amountFen", values.amount);
  const unitFen = reader.fen("rate.unitFen", values.rateUnit);
  const count = reader.count("rate.count", values.rateCount);
  const times = reader.count("rate.times", values.rateTimes);
  const partsFen = sumOfParts(values);
  // 600 yuan × 21 households says "once" without saying it.
  const onceAssumed =
    typedFen === null &&
    values.amount.trim() === "" &&
    unitFen !== null &&
    count !== null &&
    values.rateTimes.trim() === "";
  const rate = deriveRate({
    unitFen,
    count,
    times: onceAssumed ? 1 : times,
    amountFen: typedFen,
  });
  const given = [values.rateUnit, values.rateCount, values.rateTimes].some((t) => t.trim() !== "");
  const readable = Object.keys(reader.problems).every((path) => !path.startsWith("rate."));
  if (rate.kind === "none" && given && readable) {
    const missing = (["unitFen", "count", "times"] as const).find(
      (field) => ({ unitFen, count, times })[field] === null,
    );
    if (missing) reader.refuse(RATE_PATH[missing], "rateIncomplete");
  }
  if (rate.kind === "indivisible") reader.refuse(RATE_PATH[rate.field], "rateIndivisible");
  const byRate = rate.kind === "derived" && rate.field === "amountFen" ? rate.amountFen : null;
  const estimated = typed.kind === "amount" && typed.estimated;
  return {
    amountFen: byRate ?? typedFen ?? partsFen,
    amountFrom:
      byRate !== null ? "rate" : typedFen === null && partsFen !== null ? "parts" : "typed",
    amountKind: estimated && values.amountKind === "exact" ? "estimated" : values.amountKind,
    amountWords: estimated ? typed.words : null,
    rate,
    onceAssumed,
  };
}

type SharesReading = Pick<EntryReading, "shares" | "sharesFen" | "remainderFen">;

/** One row without an amount takes what is left: a single source carries the whole. */
function readShares(values: EntryValues, amountFen: bigint | null, reader: Reader): SharesReading {
  const valued = hasAmount(values.amountKind);
  const typed = values.shares.map((share, index) =>
    valued ? reader.fen(`shares.${index}.amountFen`, share.amount) : null,
  );
  const typedSum = typed.reduce<bigint>((sum, fen) => sum + (fen ?? 0n), 0n);
  const open = values.shares.flatMap((share, index) =>
    share.fundSource !== "" && share.amount.trim() === "" ? [index] : [],
  );
  const rest = amountFen === null ? null : amountFen - typedSum;
  const taker = valued && open.length === 1 && rest !== null && rest >= 0n ? open[0] : undefined;
  const shares = values.shares.map((share, index) => ({
    fundSource: share.fundSource,
    fen: index === taker ? rest : (typed[index] ?? null),
    filled: index === taker,
  }));
  const seen = new Set<string>();
  values.shares.forEach((share, index) => {
    if (share.fundSource === "" && share.amount.trim() !== "")
      reader.refuse(`shares.${index}.fundSource`, "choose");
    if (share.fundSource !== "" && seen.has(share.fundSource))
      reader.refuse(`shares.${index}.fundSource`, "sourceTwice");
    seen.add(share.fundSource);
  });
  const sharesFen = shares.reduce<bigint>((sum, { fen }) => sum + (fen ?? 0n), 0n);
  return { shares, sharesFen, remainderFen: amountFen === null ? null : amountFen - sharesFen };
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

function fenOrNull(fen: bigint | null): string | null {
  return fen === null ? null : fen.toString();
}

/** A source named twice is refused by the server; the first row stands until they are merged. */
function storableShares(shares: readonly ShareReading[]): DisbursementFields["shares"] {
  return shares.flatMap(({ fundSource, fen }, index) => {
    const first = shares.findIndex((other) => other.fundSource === fundSource) === index;
    return fundSource === "" || !first ? [] : [{ fundSource, amountFen: fenOrNull(fen) }];
  });
}

type DatesReading = Pick<EntryReading, "dates"> & {
  input: Pick<DisbursementFields, "paidOn" | "periodFrom" | "periodTo">;
};

function readDates(
  values: EntryValues,
  { today, openYears }: ReadingContext,
  reader: Reader,
): DatesReading {
  const read = (name: "paidOn" | "periodFrom" | "periodTo", edge: Edge) =>
    readDate(values[name], today, edge);
  const dates = {
    paidOn: read("paidOn", "day"),
    periodFrom: read("periodFrom", "first"),
    periodTo: read("periodTo", "last"),
  };
  const none = { paidOn: null, periodFrom: null, periodTo: null };
  const inOpenYear = (path: string, date: CivilDate | null) => {
    if (date === null || openYears === null || openYears.includes(yearOf(date))) return date;
    reader.refuse(path, "yearClosed", { year: yearOf(date) });
    return null;
  };
  if (values.dateKind === "day") {
    const paidOn = inOpenYear("paidOn", reader.date("paidOn", dates.paidOn));
    return { dates, input: { ...none, paidOn } };
  }
  const from = reader.date("periodFrom", dates.periodFrom);
  const to = inOpenYear("periodTo", reader.date("periodTo", dates.periodTo));
  const [fromEmpty, toEmpty] = [dates.periodFrom.kind === "empty", dates.periodTo.kind === "empty"];
  if (fromEmpty && !toEmpty) reader.refuse("periodFrom", "required");
  if (toEmpty && !fromEmpty) reader.refuse("periodTo", "required");
  const ordered = from === null || to === null || from <= to;
  if (!ordered) reader.refuse("periodTo", "periodOrder");
  return { dates, input: { ...none, periodFrom: from, periodTo: ordered ? to : null } };
}

function rateInput(values: EntryValues, rate: RateDerivation, reader: Reader) {
  const note = textOrNull(values.rateNote);
  if (rate.kind === "complete" || rate.kind === "derived")
    return {
      unitFen: rate.rate.unitFen.toString(),
      count: rate.rate.count,
      times: rate.rate.times,
      note,
    };
  if (rate.kind !== "contradiction") return null;
  const unit = reader.fen("rate.unitFen", values.rateUnit) ?? 0n;
  const count = reader.count("rate.count", values.rateCount) ?? 0;
  const times = reader.count("rate.times", values.rateTimes) ?? 0;
  return { unitFen: unit.toString(), count, times, note };
}

/** Reads the whole form. A contradiction is a finding, not a refusal: a draft may hold it until submission. */
export function readEntry(values: EntryValues, context: ReadingContext): EntryReading {
  const reader = new Reader();
  const valued = hasAmount(values.amountKind);
  const money: RateReading = valued
    ? readRate(values, reader)
    : {
        amountFen: null,
        amountFrom: "typed",
        amountKind: values.amountKind,
        amountWords: null,
        rate: { kind: "none" },
        onceAssumed: false,
      };
  const shares = readShares(values, money.amountFen, reader);
  const { dates, input: when } = readDates(values, context, reader);
  const counts = eachCount((unit) => readCount(values.counts[unit]));
  const mixed = valued && values.form === "mixed";
  if (values.organisation === "") reader.refuse("organisation", "choose");
  if (values.programme === "") reader.refuse("programme", "choose");
  const wording = money.amountKind === "exact" ? null : textOrNull(values.amountWording);
  const input: DisbursementFields = {
    organisation: values.organisation,
    programme: values.programme,
    campaign: textOrNull(values.campaign),
    aidCategory: textOrNull(values.aidCategory),
    recipientKind: textOrNull(values.recipientKind),
    form: AID_FORMS.find((form) => form === values.form) ?? null,
    ...when,
    amountFen: fenOrNull(money.amountFen),
    amountKind: money.amountKind,
    ...eachText((name) => textOrNull(values[name])),
    amountWording: wording ?? money.amountWords,
    cashFen: mixed ? fenOrNull(reader.fen("cashFen", values.cash)) : null,
    goodsFen: mixed ? fenOrNull(reader.fen("goodsFen", values.goods)) : null,
    rate: valued ? rateInput(values, money.rate, reader) : null,
    counts: eachCount((unit) => reader.countOf(unit, counts[unit])),
    shares: values.amountKind === "none" ? [] : storableShares(shares.shares),
  };
  return { ...money, ...shares, counts, dates, problems: reader.problems, input };
}
