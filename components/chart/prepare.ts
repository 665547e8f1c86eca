import type { MoneyUnit } from "@/lib/kernel/money";

/** A value to draw and the same value in words. Null is missing: a gap, never a zero. */
export type Plotted = { value: number | null; text: string };

const fenPerUnit: Record<MoneyUnit, number> = { yuan: 100, wan: 1_000_000 };

/** For the height of a bar only: what is read or summed stays a bigint. */
export function plotValue(fen: bigint | null, unit: MoneyUnit): number | null {
  return fen === null ? null : Number(fen) / fenPerUnit[unit];
}

export type MonthFigure = {
  /** 1–12. */
  month: number;
  now: Plotted;
  before?: Plotted | undefined;
  href?: string | undefined;
};

export type MonthSlot = {
  key: string;
  kind: "month" | "gap" | "unknown";
  label: string;
  /** What a phone's axis has room for. */
  short: string;
  now: number | null;
  nowText: string;
  before: number | null;
  beforeText: string;
  href: string | undefined;
};

function slot(
  key: string,
  kind: MonthSlot["kind"],
  [label, short]: readonly [label: string, short: string],
  figure: Omit<MonthFigure, "month"> | undefined,
): MonthSlot {
  return {
    key,
    kind,
    label,
    short,
    now: figure?.now.value ?? null,
    nowText: figure?.now.text ?? "—",
    before: figure?.before?.value ?? null,
    beforeText: figure?.before?.text ?? "—",
    href: figure?.href,
  };
}

export type MonthInput = {
  months: readonly MonthFigure[];
  /** Records that name no day stand apart at the right: they belong to no month. */
  unknown?: Omit<MonthFigure, "month"> | undefined;
  monthLabel: (month: number) => string;
  unknownLabel: string;
  unknownShort: string;
};

/** Twelve places always, in the order of the calendar; then, after a gap, what has no month. */
export function prepareMonths({
  months,
  unknown,
  monthLabel,
  unknownLabel,
  unknownShort,
}: MonthInput): MonthSlot[] {
  const byMonth = new Map(months.map((figure) => [figure.month, figure]));
  const slots = Array.from({ length: 12 }, (_, index) =>
    slot(
      `m${index + 1}`,
      "month",
      [monthLabel(index + 1), String(index + 1)],
      byMonth.get(index + 1),
    ),
  );
  if (!unknown || (unknown.now.value === null && (unknown.before?.value ?? null) === null))
    return slots;
  return [
    ...slots,
    slot("gap", "gap", ["", ""], undefined),
    slot("unknown", "unknown", [unknownLabel, unknownShort], unknown),
  ];
}

export function hasFigures(slots: readonly MonthSlot[]): boolean {
  return slots.some((entry) => entry.now !== null || entry.before !== null);
}

/** Shares of the longest bar, in percent; of a sum below zero with a minus, which is drawn hollow. */
export function barLengths(values: readonly (number | null)[]): (number | null)[] {
  const longest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  return values.map((value) => {
    if (value === null) return null;
    if (value === 0) return 0;
    return Math.sign(value) * Math.max((Math.abs(value) / longest) * 100, 0.5);
  });
}

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function tickText(value: number): string {
  return plain.format(value);
}

export type ComparisonSeries = { key: string; label: string; tone: "now" | "before" | "accent" };

export type ComparisonRow = {
  key: string;
  label: string;
  /** By series key. */
  figures: Record<string, Plotted>;
  href?: string | undefined;
};

/** A bar of each series keeps room for its figure. */
export function comparisonHeight(rows: number, series: number): number {
  return 34 + rows * (series * 14 + 6);
}

/** The axis has room for nine Chinese characters, twice as many Latin letters. */
export function clipLabel(label: string): string {
  let width = 0;
  for (const [index, character] of [...label].entries()) {
    width += character > "\u2e7f" ? 2 : 1.1;
    if (width > 18) return `${[...label].slice(0, index).join("")}…`;
  }
  return label;
}

/** The slot under the pointer, as the chart tells it: a number in words or none. */
export function slotUnder(index: string | number | null | undefined): number | null {
  return index === null || index === undefined || index === "" ? null : Number(index);
}
