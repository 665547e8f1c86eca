import type { MoneyUnit } from "@/lib/kernel/money";

/** A value to draw and the same value in words. Null is missing: a gap, never a zero. */
export type Plotted = { value: number | null; text: string };

const fenPerUnit: Record<MoneyUnit, number> = { yuan: 100, wan: 1_000_000 };

/** For the height of a bar only: what is read or summed stays a bigint. */
export function plotValue(fen: bigint | null, unit: MoneyUnit): number | null {
  return fen === null ? null : Number(fen) / fenPerUnit[unit];
}

/** Where a name on the axis leads: the page about that one alone, or no longer so. */
export type Narrowing = { href: string; label: string; chosen?: boolean | undefined };

export type MonthFigure = {
  /** 1–12. */
  month: number;
  now: Plotted;
  before?: Plotted | undefined;
  href?: string | undefined;
  beforeHref?: string | undefined;
  narrow?: Narrowing | undefined;
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
  beforeHref: string | undefined;
  narrow: Narrowing | undefined;
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
    beforeHref: figure?.beforeHref,
    narrow: figure?.narrow,
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

const STEPS = [1, 2, 2.5, 5, 10];

export type Axis = {
  ticks: number[];
  domain: [number, number];
  text: (value: number) => string;
  texts: string[];
};

/** Four or five round steps over what is drawn, nothing among it; each says its number to the last digit. */
export function axisOf(values: readonly (number | null)[]): Axis {
  const low = Math.min(0, ...values.map((value) => value ?? 0));
  const high = Math.max(0, ...values.map((value) => value ?? 0)) || (low === 0 ? 1 : 0);
  const rough = (high - low) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * size >= rough * 0.999_999) ?? 10) * size;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  const places = Math.max(0, Math.ceil(-Math.log10(step)) + (step / size === 2.5 ? 1 : 0));
  const format = new Intl.NumberFormat("en", { maximumFractionDigits: Math.min(places, 8) });
  const text = (value: number) => format.format(value === 0 ? 0 : value);
  return { ticks, domain: [first * step, last * step], text, texts: ticks.map(text) };
}

/** Room for the longest of these words, a character beyond Latin taking two places. */
export function textWidth(texts: readonly string[], size: number): number {
  const places = (text: string) =>
    [...text].reduce((sum, one) => sum + (one > "\u2e7f" ? 1 : 0.6), 0);
  return Math.ceil(Math.max(0, ...texts.map(places)) * size);
}

export type ComparisonSeries = { key: string; label: string; tone: "now" | "before" | "accent" };

export type ComparisonRow = {
  key: string;
  label: string;
  /** By series key. */
  figures: Record<string, Plotted>;
  /** What each bar opens. */
  hrefs?: Record<string, string | undefined> | undefined;
  narrow?: Narrowing | undefined;
};

/** A bar of each series keeps room for its figure. */
export function comparisonHeight(rows: number, series: number): number {
  return 34 + rows * (series * 12 + 6);
}

/** In Latin letters; Chinese characters take the room of almost two. */
const lettersIn = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character > "\u2e7f" ? 1.82 : 1), 0);

/** What fits into so many Latin letters. */
function clipLabel(label: string, room: number): string {
  const characters = [...label];
  const over = characters.findIndex(
    (_, at) => lettersIn(characters.slice(0, at + 1).join("")) > room,
  );
  return over < 0 ? label : `${characters.slice(0, over).join("")}…`;
}

/** A Latin word, or a Chinese character with the mark that may not begin a line. */
const PIECE = /[\u2e80-\uffef][，、。）；：]?|[^\s\u2e80-\uffef]+\s*|\s+/g;

/** A name in as many lines as have room; only what does not fit into these either is cut. */
export function labelLines(label: string, room: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of label.match(PIECE) ?? []) {
    const isOver = lettersIn((line + piece).trimEnd()) > room;
    if (isOver && line !== "" && lines.length + 1 < most) {
      lines.push(line.trimEnd());
      line = piece;
    } else line += piece;
  }
  return [...lines, line.trimEnd()].map((one) => clipLabel(one, room));
}

/** The slot under the pointer, as the chart tells it: a number in words or none. */
export function slotUnder(index: string | number | null | undefined): number | null {
  return index === null || index === undefined || index === "" ? null : Number(index);
}
