import { earlierWords } from "@/lib/features/figures/present";
import { nameOf, placeName, placeShortName } from "@/lib/features/reference/present";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import type { CardValue } from "@/lib/features/dashboard/types";
import { yearTitle } from "@/lib/kernel/year-axis";
import { permilleOf } from "@/lib/kernel/money";
import { cornerCell, isDivided, isMoney, isRatio, isTotal } from "./rules";
import {
  RATIOS,
  type Cross,
  type CrossAxis,
  type CrossCell,
  type CrossFilter,
  type CrossLine,
  type CrossLook,
  type CrossMeasure,
  type CrossShape,
  type CrossWords,
} from "./types";

export type ShownCell = {
  value: CardValue;
  filter: CrossFilter | null;
  /** Some of its records are not in its value. */
  partly: boolean;
  /** How dark it is shaded; undefined = not at all. */
  tone?: number | undefined;
  said?: string | undefined;
};

export type ShownLine = Pick<CrossLine, "key" | "kind" | "level"> & {
  label: string;
  /** What neighbours on the upper edge stand under. */
  group?: string | undefined;
  /** Only this line: what its name opens. */
  only: CrossFilter | null;
  /** Of a subtotal, whether its lines are folded away. */
  folded?: boolean | undefined;
  /** What its figures hold of corrections of earlier years. */
  note?: string | undefined;
  missing?: string | undefined;
};

export type CrossTable = {
  title: string;
  corner: string;
  /** The unit of the figures, where they have one. */
  unit: string | null;
  rows: ShownLine[];
  columns: ShownLine[];
  cells: ShownCell[][];
  notes: string[];
  classes: { upTo: CardValue; cells: number }[];
  /** Every subtotal that can be folded. */
  folds: { rows: string[]; columns: string[] };
};

type Showing = {
  cross: Cross;
  shape: CrossShape;
  look: CrossLook;
  filter: CrossFilter;
  reference: Reference;
  root: Organisation;
  words: CrossWords;
};

export function axisName(axis: CrossAxis, { dashboard }: CrossWords): string {
  return dashboard(axis === "organisation" ? "table.place" : `name.${axis}`);
}

export function measureName(measure: CrossShape["measure"], words: CrossWords): string {
  if (measure === "amountFen") return words.dashboard("table.amount");
  if (measure === "records") return words.dashboard("table.records");
  if (measure === "namedFen" || measure === "namedPermille") return words.cross(`ratio.${measure}`);
  return isRatio(measure) ? words.cross(`ratio.${measure}`) : words.labels(`countName.${measure}`);
}

type Naming = Pick<Showing, "reference" | "words">;

function organisationLabel({ code, own }: CrossLine, { reference, words }: Naming): string {
  const place = reference.organisations.find((other) => other.code === code);
  if (!place) return code;
  const name = placeShortName(place, words.locale);
  return own ? words.dashboard("table.own", { place: name }) : name;
}

export function lineName(axis: CrossAxis, line: CrossLine, naming: Naming): string {
  const { reference, words } = naming;
  const { dashboard, labels, locale } = words;
  if (line.kind === "total") return words.common("table.total");
  if (axis === "organisation") return organisationLabel(line, naming);
  if (axis === "programme" && line.kind === "subtotal") return labels(`season.${line.code}`);
  if (line.code === "") return axis === "campaign" ? labels("noCampaign") : words.cross("unsaid");
  if (axis === "month")
    return line.code === "0"
      ? dashboard("table.unknownMonth")
      : dashboard("table.monthName", { month: Number(line.code) });
  if (axis === "form") return labels(`form.${line.code}`);
  const lists = {
    prefecture: reference.organisations,
    programme: reference.programmes,
    fundSource: reference.fundSources,
    aidCategory: reference.aidCategories,
    recipientKind: reference.recipientKinds,
    campaign: reference.campaigns,
  };
  const coded = lists[axis].find((one) => one.code === line.code);
  if (!coded) return line.code;
  if (axis !== "prefecture") return nameOf(coded, locale);
  const name = placeShortName(coded, locale);
  const isProvince = (coded as Organisation).kind === "PROVINCE";
  return isProvince ? dashboard("table.direct", { place: name }) : name;
}

/** The lines that stand: none below a folded one, none empty where those are hidden. */
function standing(lines: readonly CrossLine[], edge: readonly CrossCell[], look: CrossLook) {
  let below = Number.POSITIVE_INFINITY;
  return lines.flatMap((line, at) => {
    if (line.level > below) return [];
    below = Number.POSITIVE_INFINITY;
    if (look.empty === "hide" && line.kind !== "total" && edge[at]?.state === "none") return [];
    if (line.kind === "subtotal" && look.fold.includes(line.key)) below = line.level;
    return [at];
  });
}

type Standing = { axis: CrossAxis; lines: readonly CrossLine[]; at: readonly number[] };

function shownLines({ axis, lines, at }: Standing, showing: Showing, side: "row" | "column") {
  const { look, filter, words } = showing;
  let group: string | undefined;
  return at.map((index): ShownLine => {
    const line = lines[index] as CrossLine;
    const label = lineName(axis, line, showing);
    const folds = line.kind === "subtotal";
    const folded = folds ? look.fold.includes(line.key) : undefined;
    if (line.level === 0) group = folds && !folded ? label : undefined;
    const named = side === "column" && line.level === 0 && group !== undefined;
    return {
      key: line.key,
      kind: line.kind,
      level: line.level,
      label: named ? words.cross("subtotal") : label,
      group: side === "column" ? group : undefined,
      only: line.patch && line.kind !== "total" ? { ...filter, ...line.patch } : null,
      folded,
    };
  });
}

export function plainValue(
  { state, value }: CrossCell,
  money: boolean,
  measure?: CrossMeasure,
): CardValue {
  if (value === null)
    return { kind: state === "unvalued" ? "unvalued" : state === "noMoney" ? "none" : "unknown" };
  if (measure === "namedPermille") return { kind: "permille", permille: BigInt(value) };
  return money ? { kind: "money", fen: BigInt(value) } : { kind: "count", count: Number(value) };
}

/** A part of its edge to a tenth of a percent; of nothing, and of less than nothing, there is no part. */
function shareValue(cell: CrossCell, edge: CrossCell | undefined): CardValue {
  if (cell.state === "none") return { kind: "unknown" };
  const [part, whole] = [BigInt(cell.value ?? 0), BigInt(edge?.value ?? 0)];
  return { kind: "permille", permille: cell.value === null ? null : permilleOf(part, whole) };
}

function shownCells({ cross, shape, look, words }: Showing, rows: number[], columns: number[]) {
  const money = isMoney(shape.measure);
  const right = cross.columnLines.findIndex(isTotal);
  const bottom = cross.rowLines.findIndex(isTotal);
  const share = isDivided(shape.measure) ? "value" : look.share;
  const saidOf = ({ unvalued, estimated, beside }: CrossCell) =>
    [
      ...(unvalued > 0 && shape.measure === "amountFen"
        ? [words.cross("cell.unvalued", { count: unvalued })]
        : []),
      ...(beside > 0 ? [words.cross("cell.beside", { count: beside })] : []),
      ...(estimated > 0 && money && shape.measure !== "namedFen"
        ? [words.cross("cell.estimated", { count: estimated })]
        : []),
    ].join(words.dashboard("separator"));
  return rows.map((row) =>
    columns.map((column): ShownCell => {
      const cell = cross.cells[row]?.[column] as CrossCell;
      const apart =
        cross.rowLines[row]?.kind === "apart" && share === "column"
          ? undefined
          : cross.columnLines[column]?.kind === "apart" && share === "row"
            ? undefined
            : share === "row"
              ? cross.cells[row]?.[right]
              : cross.cells[bottom]?.[column];
      return {
        value: share === "value" ? plainValue(cell, money, shape.measure) : shareValue(cell, apart),
        filter: cell.filter,
        partly: cell.state === "partly",
        said: saidOf(cell) || undefined,
      };
    }),
  );
}

const SHADES = 5;
const sizeOf = (value: CardValue): bigint | null =>
  value.kind === "money"
    ? value.fen
    : value.kind === "count"
      ? BigInt(value.count)
      : value.kind === "permille"
        ? value.permille
        : null;

/** Shades by fifths of what is known and above zero; equals bear one shade. */
function shade(cells: ShownCell[][], rows: ShownLine[], columns: ShownLine[]) {
  const inner = cells.flatMap((row, at) =>
    rows[at]?.kind === "item" ? row.filter((_, column) => columns[column]?.kind === "item") : [],
  );
  const known = inner.filter(({ value }) => (sizeOf(value) ?? 0n) > 0n);
  const sizes = known.map(({ value }) => sizeOf(value) as bigint).sort((a, b) => (a < b ? -1 : 1));
  const bounds = [
    ...new Set(
      Array.from(
        { length: SHADES },
        (_, at) => sizes[Math.ceil(((at + 1) * sizes.length) / SHADES) - 1] as bigint,
      ),
    ),
  ];
  if (sizes.length === 0) return [];
  const counts = bounds.map(() => 0);
  for (const cell of known) {
    const at = bounds.findIndex((bound) => (sizeOf(cell.value) as bigint) <= bound);
    cell.tone = at + 1 + (SHADES - bounds.length);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return bounds.map((bound, at) => {
    const like = known.find(({ value }) => sizeOf(value) === bound) as ShownCell;
    return { upTo: like.value, cells: counts[at] ?? 0 };
  });
}

function notesOf({ cross, shape, look, words }: Showing, cells: ShownCell[][]): string[] {
  const { cross: t, dashboard } = words;
  const ratio = isRatio(shape.measure);
  const bySource = shape.rows === "fundSource" || shape.columns === "fundSource";
  const apart = [...cross.rowLines, ...cross.columnLines].some(({ kind }) => kind === "apart");
  const more = (axis: CrossAxis, surplus: bigint) =>
    surplus === 0n
      ? []
      : [t("note.surplus", { axis: axisName(axis, words), count: Number(surplus) })];
  return [
    ...(bySource ? [dashboard("table.sharesNote")] : []),
    ...(cross.surplus && shape.measure !== "amountFen"
      ? [...more(shape.rows, cross.surplus.rows), ...more(shape.columns, cross.surplus.columns)]
      : []),
    ...(ratio
      ? [
          t("note.ratio", {
            count: words.labels(`countName.${RATIOS[shape.measure as keyof typeof RATIOS]}`),
            beside: cornerCell(cross).beside,
          }),
        ]
      : []),
    ...(shape.measure.startsWith("named") ? [t("note.named")] : []),
    ...(!isDivided(shape.measure) && look.share !== "value" ? [t("note.share")] : []),
    ...(cells.flat().some(({ partly }) => partly)
      ? [t(ratio ? "note.partRatio" : "note.partly")]
      : []),
    ...(apart ? [t("note.apart")] : []),
    dashboard("foot.missing"),
  ];
}

/** Of a row, which of its columns hold records without an amount: the page marks them, a file has no marks. */
function missingIn(
  { cross, shape, words }: Showing,
  row: number,
  columns: number[],
  lines: ShownLine[],
) {
  if (shape.measure !== "amountFen") return undefined;
  const missing = columns.flatMap((column, at) => {
    const line = lines[at];
    const { unvalued = 0, state } = cross.cells[row]?.[column] ?? {};
    if (line === undefined || line.kind === "total" || state !== "partly") return [];
    if (line.kind === "subtotal" && line.folded !== true) return [];
    return [words.cross("cell.of", { label: line.label, count: unvalued })];
  });
  if (missing.length === 0) return undefined;
  return words.cross("cell.unpriced", { items: missing.join(words.dashboard("separator")) });
}

export function crossTable(showing: Showing): CrossTable {
  const { cross, shape, look, filter, root, words } = showing;
  const right = cross.columnLines.findIndex(isTotal);
  const bottom = cross.rowLines.findIndex(isTotal);
  const edge = cross.cells.map((row) => row[right] as CrossCell);
  const rowsAt = standing(cross.rowLines, edge, look);
  const after = standing(cross.columnLines, cross.cells[bottom] ?? [], look);
  // the total is what is looked for first
  const columnsAt = [right, ...after.filter((at) => at !== right)];
  const rows = shownLines({ axis: shape.rows, lines: cross.rowLines, at: rowsAt }, showing, "row");
  const columns = shownLines(
    { axis: shape.columns, lines: cross.columnLines, at: columnsAt },
    showing,
    "column",
  );
  const cells = shownCells(showing, rowsAt, columnsAt);
  const shares = look.share !== "value" && !isDivided(shape.measure);
  const foldable = (lines: readonly CrossLine[]) =>
    lines.filter(({ kind }) => kind === "subtotal").map(({ key }) => key);
  const isProvince = root.kind === "PROVINCE";
  return {
    title: words.cross(filter.year === undefined ? "headingYears" : "heading", {
      year: filter.year === undefined ? "" : yearTitle(words.locale, filter.yearAxis, filter.year),
      place: isProvince ? words.dashboard("wholeProvince") : placeName(root, words.locale),
      measure: measureName(shape.measure, words),
      rows: axisName(shape.rows, words),
      columns: axisName(shape.columns, words),
    }),
    corner: axisName(shape.rows, words),
    unit: isMoney(shape.measure) && !shares ? words.common(`unit.${words.unit}`) : null,
    rows: rows.map((row, at) => ({
      ...row,
      note: earlierWords(cross.earlier[rowsAt[at] as number] ?? null, words),
      missing: missingIn(showing, rowsAt[at] as number, columnsAt, columns),
    })),
    columns,
    classes: look.face === "heat" ? shade(cells, rows, columns) : [],
    cells,
    notes: notesOf(showing, cells),
    folds: { rows: foldable(cross.rowLines), columns: foldable(cross.columnLines) },
  };
}
