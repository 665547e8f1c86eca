import { isMoney, isRatio, isSum } from "@/lib/features/cross/rules";
import { axisName, lineName, measureName, plainValue } from "@/lib/features/cross/present";
import {
  RATIOS,
  type CrossCell,
  type CrossFilter,
  type CrossLine,
  type FormMeasure,
} from "@/lib/features/cross/types";
import { contributorySum, earlierWords } from "@/lib/features/figures/present";
import { nameOf } from "@/lib/features/reference/present";
import { summaryWords } from "@/lib/features/summary/labels";
import { amountText, beijingStamp } from "@/lib/features/summary/present";
import type {
  PaperColumn,
  PaperTable,
  SummaryCell,
  SummaryCheck,
  SummaryRow,
} from "@/lib/features/summary/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { formatFen } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { yearTitle } from "@/lib/kernel/year-axis";
import type { Layout, LayoutText, Laid, LaidColumn, LayoutView, LayoutWords } from "./types";

/** A layout as paper has it, and what its cells open. */
export type LayoutTable = {
  paper: PaperTable;
  /** What is not torn where it fits on a sheet. */
  parts: PaperColumn[][];
  /** By row and column: exactly its vouchers; null where there is none. */
  filters: (CrossFilter | null)[][];
  /** By row and column: some of its records are not in its value. */
  partly: boolean[][];
};

type Showing = { view: LayoutView; laid: Laid; words: LayoutWords };

export const textIn = ({ zh, en }: LayoutText, locale: Locale): string =>
  locale === "en" && en !== "" ? en : zh;

/** A layout in a list: its title, and what its lines and columns are. */
export function layoutLine(
  { title, rows, blocks }: Layout,
  words: LayoutWords,
): { title: string; note: string } {
  const { locale, layouts } = words;
  const parts = blocks.map(({ name }) => textIn(name, locale)).filter((name) => name !== "");
  return {
    title: textIn(title, locale),
    note: layouts("line", {
      rows: axisName(rows, words),
      parts: parts.join(summaryWords(locale).listSeparator),
    }),
  };
}

/** 2025 年度送温暖统计表; Warm Winter statistics, 2025. */
export function layoutTitle({ view, words: { locale } }: Pick<Showing, "view" | "words">): string {
  const { filter, layout } = view;
  const year = yearTitle(locale, filter.yearAxis, filter.year);
  const title = textIn(layout.title, locale);
  if (locale === "en") return `${title}, ${year}`;
  const bare = title.replace(/^年度/, "");
  return filter.yearAxis === "statistics" ? `${year}${bare}` : `${year}度${bare}`;
}

/** 2026年11月26日: what the figures stand at. */
function dayOf(asOf: string, locale: Locale): string {
  const day = beijingStamp(asOf).slice(0, 10);
  if (locale === "en") return day;
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

function filledIn(text: string, { view, laid, words }: Showing): string {
  const { locale } = words;
  return text
    .replaceAll("{place}", nameOf(view.root, locale))
    .replaceAll("{date}", dayOf(laid.asOf, locale))
    .replaceAll("{year}", String(view.filter.year));
}

/** 单位：万元、户、人: of what the columns count. */
function unitsOf({ laid, words }: Showing): string {
  const { locale, unit, layouts } = words;
  const w = summaryWords(locale);
  const used = new Set(laid.columns.map(({ measure }) => measure));
  const counts = COUNT_UNITS.filter((one) => used.has(one)).map((one) => layouts(`unit.${one}`));
  const money = [...used].some(isMoney) ? [w.unitName[unit]] : [];
  const records = used.has("records") ? [layouts("unit.records")] : [];
  return layouts("units", { units: [...money, ...records, ...counts].join(w.listSeparator) });
}

function blockName(block: number, { view, words }: Showing): string {
  return textIn(view.layout.blocks[block]?.name ?? { zh: "", en: "" }, words.locale);
}

function columnName(
  column: LaidColumn,
  columns: readonly LaidColumn[],
  showing: Showing,
): string[] {
  const { view, words } = showing;
  const { layout, reference } = view;
  const { block, line, group, measure } = column;
  const part = layout.blocks[block];
  const axis = part?.axis ?? null;
  const own = columns.filter((other) => other.block === block);
  const name = measure === "amountFen" ? words.layouts("amount") : measureName(measure, words);
  const head = blockName(block, showing);
  const heads = head === "" ? [] : [head];
  if (axis === null) return [...heads, name];
  const single = own.every((other) => other.measure === measure);
  const of = (kind: LaidColumn["line"]): string =>
    kind.kind === "rest"
      ? words.layouts("rest")
      : lineName(axis, { ...kind, patch: null } as CrossLine, { reference, words });
  const label = group ? textIn(group.name, words.locale) : of(line);
  const before = own.slice(0, own.indexOf(column));
  const above = before.filter((other) => other.line.level < line.level).at(-1);
  const opens = line.kind === "subtotal";
  const named = opens
    ? [label, words.cross("subtotal")]
    : above
      ? [of(above.line), label]
      : line.kind === "apart"
        ? [`${label}${words.layouts("apart")}`]
        : [label];
  const out = line.kind === "apart" ? [] : heads;
  return single && !(out.length === 0 && measure !== "amountFen")
    ? [...out, ...named]
    : [...out, ...named, name];
}

const isLoose = (measure: FormMeasure, rows: string): boolean =>
  isRatio(measure) || (rows === "fundSource" && !isSum(measure));

function papersOf(showing: Showing): PaperColumn[] {
  const { laid, view } = showing;
  return laid.columns.map((column, at) => ({
    key: String(at),
    number: at + 1,
    kind: isMoney(column.measure) ? "money" : "count",
    path: columnName(column, laid.columns, showing),
    ...(isLoose(column.measure, view.layout.rows) && { loose: true as const }),
  }));
}

function cellOf(cell: CrossCell, measure: FormMeasure): SummaryCell {
  const value = plainValue(cell, isMoney(measure));
  switch (value.kind) {
    case "money":
      return { kind: "money", fen: value.fen.toString() };
    case "count":
      return { kind: "count", value: value.count };
    case "unvalued":
    case "none":
      return { kind: value.kind };
    default:
      return { kind: "unknown" };
  }
}

/** The rows that stand, in the order of paper: the total, then the lines, then what is in no total. */
function standing({ view, laid }: Showing): number[] {
  const numbers = laid.rows.map((_, at) => at);
  const kind = (at: number) => laid.rows[at]?.kind;
  const shown = (at: number) => view.layout.emptyRows === "show" || laid.edge[at]?.state !== "none";
  return [
    ...numbers.filter((at) => kind(at) === "total"),
    ...numbers.filter((at) => kind(at) !== "total" && kind(at) !== "apart" && shown(at)),
    ...numbers.filter((at) => kind(at) === "apart"),
  ];
}

const KINDS = { total: "total", subtotal: "subtotal", item: "unit", apart: "unit" } as const;

function rowsOf(at: readonly number[], showing: Showing): SummaryRow[] {
  const { laid, view, words } = showing;
  const lines = at.map((one) => laid.rows[one] as CrossLine);
  const isTop = (line: CrossLine | undefined) =>
    line?.level === 0 && line.kind !== "total" && line.kind !== "apart";
  const parts = (line: CrossLine, index: number): number[] => {
    if (line.kind === "total") return lines.flatMap((one, other) => (isTop(one) ? [other] : []));
    if (line.kind !== "subtotal") return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((one) => one.level <= line.level || one.kind === "apart");
    const within = end < 0 ? rest : rest.slice(0, end);
    return within.flatMap((one, other) =>
      one.level === line.level + 1 ? [index + 1 + other] : [],
    );
  };
  return lines.map((line, index) => ({
    code: line.code,
    kind: line.own ? "own" : KINDS[line.kind],
    level: line.kind === "total" || line.kind === "apart" ? 0 : line.level + 1,
    parts: parts(line, index),
    name: `${line.kind === "apart" ? words.layouts("apartRow") : ""}${lineName(view.layout.rows, line, { reference: view.reference, words })}`,
    cells: laid.columns.map(({ cells, measure }) =>
      cellOf(cells[at[index] as number] as CrossCell, measure),
    ),
  }));
}

const fenOf = (cell: SummaryCell | undefined) => (cell?.kind === "money" ? BigInt(cell.fen) : 0n);

/** The columns that take one part of the layout to pieces add up to the sum of the line; so do its lines. */
function checksOf(
  columns: readonly PaperColumn[],
  rows: readonly SummaryRow[],
  { laid, view, words }: Showing,
): SummaryCheck[] {
  const w = summaryWords(words.locale);
  const isWhole = ({ block, measure }: LaidColumn) =>
    view.layout.blocks[block]?.axis === null && measure === "amountFen";
  const left = laid.columns.findIndex(isWhole);
  const [total] = rows;
  if (left < 0 || total === undefined) return [];
  const value = (at: number) => fenOf(total.cells[at]);
  const said = (formula: string, right: SummaryCheck["right"], holds: boolean): SummaryCheck => ({
    ...{ left: columns[left]?.key ?? "", right, holds, formula },
    text: `${formula}  ${holds ? w.holds : w.fails}`,
  });
  const parted = view.layout.blocks.flatMap(({ axis, name }, block) => {
    const own = laid.columns.flatMap((column, at) =>
      column.block === block &&
      column.measure === "amountFen" &&
      (column.line.kind === "item" || column.line.kind === "rest")
        ? [at]
        : [],
    );
    if (axis === null || own.length === 0 || name === undefined) return [];
    const sum = own.reduce((all, at) => all + value(at), 0n);
    const formula = `(${left + 1}) = ${own.map((at) => `(${at + 1})`).join(" + ")}`;
    return [said(formula, { keys: own.map((at) => columns[at]?.key ?? "") }, sum === value(left))];
  });
  const lines = total.parts.reduce((all, row) => all + fenOf(rows[row]?.cells[left]), 0n);
  const whole = laid.edge[laid.rows.findIndex(({ kind }) => kind === "total")]?.value ?? 0;
  const fen = BigInt(whole);
  const against = `(${left + 1}) = ${w.ledgerTotal} ${formatFen(fen, { unit: words.unit })}`;
  return [...parted, said(against, { fen: fen.toString() }, lines === fen)];
}

/** Cells that some of their records are not in, by the numbers of their columns; lines with the same ones together. */
function partlyNotes(
  rows: readonly SummaryRow[],
  partly: readonly boolean[][],
  { laid, words }: Showing,
): string[] {
  const { layouts, locale } = words;
  const of = (ratio: boolean): string[] => {
    const named = new Map<string, string[]>();
    rows.forEach((row, at) => {
      const columns = (partly[at] ?? []).flatMap((is, column) =>
        is && isRatio((laid.columns[column] as LaidColumn).measure) === ratio
          ? [`(${column + 1})`]
          : [],
      );
      if (columns.length === 0 || row.kind === "subtotal") return;
      const key = columns.join("");
      named.set(key, [...(named.get(key) ?? []), row.name]);
    });
    const { listSeparator } = summaryWords(locale);
    return [...named].map(([columns, names]) => `${names.join(listSeparator)} ${columns}`);
  };
  const said = (key: string, cells: string[]) =>
    cells.length === 0 ? [] : [layouts(key, { cells: cells.join(locale === "en" ? "; " : "；") })];
  return [...said("partly", of(false)), ...said("partRatio", of(true))];
}

function notesOf(
  showing: Showing,
  rows: readonly SummaryRow[],
  at: readonly number[],
  partly: boolean[][],
): string[] {
  const { view, laid, words } = showing;
  const { locale, unit, cross, dashboard, layouts } = words;
  const w = summaryWords(locale);
  const { leftOut } = laid;
  const colon = locale === "en" ? ": " : "";
  const earlier = rows.flatMap((row, index) => {
    const of = row.parts.length === 0 || index === 0;
    const said = of ? earlierWords(laid.earlier[at[index] as number] ?? null, words) : undefined;
    return said ? [`${row.name}${colon}${said}`] : [];
  });
  const ratios = [...new Set(laid.columns.map(({ measure }) => measure).filter(isRatio))];
  const bySource = [view.layout.rows, ...view.layout.blocks.map(({ axis }) => axis)].includes(
    "fundSource",
  );
  const apart = [...laid.rows, ...laid.columns.map(({ line }) => line)].some(
    ({ kind }) => kind === "apart",
  );
  return [
    ...(view.origin === "demo" ? [w.demo] : view.origin === "published" ? [w.published] : []),
    ...view.layout.notes.map((note) => filledIn(textIn(note, locale), showing)),
    w.leftOut(leftOut, amountText(contributorySum(leftOut), words)),
    ...(earlier.length > 0
      ? [`${earlier.join(locale === "en" ? "; " : "；")}${locale === "en" ? "." : "。"}`]
      : []),
    ...(leftOut.unvalued > 0 ? [w.unvaluedNote(leftOut.unvalued)] : []),
    ...partlyNotes(rows, partly, showing),
    ...(leftOut.estimated > 0 ? [w.estimated(leftOut.estimated)] : []),
    ...(bySource ? [dashboard("table.sharesNote")] : []),
    ...laid.surplus.map(({ axis, count }) =>
      cross("note.surplus", { axis: axisName(axis, words), count: Number(count) }),
    ),
    ...ratios.map((ratio) => cross("note.ratio", { count: words.labels(`countName.${RATIOS[ratio]}`), beside: besideOf(laid, ratio) })), // prettier-ignore
    ...(laid.columns.some(({ measure }) => measure === "namedFen") ? [layouts("named")] : []),
    ...(apart ? [cross("note.apart")] : []),
    w.countsNote,
    layouts("none"),
    ...(unit === "wan" ? [w.rounded] : []),
  ];
}

/** How many records of the total know too little to be part of a ratio. */
function besideOf(laid: Laid, ratio: FormMeasure): number {
  const total = laid.rows.findIndex(({ kind }) => kind === "total");
  const asked = laid.columns.filter(({ measure }) => measure === ratio);
  return Math.max(0, ...asked.map(({ cells }) => cells[total]?.beside ?? 0));
}

/** The one model of a layout: the screen draws it, and each file is written from it. */
export function layoutTable(showing: Showing): LayoutTable {
  const { view, laid, words } = showing;
  const { locale } = words;
  const w = summaryWords(locale);
  const at = standing(showing);
  const columns = papersOf(showing);
  const rows = rowsOf(at, showing);
  const cellAt = (row: number, { cells }: LaidColumn) => cells[row] as CrossCell;
  const partly = at.map((row) =>
    laid.columns.map((column) => cellAt(row, column).state === "partly"),
  );
  const coded = view.layout.rows === "organisation" || view.layout.rows === "prefecture";
  return {
    paper: {
      title: layoutTitle(showing),
      filledBy: view.layout.header
        .map((text) => filledIn(textIn(text, locale), showing))
        .join("　　"),
      units: unitsOf(showing),
      nameHeader: axisName(view.layout.rows, words),
      codeHeader: coded ? w.code : null,
      marks: w.marks,
      numbered: view.layout.numbered,
      columns,
      rows,
      checks: checksOf(columns, rows, showing),
      asOf: w.asOf(beijingStamp(laid.asOf)),
      notes: [words.layouts("scope", { filter: view.said }), ...notesOf(showing, rows, at, partly)],
      signatures: view.layout.footer.map((text) => filledIn(textIn(text, locale), showing)),
      demo: view.origin === "demo" ? w.demo : null,
    },
    parts: view.layout.blocks.map((_, block) =>
      columns.filter((_, index) => laid.columns[index]?.block === block),
    ),
    filters: at.map((row) => laid.columns.map((column) => cellAt(row, column).filter)),
    partly,
  };
}
