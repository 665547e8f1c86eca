/** From zero, or from below it where a sum is negative, to past the largest; places are percents of the way. */
export type Axis = { ticks: readonly number[]; at: (value: number) => number };

const STEPS = [1, 2, 2.5, 5, 10];

export function axisOf(values: readonly (number | null)[], parts = 4): Axis {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known) || (low < 0 ? 0 : 1);
  const rough = (high - low) / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
    at: (value) => ((value / step - first) / (last - first)) * 100,
  };
}

/** Where a bar begins and how long it is; a negative one ends at zero. */
export function barOn({ at }: Axis, value: number): { start: number; length: number } {
  return { start: Math.min(at(0), at(value)), length: Math.abs(at(value) - at(0)) };
}

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export function tickText(value: number): string {
  return plain.format(value);
}
