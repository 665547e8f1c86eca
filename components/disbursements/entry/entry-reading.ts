import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { AID_FORMS, hasAmount } from "@/lib/kernel/record-codes";
import type { FieldErrors } from "@/lib/kernel/app-error";
import { eachCount } from "@/lib/kernel/counts";
import { parseAmount } from "@/lib/kernel/money";
import { eachText } from "@/lib/kernel/record-fields";
import { deriveRate, type RateDerivation } from "@/lib/kernel/rate-basis";
import type { EntryValues } from "./entry-values";

type ShareReading = { fundSource: string; fen: bigint | null; filled: boolean };

/** What the form understood from what was typed, all of it derived, nothing of it stored. */
export type EntryReading = {
  amountFen: bigint | null;
  /** The amount was left to the rate basis. */
  amountDerived: boolean;
  rate: RateDerivation;
  /** The times were left out and taken as one. */
  onceAssumed: boolean;
  shares: ShareReading[];
  sharesFen: bigint;
  /** Amount less shares; null where either is not known. */
  remainderFen: bigint | null;
  /** What cannot be read, by the path the server would use; such a form is not sent. */
  problems: FieldErrors;
  input: DisbursementFields;
};

const AMOUNT_PROBLEM = { format: "fen", precision: "amountPrecision", range: "fenRange" } as const;

class Reader {
  readonly problems: FieldErrors = {};

  refuse(path: string, key: string, values?: Record<string, string | number>): void {
    this.problems[path] = [values ? { key, values } : { key }];
  }

  fen(path: string, text: string): bigint | null {
    const parsed = parseAmount(text);
    if (parsed.ok) return parsed.fen;
    if (parsed.reason !== "empty") this.refuse(path, AMOUNT_PROBLEM[parsed.reason]);
    return null;
  }

  count(path: string, text: string): number | null {
    const clean = text.normalize("NFKC").replace(/[\s,，]/g, "");
    if (clean === "") return null;
    if (/^\d{1,9}$/.test(clean) && Number(clean) <= 100_000_000) return Number(clean);
    this.refuse(path, "count");
    return null;
  }
}

const RATE_PATH = {
  unitFen: "rate.unitFen",
  count: "rate.count",
  times: "rate.times",
  amountFen: "amountFen",
} as const;

type RateReading = Pick<EntryReading, "amountFen" | "amountDerived" | "rate" | "onceAssumed">;

function readRate(values: EntryValues, reader: Reader): RateReading {
  const typedFen = reader.fen("amountFen", values.amount);
  const unitFen = reader.fen("rate.unitFen", values.rateUnit);
  const count = reader.count("rate.count", values.rateCount);
  const times = reader.count("rate.times", values.rateTimes);
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
  const amountDerived = rate.kind === "derived" && rate.field === "amountFen";
  return { amountFen: amountDerived ? rate.amountFen : typedFen, amountDerived, rate, onceAssumed };
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

function readDates(values: EntryValues, reader: Reader) {
  const none = { paidOn: null, periodFrom: null, periodTo: null };
  if (values.dateKind === "day") return { ...none, paidOn: textOrNull(values.paidOn) };
  const [from, to] = [values.periodFrom, values.periodTo];
  if (from === "" && to === "") return none;
  if (from === "") reader.refuse("periodFrom", "required");
  else if (to === "") reader.refuse("periodTo", "required");
  else if (to < from) reader.refuse("periodTo", "periodOrder");
  return { ...none, periodFrom: textOrNull(from), periodTo: textOrNull(to) };
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
export function readEntry(values: EntryValues): EntryReading {
  const reader = new Reader();
  const valued = hasAmount(values.amountKind);
  const money: RateReading = valued
    ? readRate(values, reader)
    : { amountFen: null, amountDerived: false, rate: { kind: "none" }, onceAssumed: false };
  const shares = readShares(values, money.amountFen, reader);
  const mixed = valued && values.form === "mixed";
  if (values.organisation === "") reader.refuse("organisation", "choose");
  if (values.programme === "") reader.refuse("programme", "choose");
  const input: DisbursementFields = {
    organisation: values.organisation,
    programme: values.programme,
    campaign: textOrNull(values.campaign),
    aidCategory: textOrNull(values.aidCategory),
    recipientKind: textOrNull(values.recipientKind),
    form: AID_FORMS.find((form) => form === values.form) ?? null,
    ...readDates(values, reader),
    amountFen: fenOrNull(money.amountFen),
    amountKind: values.amountKind,
    ...eachText((name) => textOrNull(values[name])),
    ...(values.amountKind === "exact" ? { amountWording: null } : {}),
    cashFen: mixed ? fenOrNull(reader.fen("cashFen", values.cash)) : null,
    goodsFen: mixed ? fenOrNull(reader.fen("goodsFen", values.goods)) : null,
    rate: valued ? rateInput(values, money.rate, reader) : null,
    counts: eachCount((unit) => reader.count(`counts.${unit}`, values.counts[unit])),
    shares:
      values.amountKind === "none"
        ? []
        : shares.shares.flatMap(({ fundSource, fen }) =>
            fundSource === "" ? [] : [{ fundSource, amountFen: fenOrNull(fen) }],
          ),
  };
  return { ...money, ...shares, problems: reader.problems, input };
}
