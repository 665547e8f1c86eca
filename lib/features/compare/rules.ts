import type { CardCell, CardValue } from "@/lib/features/dashboard/types";
import type { FigureCell } from "@/lib/features/figures/rules";
import { perUnit, type MapProgrammes } from "@/lib/features/map/rules";
import type { Organisation, Programme, Reference } from "@/lib/features/reference/types";
import { changePermille, permilleOf } from "@/lib/kernel/money";
import type { Compared, Peers, PerUnit } from "./types";

/** Fewer than so many others say nothing about what is usual. */
const PEERS_AT_LEAST = 3;

/** The middle one, or half way between the two in the middle, half a fen away from zero; null = none. */
export function medianOf(values: readonly bigint[]): bigint | null {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) return null;
  const sum = low + high;
  return (sum + (sum < 0n ? -1n : 1n) * (sum % 2n === 0n ? 0n : 1n)) / 2n;
}

type PeersOf = {
  cells: readonly FigureCell[];
  places: readonly Organisation[];
  programmes: MapProgrammes;
  unit: PerUnit;
  /** What is held against them is none of them. */
  except?: Organisation | undefined;
};

/** What one person or household cost in each county by itself, where that is known; null = too few to compare with. */
export function peersOf({ cells, places, programmes, unit, except }: PeersOf): Peers | null {
  const counties = places.filter(
    ({ kind, path }) => kind === "COUNTY" && !(except && path.startsWith(except.path)),
  );
  const homes = new Map(
    counties.flatMap((county) =>
      places
        .filter(({ path }) => path.startsWith(county.path))
        .map(({ code }) => [code, county.code]),
    ) as [string, string][],
  );
  const byCounty = new Map<string, FigureCell[]>();
  for (const cell of cells) {
    const home = homes.get(cell.organisation ?? "");
    if (home === undefined) continue;
    const known = byCounty.get(home);
    if (known) known.push(cell);
    else byCounty.set(home, [cell]);
  }
  const rates = [...byCounty.values()].flatMap((of) => {
    const known = perUnit(of, unit, programmes);
    return known.kind === "money" ? [known.fen] : [];
  });
  const medianFen = medianOf(rates);
  return medianFen === null || rates.length < PEERS_AT_LEAST
    ? null
    : { medianFen, count: rates.length };
}

const UNKNOWN: CardValue = { kind: "unknown" };
const NO_RATE: CardValue = { kind: "permille", permille: null };

/** How much more than the first, in its own measure and as a part of it; unknown where either is. */
export function differenceOf(first: CardValue, other: CardValue): [CardValue, CardValue] {
  if (
    (first.kind === "money" || first.kind === "rate") &&
    (other.kind === "money" || other.kind === "rate")
  )
    return [
      { kind: other.kind, fen: other.fen - first.fen },
      { kind: "permille", permille: changePermille(other.fen, first.fen) },
    ];
  if (first.kind === "count" && other.kind === "count")
    return [
      { kind: "count", count: other.count - first.count },
      { kind: "permille", permille: changePermille(BigInt(other.count), BigInt(first.count)) },
    ];
  return [UNKNOWN, NO_RATE];
}

/** A figure for each side, then each beside the first. */
export function withDifferences(
  figures: readonly CardCell[],
  comparable: readonly boolean[],
): CardCell[] {
  const [first, ...others] = figures;
  if (!first) return [];
  const beside = others.flatMap(({ value }, at): CardCell[] =>
    (comparable[at + 1] === false ? [UNKNOWN, NO_RATE] : differenceOf(first.value, value)).map(
      (one) => ({ value: one }),
    ),
  );
  return [...figures, ...beside];
}

/** A part of a whole to a tenth of a percent; of nothing there is no part. */
export function shareOf(part: bigint, whole: bigint): CardValue {
  return part < 0n ? NO_RATE : { kind: "permille", permille: permilleOf(part, whole) };
}

/** What is in use first; what members pay for themselves last. */
const rank = ({ active, contributory }: Pick<Programme, "active" | "contributory">): number =>
  (contributory ? 2 : 0) + (active ? 0 : 1);

/** What stands side by side where nobody chose: counties in the order of their code, programmes in theirs, the year and the one before. */
export function candidatesOf(
  reference: Pick<Reference, "programmes">,
  { places, year }: { places: readonly Organisation[]; year: number },
): Record<Compared, string[]> {
  const byCode = (a: Organisation, b: Organisation) => (a.code < b.code ? -1 : 1);
  const counties = places.filter(({ kind, active }) => kind === "COUNTY" && active).sort(byCode);
  const prefectures = places.filter(({ kind }) => kind === "PREFECTURE").sort(byCode);
  return {
    org: (counties.length > 1 ? counties : [...prefectures, ...counties]).map(({ code }) => code),
    programme: [...reference.programmes].sort((a, b) => rank(a) - rank(b)).map(({ code }) => code),
    year: [String(year - 1), String(year)],
  };
}
