import { addTotals, type DashboardView } from "@/lib/features/figures/present";
import type { FigureWords } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import { placeName, placeShortName } from "@/lib/features/reference/present";
import { knownFen, knownText, type Known } from "@/lib/kernel/known";
import { classOf, countyMap, equalClasses, quantileClasses, shadeOf, signOf } from "./rules";
import {
  MAP_MEASURES,
  MAP_STEPS,
  type CountyMap,
  type MapArea,
  type MapMeasure,
  type MapSign,
  type MapSteps,
} from "./types";

export const mapOf = (view: DashboardView): CountyMap | null =>
  countyMap({
    cells: view.now.byPlace,
    places: view.places,
    root: view.root,
    filter: view.filter,
    programmes: view.reference.programmes,
  });

/** How one area is painted and read under a measure. */
type Painted = { sign: MapSign; shade: number | null; text: string };
type LegendRow = { sign: MapSign; shade: number | null; words: string; count: number };

/** The map under one measure and one way of making classes. */
export type MapFace = {
  measure: MapMeasure;
  steps: MapSteps;
  /** Of every number in it, e.g. 元/人. */
  unit: string;
  painted: Record<string, Painted>;
  legend: LegendRow[];
  /** The same in words, for whoever sees no map. */
  sentence: string;
};

export type ShownArea = {
  key: string;
  /** In full; of two areas both. */
  name: string;
  label: string;
  filter: FigureFilter;
  /** The page can be about one county alone. */
  alone: boolean;
  /** There is something to open. */
  spent: boolean;
  records: number;
};

const SIGNS = ["zero", "unvalued", "none", "unknown"] as const;

const joined = (names: readonly string[], { dashboard, locale }: FigureWords) =>
  names.join(locale === "en" ? " and " : dashboard("separator"));

/** A rate is read in yuan, whatever the page's unit. */
const measured = (known: Known, measure: MapMeasure, { locale, unit }: FigureWords) =>
  knownText(known, { locale, unit: measure === "amount" ? unit : "yuan" });

function unitOf(measure: MapMeasure, { dashboard, common, unit }: FigureWords) {
  return measure === "amount" ? common(`unit.${unit}`) : dashboard(`map.unit.${measure}`);
}

function sentenceOf(legend: readonly LegendRow[], unit: string, { dashboard: t }: FigureWords) {
  const areas = legend.reduce((sum, { count }) => sum + count, 0);
  const parts = legend
    .filter(({ count }) => count > 0)
    .map(({ sign, words, count }) =>
      sign === "class" ? t("map.between", { count, words, unit }) : t("map.are", { count, words }),
    );
  return t("map.sentence", { areas, parts: parts.join(t("map.then")) });
}

function faceOf(
  { areas }: CountyMap,
  { measure, steps, most }: Pick<MapFace, "measure" | "steps"> & { most: number },
  words: FigureWords,
): MapFace {
  const t = words.dashboard;
  const fens = areas.flatMap(({ values: { [measure]: known } }) =>
    known.kind === "money" && known.fen !== 0n ? [known.fen] : [],
  );
  const classes = steps === "quantile" ? quantileClasses(fens, most) : equalClasses(fens, most);
  const written = (fen: bigint) => measured(knownFen(fen), measure, words);
  const painted = areas.map(({ key, values: { [measure]: known } }): [string, Painted] => {
    const sign = signOf(known);
    const at = known.kind === "money" ? classOf(known.fen, classes) : -1;
    const shade = sign === "class" ? shadeOf(at, classes.length) : null;
    return [key, { sign, shade, text: measured(known, measure, words) }];
  });
  const legend = [
    ...classes.map(({ from, to, count }, at): LegendRow => {
      const bounds = { from: written(from), to: written(to) };
      return {
        sign: "class",
        shade: shadeOf(at, classes.length),
        words: bounds.from === bounds.to ? bounds.from : t("map.range", bounds),
        count,
      };
    }),
    ...SIGNS.flatMap((sign): LegendRow[] => {
      const count = painted.filter(([, one]) => one.sign === sign).length;
      if (count === 0) return [];
      const rate = measure !== "amount" && sign === "unknown";
      return [{ sign, shade: null, words: t(rate ? "map.uncounted" : `map.sign.${sign}`), count }];
    }),
  ];
  const unit = unitOf(measure, words);
  return {
    measure,
    steps,
    unit,
    painted: Object.fromEntries(painted),
    legend,
    sentence: sentenceOf(legend, unit, words),
  };
}

/** A measure that no area has is not offered. */
export function facesOf(map: CountyMap, words: FigureWords, most: number): MapFace[] {
  const known = MAP_MEASURES.filter(
    (measure) =>
      measure === "amount" || map.areas.some(({ values }) => values[measure].kind === "money"),
  );
  return known.flatMap((measure) =>
    MAP_STEPS.map((steps) => faceOf(map, { measure, steps, most }, words)),
  );
}

/** 祁连县 → 祁连: on a map everything is a county. */
function labelOf({ places }: MapArea, words: FigureWords): string {
  const names = places.map((place) => {
    const name = placeShortName(place, words.locale);
    return words.locale === "en" || name.length < 3
      ? name.replace(/ Administrative Committee$/, "")
      : name.replace(/(县|市|区|行委)$/, "");
  });
  return words.locale === "en" ? names.join(", ") : names.join(words.dashboard("separator"));
}

export function shownAreas({ areas }: CountyMap, words: FigureWords): ShownArea[] {
  return areas.map((area) => {
    const { key, places, filter, cells } = area;
    const names = places.map((place) => placeName(place, words.locale));
    const records = addTotals(cells)?.records ?? 0;
    const spent = cells.length > 0;
    const label = labelOf(area, words);
    return {
      key,
      name: joined(names, words),
      label,
      filter,
      alone: places.length === 1,
      spent,
      records,
    };
  });
}

/** The counties that one area stands for, where it is more than one. */
export const togetherNames = ({ areas }: CountyMap, words: FigureWords): string[] =>
  areas
    .filter(({ places }) => places.length > 1)
    .map(({ places }) =>
      joined(
        places.map((place) => placeName(place, words.locale)),
        words,
      ),
    );
