import type { Cell, WriteSheet } from "hucre";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import { checkpointLine, type Checkpoint } from "@/lib/kernel/checkpoint";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Actor } from "@/lib/kernel/actor";
import { yearTitle } from "@/lib/kernel/year-axis";
import type { Locale } from "@/lib/kernel/preferences";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { codeStyle, PAPER, put, rowStyle, span, STYLE, type Grid } from "@/lib/kernel/sheet-grid";
import type { AidForm, AmountKind, EntryKind, Origin, Status } from "@/lib/kernel/record-codes";
import { codesOf } from "@/lib/features/filter/address";
import { campaignWords } from "@/lib/features/filter/present";
import type { LedgerFilter } from "@/lib/features/ledger/schema";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import type { Coded, Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { amountText, beijingStamp, cellText } from "@/lib/features/summary/present";
import { paperName } from "@/lib/features/summary/paper";
import { contributorySum } from "@/lib/features/figures/present";
import type { Figures, LeftOutThen } from "@/lib/features/figures/types";
import type {
  SummaryCell,
  SummaryCheck,
  SummaryRow,
  PaperTable,
} from "@/lib/features/summary/types";
import { isMoney, ledgerWords, sourceNumber, type LedgerColumn } from "./labels";
import { cellNumber, plainYuan } from "./rules";

/** The yearly summary as lines of text: one header line, its groups joined by "/". */
export function summaryLines(
  table: PaperTable,
  { locale, unit }: { locale: Locale; unit: MoneyUnit },
): (string | null)[][] {
  const words = summaryWords(locale);
  const text = (cell: SummaryCell) => cellText(cell, { locale, unit, plain: true });
  const lead = (name: string, code: string | null) =>
    table.codeHeader === null ? [name] : [name, code];
  return [
    [table.title],
    [table.filledBy, table.units ?? words.unit(unit)],
    ...(table.demo ? [[table.demo]] : []),
    [
      ...lead(table.nameHeader, table.codeHeader),
      ...table.columns.map(({ path }) => path.join("/")),
    ],
    ...(table.numbered
      ? [[...lead(...table.marks), ...table.columns.map(({ number }) => `(${number})`)]]
      : []),
    ...table.rows.map((row) => [...lead(row.name, row.code), ...row.cells.map(text)]),
    [],
    ...table.checks.map((check) => [`${words.check}  ${check.text}`]),
    ...table.notes.map((note, index) => [`${words.notes} ${index + 1}  ${note}`]),
    [table.asOf],
    table.signatures,
  ];
}

/** Text, a number, or money as fen. */
export type LedgerCell = string | number | bigint | null;

/** What a cell says for what the database keeps there: ids, and words of closed lists. */
export type CellNames = Partial<Record<LedgerColumn, Record<string, string>>>;

/** What cells say again and again, once. */
export const wordsOf = (names: CellNames): string[] => [
  ...new Set(Object.values(names).flatMap((own) => Object.values(own ?? {}))),
];

type Worded = {
  status: Record<Status, string>;
  entryKind: Record<EntryKind, string>;
  form: Record<AidForm, string>;
  amountKind: Record<AmountKind, string>;
  origin: Record<Origin, string>;
};

export function cellNames(
  columns: readonly LedgerColumn[],
  reference: Reference,
  labels: Worded,
  locale: Locale,
): CellNames {
  const sources = Object.fromEntries(
    reference.fundSources.map((source) => [source.id, nameOf(source, locale)]),
  );
  const words = Object.fromEntries(Object.values(KNOWN_WORDS[locale]).map((word) => [word, word]));
  const each = columns.flatMap((column): [LedgerColumn, Record<string, string>][] =>
    isMoney(column) ? [[column, words]] : sourceNumber(column) ? [[column, sources]] : [],
  );
  const byId = (list: readonly (Coded & { id: number })[]) =>
    Object.fromEntries(list.map((one) => [one.id, nameOf(one, locale)]));
  const stored = (words: Record<string, string>) =>
    Object.fromEntries(Object.entries(words).map(([word, label]) => [word.toUpperCase(), label]));
  return {
    status: stored(labels.status),
    entryKind: stored(labels.entryKind),
    organisationCode: Object.fromEntries(reference.organisations.map((o) => [o.id, o.code])),
    organisation: byId(reference.organisations),
    programme: byId(reference.programmes),
    campaign: byId(reference.campaigns),
    aidCategory: byId(reference.aidCategories),
    recipientKind: byId(reference.recipientKinds),
    form: stored(labels.form),
    month: { 0: ledgerWords(locale).monthUnknown },
    amountKind: stored(labels.amountKind),
    origin: stored(labels.origin),
    ...Object.fromEntries(each),
  };
}

/** What stands above the rows: filter, unit, totals and what they leave out, then the column names. */
export function ledgerHead(input: {
  filter: string;
  figures: Omit<Figures, "leftOut"> & { leftOut: LeftOutThen };
  locale: Locale;
  approvedOnly: boolean;
  /** Below stand records of every status, though the totals count approved ones. */
  everyStatus: boolean;
  headings: string[];
  checkpoint: Checkpoint | null;
  title?: string | undefined;
}): LedgerCell[][] {
  const { figures, locale, approvedOnly, everyStatus, headings, checkpoint } = input;
  const w = summaryWords(locale);
  const ledger = ledgerWords(locale);
  const apart = amountText(contributorySum(figures.leftOut), {
    locale,
    unit: "yuan",
    exact: true,
    group: false,
  });
  return [
    [input.title ?? ledger.title],
    [ledger.filter, input.filter],
    [ledger.unitYuan],
    [ledger.totalRecords(approvedOnly), figures.totals.records],
    [ledger.totalAmount(approvedOnly), BigInt(figures.totals.amountFen)],
    [ledger.leftOut, w.leftOut(figures.leftOut, apart)],
    [ledger.asOf, beijingStamp(figures.asOf)],
    ...(checkpoint ? [[checkpointLine(checkpoint, locale)]] : []),
    ...(everyStatus ? [[ledger.everyStatus]] : []),
    headings,
  ];
}

/** 暖账_发放台账_202611221605.xlsx, or called after the table of others; what a name of a file cannot hold left out. */
export function ledgerFileName(
  title: string | undefined,
  stamp: string,
  { format, locale }: { format: FileFormat; locale: Locale },
): string {
  const called = title?.replace(/[\s/\\:*?"<>|]+/g, "-") ?? ledgerWords(locale).title;
  return `${summaryWords(locale).product}_${called}_${stamp.replace(/[-: ]/g, "")}.${format}`;
}

/** 西宁市总工会 → 西宁市; in English spaces become hyphens, so that the name needs no quoting. */
export function placeInName(
  coded: { code: string; nameZh: string; nameEn: string },
  locale: Locale,
) {
  const name = nameOf(coded, locale);
  return locale === "en" ? name.replace(/[^\w]+/g, "-") : name.replace(/总工会$/, "");
}

/** The highest place the person works at: whose history an export over several places belongs to. */
export function homeOf(actor: Actor, reference: Reference, org: string | undefined): number | null {
  const asked = reference.organisations.find((place) => place.code === org);
  const [home] = [...actor.memberships].sort((a, b) => a.path.length - b.path.length);
  return asked?.id ?? home?.organisationId ?? null;
}

type Checking = {
  unit: MoneyUnit;
  locale: Locale;
  /** Where a column's figure of a line stands in the workbook. */
  placeOf: (key: string, line: number) => string;
};

/** Above the lines: title, unit, headings. */
const HEAD = 3;
const PLAIN = { kind: "unit" as const };

function fenOf(table: PaperTable, row: SummaryRow | undefined, key: string): bigint {
  const cell = row?.cells[table.columns.findIndex((column) => column.key === key)];
  return cell?.kind === "money" ? BigInt(cell.fen) : 0n;
}

/** The formulas of this sheet, each with what it comes to. */
function writer(grid: Grid, { unit, locale }: Checking) {
  const w = summaryWords(locale);
  const places = unit === "yuan" ? 2 : 6;
  const formula = (text: string, result: number | string): Partial<Cell> => ({
    value: null,
    type: "formula",
    formula: text,
    formulaResult: result,
  });
  const cell = (row: number, column: number) => `${sheetColumn(column)}${row + 1}`;
  return {
    /** A figure may be a word where there is no number: SUM passes over it. */
    sum(refs: string[], fen: bigint) {
      const sums = refs.map((ref) => `SUM(${ref})`).join("+");
      return formula(`ROUND(${sums},${places})`, cellNumber(fen, unit));
    },
    difference(row: number, [a, b]: [number, number], fen: bigint) {
      const text = `ROUND(${cell(row, a)}-${cell(row, b)},${places})`;
      return formula(text, cellNumber(fen, unit));
    },
    verdict(row: number, columns: number[], holds: boolean) {
      const zero = columns.map((column) => `${cell(row, column)}=0`).join(",");
      return formula(`IF(AND(${zero}),"${w.holds}","${w.fails}")`, holds ? w.holds : w.fails);
    },
    write(row: number, column: number, of: Pick<SummaryRow, "kind">, written: Partial<Cell>) {
      const style = rowStyle(of, column < 2 ? undefined : "#,##0.00");
      put(grid, row, column, { style, ...written });
    },
  };
}
type Writer = ReturnType<typeof writer>;

/** What was spent against each way it is parted: SUM − SUM in every line. */
function layLine(
  table: PaperTable,
  line: number,
  out: Writer,
  { locale, placeOf }: Checking,
): void {
  const row = table.rows[line] as SummaryRow;
  const at = HEAD + line;
  const left = leftOf(table)?.key ?? "";
  const spent = fenOf(table, row, left);
  out.write(at, 0, row, { value: paperName(row, locale) });
  const code = table.codeHeader === null ? null : row.code;
  out.write(at, 1, row, { value: code, style: codeStyle(row) });
  out.write(at, 2, row, out.sum([placeOf(left, line)], spent));
  const off = partsOf(table).map((keys, index) => {
    const sum = keys.reduce((all, key) => all + fenOf(table, row, key), 0n);
    const column = 3 + 2 * index;
    const places = keys.map((key) => placeOf(key, line));
    out.write(at, column, row, out.sum(places, sum));
    out.write(at, column + 1, row, out.difference(at, [2, column], spent - sum));
    return { column: column + 1, holds: spent === sum };
  });
  if (off.length === 0) return;
  const holds = off.every((one) => one.holds);
  const result = resultAt(table);
  out.write(at, result, row, out.verdict(at, off.map(({ column }) => column), holds)); // prettier-ignore
}

const partsOf = (table: PaperTable): (readonly string[])[] =>
  table.checks.flatMap(({ right }) => ("keys" in right ? [right.keys] : []));

/** What the parts are held against. */
const leftOf = (table: PaperTable) =>
  table.columns.find(({ key }) => key === table.checks[0]?.left);

const resultAt = (table: PaperTable): number => 3 + 2 * Math.max(1, partsOf(table).length);

/** The total against what the ledger and the allotments come to without the lines. */
function layWhole(
  table: PaperTable,
  { check, fen, at }: { check: SummaryCheck; fen: bigint; at: number },
  out: Writer,
  { unit, placeOf }: Checking,
): void {
  const found = fenOf(table, table.rows[0], check.left);
  const result = resultAt(table);
  out.write(at, 0, PLAIN, { value: check.formula });
  for (let column = 1; column < result; column++) out.write(at, column, PLAIN, { value: null });
  out.write(at, 2, PLAIN, out.sum([placeOf(check.left, 0)], found));
  out.write(at, 3, PLAIN, { value: cellNumber(fen, unit) });
  out.write(at, 4, PLAIN, out.difference(at, [2, 3], found - fen));
  out.write(at, result, PLAIN, out.verdict(at, [4], found === fen));
}

/** Every line is checked, by formulas that fail where somebody types over a figure or the lines lose one. */
export function checkSheet(table: PaperTable, asked: Checking): WriteSheet {
  const w = summaryWords(asked.locale);
  const grid: Grid = { cells: new Map(), merges: [] };
  const parted = table.checks.filter(({ right }) => "keys" in right);
  const headings = [
    ...[table.nameHeader, table.codeHeader ?? "", leftOf(table)?.path.at(-1) ?? ""],
    ...parted.flatMap((check) => [check.formula, w.difference]),
    ...(parted.length === 0 ? [w.ledgerTotal, w.difference] : []),
    w.result,
  ];
  const width = headings.length;
  span(grid, 0, 0, 1, width, { value: `${table.title}　${w.checkSheet}`, style: STYLE.title });
  span(grid, 1, 0, 1, width, { value: w.unit(asked.unit), style: STYLE.lineRight });
  headings.forEach((value, at) => put(grid, 2, at, { value, style: STYLE.header }));
  const out = writer(grid, asked);
  table.rows.forEach((_, line) => layLine(table, line, out, asked));
  let last = HEAD + table.rows.length;
  for (const check of table.checks)
    if ("fen" in check.right)
      layWhole(table, { check, fen: BigInt(check.right.fen), at: last++ }, out, asked);
  return {
    name: w.checkSheet,
    rows: Array.from({ length: last }, () => []),
    cells: grid.cells,
    merges: grid.merges,
    columns: headings.map((_, at) => ({ width: at === 0 ? 34 : at === 1 ? 11 : 17 })),
    rowDefs: new Map([
      [0, { height: 26 }],
      [2, { height: 80 }],
    ]),
    freezePane: { rows: HEAD, columns: 2 },
    pageSetup: {
      ...PAPER,
      printTitlesRow: `$1:$${HEAD}`,
      printArea: `$A$1:$${sheetColumn(width - 1)}$${last}`,
    },
    headerFooter: { oddFooter: `&L${table.asOf}&R${w.page}` },
  };
}

type FilterWorded = Pick<Worded, "status" | "form" | "amountKind"> & {
  axis: Record<"year" | "month", string>;
  noCampaign: string;
  named: Record<"yes" | "no", string>;
};

/** The filter in words: what stands above the rows and in the audit entry. */
export function filterWords(
  filter: LedgerFilter,
  reference: Reference,
  labels: FilterWorded,
  locale: Locale,
): string {
  const w = summaryWords(locale);
  const ledger = ledgerWords(locale);
  const names = namesOf(reference, locale);
  const range = (what: "paidOn" | "amount", from: string | undefined, to: string | undefined) =>
    from === undefined && to === undefined ? "" : ledger.range(ledger.columns[what], from, to);
  const yuan = (fen: string | undefined) => (fen === undefined ? fen : plainYuan(BigInt(fen)));
  const month = (one: number) => (one === 0 ? ledger.monthUnknown : `${labels.axis.month} ${one}`);
  const list = (codes: string[] | undefined, name: (code: string) => string) =>
    (codes ?? []).map(name).join(w.listSeparator);
  const parts = [
    filter.year === undefined
      ? ""
      : filter.yearAxis === "statistics"
        ? yearTitle(locale, filter.yearAxis, filter.year)
        : `${labels.axis.year} ${filter.year}`,
    list(codesOf(filter.org), (code) => ledger.subtree(names.organisation(code))),
    list(codesOf(filter.organisation), (code) => w.own(names.organisation(code))),
    list(codesOf(filter.prefecture), names.organisation),
    list(filter.programme, names.programme),
    list(filter.aidCategory, names.aidCategory),
    list(filter.recipientKind, names.recipientKind),
    list(filter.campaign, campaignWords(names, labels.noCampaign)),
    list(filter.fundSource, names.fundSource),
    list(filter.form, (form) => labels.form[form as keyof typeof labels.form]),
    filter.month === undefined ? "" : month(filter.month),
    list(filter.status, (status) => labels.status[status as keyof typeof labels.status]),
    list(filter.amountKind, (kind) => labels.amountKind[kind as keyof typeof labels.amountKind]),
    filter.named === undefined ? "" : labels.named[filter.named],
    range("paidOn", filter.paidFrom, filter.paidTo),
    range("amount", yuan(filter.amountFrom), yuan(filter.amountTo)),
    filter.corrects === undefined ? "" : ledger.corrects(filter.corrects),
    filter.q ? ledger.contains(filter.q) : "",
    filter.only ? ledger.onlyCounted : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? ledger.everything : parts.join(locale === "en" ? "; " : "；");
}
