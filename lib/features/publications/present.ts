import { quantileClasses, classOf, shadeOf } from "@/lib/features/map/rules";
import { nameOf, placeName, placeShortName } from "@/lib/features/reference/present";
import type { Coded } from "@/lib/features/reference/types";
import { COUNTY_TILES } from "@/lib/kernel/county-tiles";
import { csvLine } from "@/lib/kernel/csv";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";
import { keyOf } from "./rules";
import type { PUBLIC_COUNTS } from "./types";
import { ALL, type PublicCell, type Published, type PublicLine, type PublicTable } from "./types";

export type PublicWords = {
  locale: Locale;
  unit: MoneyUnit;
  /** For what is hidden, where nothing is priced, and where there is nothing. */
  hidden: string;
  unpriced: string;
  own: (name: string) => string;
};

/** Two places in either unit, so that a column stands point under point; the files have every fen. */
const shortMoney = (fen: string | bigint, { unit }: PublicWords) =>
  formatFen(BigInt(fen), { unit });

export type TableReader = (line: string, programme: string) => PublicCell | null;

export function readerOf({ cells }: PublicTable): TableReader {
  const found = new Map(cells.map((cell) => [keyOf(cell.line, cell.programme), cell]));
  return (line, programme) => found.get(keyOf(line, programme)) ?? null;
}

export const rootLine = ({ lines }: PublicTable): string =>
  lines.find(({ kind }) => kind === "province")?.line ?? ALL;

export function amountOf(cell: PublicCell | null, words: PublicWords): string {
  if (cell === null) return "—";
  if (cell.hidden) return words.hidden;
  return cell.amountFen === null ? words.unpriced : shortMoney(cell.amountFen, words);
}

export function countOf(
  cell: PublicCell | null,
  unit: (typeof PUBLIC_COUNTS)[number],
  words: Pick<PublicWords, "hidden">,
): string {
  if (cell === null) return "—";
  if (cell.hidden) return words.hidden;
  const count = cell[unit];
  return count === null ? "—" : wholeText(count);
}

export const lineName = (line: PublicLine, words: PublicWords): string =>
  line.kind === "own" ? words.own(placeName(line, words.locale)) : placeName(line, words.locale);

/** The lines in the order they are read: the province's own, then each prefecture with what belongs to it. */
export function orderedLines(table: PublicTable): PublicLine[] {
  const read = readerOf(table);
  const used = table.lines.filter(({ line, kind }) => kind !== "own" || read(line, ALL) !== null);
  const leaves = (prefecture: string | null) =>
    used.filter(
      (line) =>
        line.prefecture === prefecture && line.kind !== "prefecture" && line.kind !== "province",
    );
  const own = used.filter(({ kind, prefecture }) => kind === "own" && prefecture === null);
  const counties = used.filter(({ kind, prefecture }) => kind === "county" && prefecture === null);
  return [
    ...used.flatMap((line) => (line.kind === "prefecture" ? [line, ...leaves(line.line)] : [])),
    ...counties,
    ...own,
  ];
}

/** How a county is painted: by its class, or by a sign of its own. */
export type Painted = {
  sign: "class" | "zero" | "nothing" | "hidden" | "unvalued";
  shade: number | null;
};
type Shown = Painted & { label: string; /** Its name and its number. */ said: string };
export type Tile = Shown & {
  line: string;
  column: number;
  row: number;
  /** Two counties share one place: the upper, the lower half; null = the whole of it. */
  half: 0 | 1 | null;
};
/** One outline of the map; `key` is the code of the first of its counties. */
export type PublicArea = Shown & { key: string };

type County = { line: PublicLine; cell: PublicCell | null };

/** Of counties that are painted as one: as soon as one of them is hidden, nothing is known of all. */
function togetherOf(counties: readonly County[]): Painted["sign"] | bigint {
  const cells = counties.flatMap(({ cell }) => cell ?? []);
  if (cells.length === 0) return "nothing";
  if (cells.some(({ hidden }) => hidden)) return "hidden";
  const fens = cells.flatMap((cell) =>
    cell.hidden || cell.amountFen === null ? [] : [BigInt(cell.amountFen)],
  );
  return fens.length === 0 ? "unvalued" : fens.reduce((sum, fen) => sum + fen, 0n);
}

function paint(groups: readonly (readonly County[])[], words: PublicWords) {
  const said = groups.map(togetherOf);
  const fens = said.flatMap((one) => (typeof one === "bigint" && one !== 0n ? [one] : []));
  const classes = quantileClasses(fens);
  const painted = said.map((one): Painted => {
    if (typeof one !== "bigint") return { sign: one, shade: null };
    if (one === 0n) return { sign: "zero", shade: null };
    return { sign: "class", shade: shadeOf(classOf(one, classes), classes.length) };
  });
  const legend = classes.map(({ from, to, count }, at) => {
    const [least, most] = [shortMoney(from, words), shortMoney(to, words)];
    return { shade: shadeOf(at, classes.length), from: least, to: most, count };
  });
  return { painted: (at: number) => painted[at] ?? { sign: "nothing", shade: null }, legend };
}

function countiesOf(table: PublicTable): County[] {
  const read = readerOf(table);
  return table.lines.flatMap((line) =>
    line.kind === "county" ? [{ line, cell: read(line.line, ALL) }] : [],
  );
}

/** 祁连县 → 祁连: on a map everything is a county. */
const shortLabel = ({ line }: County, { locale }: PublicWords) =>
  placeShortName(line, locale).replace(
    locale === "en" ? / Administrative Committee$/ : /(?<=..)(县|市|区|行委)$/,
    "",
  );

const saidOf = (counties: readonly County[], words: PublicWords) =>
  counties
    .map(({ line, cell }) => `${placeName(line, words.locale)} ${amountOf(cell, words)}`)
    .join(words.locale === "en" ? "; " : "；");

/** The counties as tiles, in classes of as many counties each. */
export function tilesOf(table: PublicTable, words: PublicWords) {
  const counties = countiesOf(table).flatMap((county) => {
    const place = COUNTY_TILES[county.line.code];
    return place ? [{ ...county, place }] : [];
  });
  const spot = ([column, row]: readonly [number, number]) => `${String(column)} ${String(row)}`;
  const { painted, legend } = paint(
    counties.map((county) => [county]),
    words,
  );
  const tiles = counties.map((county, at): Tile => {
    const { line, place } = county;
    const share = counties.filter((other) => spot(other.place) === spot(place));
    return {
      ...painted(at),
      line: line.line,
      label: shortLabel(county, words),
      said: saidOf([county], words),
      ...{ column: place[0], row: place[1] },
      half: share.length < 2 ? null : share[0]?.line === line ? 0 : 1,
    };
  });
  return { tiles, legend };
}

/** The same on the map, an outline each; of two counties in one, each says its own number. */
export function areasOf(
  table: PublicTable,
  outlines: readonly (readonly string[])[],
  words: PublicWords,
) {
  const counties = countiesOf(table);
  const groups = outlines
    .map((codes) => counties.filter(({ line }) => codes.includes(line.code)))
    .filter((group) => group.length > 0);
  const { painted, legend } = paint(groups, words);
  const areas = groups.map((group, at): PublicArea => ({
    ...painted(at),
    key: group[0]?.line.code ?? "",
    label: group.map((one) => shortLabel(one, words)).join(words.locale === "en" ? ", " : "、"),
    said: saidOf(group, words),
  }));
  const together = groups
    .filter(({ length }) => length > 1)
    .map((group) =>
      group
        .map(({ line }) => placeName(line, words.locale))
        .join(words.locale === "en" ? " and " : "、"),
    );
  return { areas, legend, together };
}

/** What each field of the open data means; null in a field of numbers: hidden, not counted, or not priced. */
export const DATA_FIELDS = [
  "year",
  "line",
  "line_kind",
  "line_code",
  "line_name_zh",
  "line_name_en",
  "prefecture_code",
  "programme_code",
  "programme_name_zh",
  "programme_name_en",
  "state",
  "amount_yuan",
  "partly_unpriced",
  "households",
  "persons",
  "person_times",
  "packs",
] as const;
export type DataField = (typeof DATA_FIELDS)[number];

const EVERYTHING: Coded = { code: ALL, nameZh: "全部项目", nameEn: "All programmes" };

/** Every cell that there is, one a row; a sum stands beside its parts and says so in line_kind and programme_code. */
export function dataRows({ table, year }: Published): Record<DataField, string | number | null>[] {
  const lines = new Map(table.lines.map((line) => [line.line, line]));
  const programmes = new Map([...table.programmes, EVERYTHING].map((one) => [one.code, one]));
  return table.cells.map((cell) => {
    const line = lines.get(cell.line);
    const programme = programmes.get(cell.programme);
    const shown = cell.hidden ? null : cell;
    const state = cell.hidden ? "hidden" : cell.amountFen === null ? "unpriced" : "shown";
    return {
      year,
      line: cell.line,
      line_kind: line?.kind ?? "",
      line_code: line?.code ?? "",
      line_name_zh: line?.nameZh ?? "",
      line_name_en: line?.nameEn ?? "",
      prefecture_code: line?.prefecture ?? null,
      programme_code: cell.programme,
      programme_name_zh: programme?.nameZh ?? "",
      programme_name_en: programme?.nameEn ?? "",
      state,
      amount_yuan:
        shown?.amountFen == null
          ? null
          : formatFen(BigInt(shown.amountFen), { unit: "yuan", exact: true }).replaceAll(",", ""),
      partly_unpriced: shown ? (shown.unpriced ? 1 : 0) : null,
      households: shown?.households ?? null,
      persons: shown?.persons ?? null,
      person_times: shown?.personTimes ?? null,
      packs: shown?.packs ?? null,
    };
  });
}

export function csvOf(published: Published): string {
  const rows = dataRows(published);
  const lines = rows.map((row) => csvLine(DATA_FIELDS.map((field) => row[field])));
  return `\uFEFF${csvLine(DATA_FIELDS)}${lines.join("")}`;
}

type Meaning = { type: string; title: string; description: string };
export type Dictionary = Record<DataField, Meaning>;

/** The description that goes with the data, in the words of both languages. */
export function packageOf(published: Published, dictionary: Dictionary, title: string): object {
  const { year, no, at, seq, sha256, table } = published;
  return {
    name: `nuanzhang-${String(year)}`,
    title,
    version: String(no),
    created: at,
    licenses: [{ title: table.licence }],
    contributors: table.contact === null ? [] : [{ title: table.contact }],
    stamp: { seq, definition: table.definition, sha256 },
    resources: [
      {
        name: "figures",
        path: `${String(year)}.csv`,
        encoding: "utf-8",
        schema: {
          missingValues: [""],
          fields: DATA_FIELDS.map((name) => ({ name, ...dictionary[name] })),
        },
      },
    ],
  };
}

export const programmeName = (programme: Coded, locale: Locale): string =>
  nameOf(programme, locale);
