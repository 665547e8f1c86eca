import { addTotals } from "@/lib/features/figures/present";
import type { FigureCell } from "@/lib/features/figures/rules";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, Programme } from "@/lib/features/reference/types";
import type { CountUnit } from "@/lib/kernel/counts";
import { knownFen, knownSum, type Known } from "@/lib/kernel/known";
import type { CountyMap, MapArea, MapClass, MapMeasure, MapSign } from "./types";

/** The outlines are of 2017 and have one for both. */
const ONE_AREA: readonly (readonly string[])[] = [["632803", "632857"]];

export type MapProgrammes = readonly Pick<Programme, "code" | "mainUnit">[];
type Spending = {
  /** By paying organisation and programme. */
  cells: readonly FigureCell[];
  places: readonly Organisation[];
  root: Organisation;
  filter: FigureFilter;
  programmes: MapProgrammes;
};

/** Half a fen and more is one more, away from zero. */
function divided(fen: bigint, count: number): bigint {
  const by = BigInt(count);
  const half = fen < 0n ? -by / 2n : by / 2n;
  return (fen + half) / by;
}

/**
 * What one of it came to, of the programmes whose recipients are counted by it. Unknown where nobody counted, and not
 * priced as long as a record is not: a part of the money over all the people would say too little.
 */
export function perUnit(
  cells: readonly FigureCell[],
  unit: CountUnit,
  programmes: MapProgrammes,
): Known {
  const counted = new Set(
    programmes.flatMap(({ code, mainUnit }) => (mainUnit === unit ? [code] : [])),
  );
  const sum = addTotals(cells.filter(({ programme }) => counted.has(programme ?? "")));
  const known = knownSum(sum);
  if (sum === null || known.kind !== "money") return known;
  if (sum.unvalued > 0) return { kind: "unvalued" };
  return sum[unit] > 0 ? knownFen(divided(known.fen, sum[unit])) : knownFen(null);
}

const valuesOf = (
  cells: readonly FigureCell[],
  programmes: MapProgrammes,
): Record<MapMeasure, Known> => ({
  amount: knownSum(addTotals(cells)),
  persons: perUnit(cells, "persons", programmes),
  households: perUnit(cells, "households", programmes),
});

function areaOf(places: Organisation[], spending: Spending): MapArea {
  const { prefecture: _prefecture, organisation: _organisation, ...rest } = spending.filter;
  const payers = new Set(
    spending.places
      .filter(({ path }) => places.some((place) => path.startsWith(place.path)))
      .map(({ code }) => code),
  );
  const cells = spending.cells.filter(({ organisation }) => payers.has(organisation ?? ""));
  const codes = places.map(({ code }) => code);
  return {
    key: codes[0] ?? "",
    places,
    cells,
    values: valuesOf(cells, spending.programmes),
    filter: { ...rest, org: codes.length === 1 ? codes[0] : codes },
  };
}

/** Beyond so many an address would be too long to be passed on. */
const NAMED_AT_MOST = 40;

function outsideOf(areas: readonly MapArea[], spending: Spending): CountyMap["outside"] {
  const { filter, places, cells } = spending;
  const inAreas = areas.flatMap((area) => area.places);
  const home = new Map(places.map((place) => [place.code, place.path]));
  const others = cells.filter(({ organisation = "" }) => {
    const path = home.get(organisation) ?? "";
    return !inAreas.some((place) => path.startsWith(place.path));
  });
  if (others.length === 0) return null;
  const { org: _org, prefecture: _prefecture, ...rest } = filter;
  const organisation = [...new Set(others.map((cell) => cell.organisation ?? ""))].sort();
  return {
    cells: others,
    filter: organisation.length > NAMED_AT_MOST ? null : { ...rest, organisation },
  };
}

/** The counties of a province or prefecture in the order of their code, and what none of them paid. */
export function countyMap(spending: Spending): CountyMap | null {
  const { root, places } = spending;
  if (root.kind !== "PROVINCE" && root.kind !== "PREFECTURE") return null;
  const counties = places
    .filter(({ kind, path }) => kind === "COUNTY" && path.startsWith(root.path))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const together = (code: string) => ONE_AREA.find((codes) => codes.includes(code)) ?? [code];
  const areas = counties
    .map((place) => counties.filter(({ code }) => together(place.code).includes(code)))
    .filter(([first], at) => first === counties[at])
    .map((of) => areaOf(of, spending));
  if (areas.length < 2) return null;
  return { areas, outside: outsideOf(areas, spending) };
}

export const signOf = (known: Known): MapSign =>
  known.kind !== "money" ? known.kind : known.fen === 0n ? "zero" : "class";

const CLASSES = 5;
type Tie = { value: bigint; count: number };

/** Equal values stay together, so a class may hold more areas than its share. */
function tiesOf(values: readonly bigint[]): Tie[] {
  const ties: Tie[] = [];
  for (const value of [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = ties.at(-1);
    if (last?.value === value) last.count += 1;
    else ties.push({ value, count: 1 });
  }
  return ties;
}

/** As many areas in each, as nearly as ties allow; never more classes than there are values. */
export function quantileClasses(values: readonly bigint[], most = CLASSES): MapClass[] {
  const ties = tiesOf(values);
  const classes: MapClass[] = [];
  let left = values.length;
  for (let wanted = Math.min(most, ties.length); wanted > 0; wanted -= 1) {
    const share = left / wanted;
    const [first] = ties;
    if (!first) break;
    const made = { from: first.value, to: first.value, count: 0 };
    do {
      const tie = ties.shift();
      if (!tie) break;
      made.to = tie.value;
      made.count += tie.count;
      const next = ties[0];
      // the next goes where the class comes nearer to its share
      if (next && made.count + next.count / 2 > share) break;
    } while (ties.length >= wanted);
    classes.push(made);
    left -= made.count;
  }
  return classes;
}

/** As wide each, from the least to the most; one that no area is in stays, with none. */
export function equalClasses(values: readonly bigint[], wanted = CLASSES): MapClass[] {
  const ties = tiesOf(values);
  const [least, most] = [ties[0]?.value, ties.at(-1)?.value];
  if (least === undefined || most === undefined) return [];
  const steps = most - least < BigInt(wanted) ? ties.length : wanted;
  const edge = (at: number) => least + ((most - least + 1n) * BigInt(at)) / BigInt(steps);
  return Array.from({ length: steps }, (_, at) => {
    const [from, to] = [edge(at), edge(at + 1) - 1n];
    return { from, to, count: values.filter((value) => value >= from && value <= to).length };
  });
}

/** Which class a value is in. */
export const classOf = (value: bigint, classes: readonly MapClass[]): number =>
  classes.findIndex(({ from, to }) => value >= from && value <= to);

/** Shades from light to dark; fewer classes lie as far apart as they can. */
const SHADES = 5;
export const shadeOf = (at: number, classes: number): number =>
  classes === 1 ? 2 : Math.round((at * (SHADES - 1)) / (classes - 1));
