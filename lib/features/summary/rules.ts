import { addSums, emptySums } from "@/lib/features/figures/rules";
import { SEASONS, type Organisation } from "@/lib/features/reference/types";
import type { SummaryFigures, SummaryLine } from "./types";

function emptyFigures(like: SummaryFigures): SummaryFigures {
  return {
    receivedFen: null,
    leftFen: null,
    spent: emptySums(),
    seasons: Object.fromEntries(
      SEASONS.map((season) => [season, emptySums()]),
    ) as SummaryFigures["seasons"],
    categories: Object.fromEntries(Object.keys(like.categories).map((code) => [code, emptySums()])),
    mutual: emptySums(),
    same: like.same && emptySums(),
    before: emptySums(),
    earlier: emptySums(),
  };
}

/** What is not known adds nothing, and does not become a zero. */
const plus = (sum: bigint | null, more: bigint | null) =>
  more === null ? sum : (sum ?? 0n) + more;

/** Every figure of `more` added into `into`, each to its own kind. */
function addFigures(into: SummaryFigures, more: SummaryFigures): SummaryFigures {
  into.receivedFen = plus(into.receivedFen, more.receivedFen);
  into.leftFen = plus(into.leftFen, more.leftFen);
  addSums(into.spent, more.spent);
  addSums(into.mutual, more.mutual);
  addSums(into.earlier, more.earlier);
  for (const season of SEASONS) addSums(into.seasons[season], more.seasons[season]);
  for (const [code, sums] of Object.entries(more.categories))
    addSums((into.categories[code] ??= emptySums()), sums);
  if (into.same && more.same) addSums(into.same, more.same);
  into.before = into.before && more.before ? addSums(into.before, more.before) : null;
  return into;
}

type Laying = {
  root: Organisation;
  places: readonly Organisation[];
  figuresOf: (code: string) => SummaryFigures;
  comparable: boolean;
};

/** Places first, in the order of the administrative code; unions beside the regions after them. */
const rank = (place: Organisation) =>
  place.kind === "INDUSTRIAL_UNION" || place.kind === "AFFILIATED_UNION" ? 1 : 0;

/** Unions below this one stand in lines of their own. Below a county they are part of its line. */
const opens = (place: Organisation, root: Organisation) =>
  place.code === root.code || place.kind === "PREFECTURE";

/**
 * The lines of the table: the total, 本级, then each child in the order of the code; a prefecture is a
 * subtotal over its own 本级 and its counties. Sums come from the lines they add up, never from elsewhere.
 */
export function layLines({ root, places, figuresOf, comparable }: Laying): SummaryLine[] {
  const lines: SummaryLine[] = [];
  const name = ({ code, nameZh, nameEn }: Organisation) => ({ code, nameZh, nameEn });
  const single = (place: Organisation, kind: "own" | "unit", level: 0 | 1 | 2): number => {
    const within = kind === "own" ? [place] : places.filter((p) => p.path.startsWith(place.path));
    const figures = within.reduce(
      (sum, one) => addFigures(sum, figuresOf(one.code)),
      emptyFigures(figuresOf(place.code)),
    );
    if (!comparable) figures.before = null;
    return lines.push({ ...name(place), kind, level, figures, parts: [] }) - 1;
  };
  const lay = (place: Organisation, level: 0 | 1 | 2): number => {
    const children = places
      .filter((child) => child.parentCode === place.code)
      .sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1));
    if (!opens(place, root) || children.length === 0) {
      return single(place, "unit", level);
    }
    const below = level === 0 ? 1 : 2;
    const at = lines.push({
      ...name(place),
      kind: place.code === root.code ? "total" : "subtotal",
      level,
      figures: emptyFigures(figuresOf(place.code)),
      parts: [],
    });
    const parts = [single(place, "own", below), ...children.map((child) => lay(child, below))];
    const line = lines[at - 1] as SummaryLine;
    line.parts = parts;
    for (const part of parts) addFigures(line.figures, (lines[part] as SummaryLine).figures);
    return at - 1;
  };
  lay(root, 0);
  return lines;
}
