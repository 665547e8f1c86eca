import { mapColumns, type MapColumn } from "@/lib/features/export-maps/rules";
import { sourceOf } from "@/lib/features/rows/labels";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { Locale } from "@/lib/kernel/preferences";
import { eachText, OWN_TEXTS, TEXT_NAMES, type TextField } from "@/lib/kernel/record-fields";

/** Before and after the sources, which are as many as one record of the file has at most. */
const BEFORE_SOURCES = [
  "reference",
  "status",
  "entryKind",
  "organisationCode",
  "organisation",
  "programme",
  "campaign",
  "aidCategory",
  "recipientKind",
  "form",
  "fiscalYear",
  "month",
  "paidOn",
  "periodFrom",
  "periodTo",
  "amount",
  "amountFen",
  "amountKind",
  "amountWording",
  ...COUNT_UNITS,
] as const;
const AFTER_SOURCES = [
  ...OWN_TEXTS,
  "origin",
  "original",
  "submittedBy",
  "submittedAt",
  "approvedBy",
  "approvedAt",
] as const;
type SourceColumn = `source${number}` | `share${number}`;
type PlainColumn = (typeof BEFORE_SOURCES)[number] | (typeof AFTER_SOURCES)[number];
type OwnColumn = Exclude<PlainColumn, CountUnit | TextField>;
/** Of tables of others alone: numbered rows, 万元, the rate basis, columns that somebody fills in by hand. */
type MappedColumn =
  "number" | "amountWan" | "rateUnit" | "rateCount" | "rateTimes" | "rateNote" | `blank${number}`;
export type LedgerColumn = PlainColumn | SourceColumn | MappedColumn;

/**
 * The columns of the ledger as a file, in their order. In csv the amount stands a second time as whole fen, or empty:
 * a program reads that; what a person reads says in words why there is none. A workbook's cell is a number or a word.
 */
export function ledgerColumns(format: FileFormat, sources: number): LedgerColumn[] {
  const pairs = Array.from({ length: Math.max(1, sources) }, (_, at): SourceColumn[] => [
    `source${at + 1}`,
    `share${at + 1}`,
  ]);
  const all: LedgerColumn[] = [...BEFORE_SOURCES, ...pairs.flat(), ...AFTER_SOURCES];
  return format === "csv" ? all : all.filter((column) => column !== "amountFen");
}

/** Which source of a record a column is of, from 1. */
export function sourceNumber(column: LedgerColumn): number | undefined {
  const found = /^(?:source|share)([1-9][0-9]*)$/.exec(column)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Of what is looked up beside a record, the part a column shows. */
export function lookedUp(column: LedgerColumn): string | undefined {
  const number = sourceNumber(column);
  if (number !== undefined) return `sources[${number}][${column.startsWith("source") ? 1 : 2}]`;
  const person = ["submittedBy", "approvedBy"].indexOf(column) + 1;
  return person > 0 ? `people[${person}]` : undefined;
}

/** What somebody wrote. */
export const WRITTEN = new Set<LedgerColumn>([
  "submittedBy",
  "approvedBy",
  "rateNote",
  ...TEXT_NAMES,
]);

/** In csv as text; in a workbook the number of the day, or of the moment, which the column's format writes out. */
export const DAYS = new Set<LedgerColumn>(["paidOn", "periodFrom", "periodTo"]);
export const MOMENTS = new Set<LedgerColumn>(["submittedAt", "approvedAt"]);
/** Money in yuan, or a word. */
export const isMoney = (column: LedgerColumn): boolean =>
  column === "amount" || column === "amountWan" || column.startsWith("share");
/** Made of digits and our own codes: nothing in them has to be escaped. */
export const CODES = new Set<LedgerColumn>(["reference", "organisationCode", "original"]);
const WIDE = new Set<LedgerColumn>([
  "reference",
  "organisation",
  "programme",
  "original",
  ...OWN_TEXTS,
]);

/** In a workbook. */
export function shapeOf(column: LedgerColumn): { width: number; format?: string } {
  const width = WIDE.has(column) ? 24 : MOMENTS.has(column) ? 16 : 12;
  if (CODES.has(column)) return { width, format: "@" };
  if (DAYS.has(column)) return { width, format: "yyyy-mm-dd" };
  if (MOMENTS.has(column)) return { width, format: "yyyy-mm-dd hh:mm" };
  if (column === "amountWan") return { width: 14, format: "#,##0.00####" };
  return isMoney(column) || column === "rateUnit" ? { width: 14, format: "#,##0.00" } : { width };
}

/** The words of the ledger as a file. */
type LedgerWords = {
  title: string;
  filter: string;
  everything: string;
  subtree: (place: string) => string;
  unitYuan: string;
  totalRecords: (approvedOnly: boolean) => string;
  totalAmount: (approvedOnly: boolean) => string;
  leftOut: string;
  asOf: string;
  everyStatus: string;
  contains: (words: string) => string;
  monthUnknown: string;
  onlyCounted: string;
  corrects: (year: "earlier" | number) => string;
  range: (what: string, from: string | undefined, to: string | undefined) => string;
  columns: Record<OwnColumn, string>;
  /** The names an import reads, too. */
  source: (number: number) => string;
  share: (number: number) => string;
};

const zh: LedgerWords = {
  title: "发放台账",
  filter: "筛选条件",
  everything: "全部",
  subtree: (place) => `${place}及所属`,
  unitYuan: "金额单位：元",
  totalRecords: (approvedOnly) => (approvedOnly ? "合计笔数（已审核）" : "合计笔数（所选状态）"),
  totalAmount: (approvedOnly) => (approvedOnly ? "合计金额（已审核）" : "合计金额（所选状态）"),
  leftOut: "合计未含",
  asOf: "数据截至",
  everyStatus: "下面逐笔列出符合条件的全部记录；合计只计已审核的记录。",
  contains: (words) => `含有“${words}”`,
  monthUnknown: "月份不详",
  onlyCounted: "只列计入合计的记录",
  corrects: (year) =>
    year === "earlier" ? "对以前年度的更正" : `对 ${year} 年度记录的更正（计入以后年度）`,
  range: (what, from, to) =>
    to === undefined
      ? `${what} ${from} 起`
      : `${what} ${from === undefined ? "" : `${from} `}至 ${to}`,
  columns: {
    reference: "编号",
    status: "状态",
    entryKind: "记录类型",
    organisationCode: "单位代码",
    organisation: "发放单位",
    programme: "项目",
    campaign: "活动批次",
    aidCategory: "救助类别",
    recipientKind: "对象类别",
    form: "形式",
    fiscalYear: "年度",
    month: "月份",
    paidOn: "发放日期",
    periodFrom: "期间起",
    periodTo: "期间止",
    amount: "金额（元）",
    amountFen: "金额（分）",
    amountKind: "金额性质",
    origin: "数据来源",
    original: "原记录编号",
    submittedBy: "上报人",
    submittedAt: "上报时间",
    approvedBy: "审核人",
    approvedAt: "审核时间",
  },
  source: (number) => `资金来源${number === 1 ? "" : number}`,
  share: (number) => `金额${number}（元）`,
};

const en: LedgerWords = {
  title: "Ledger of disbursements",
  filter: "Filter",
  everything: "everything",
  subtree: (place) => `${place} and below`,
  unitYuan: "Amounts in yuan",
  totalRecords: (approvedOnly) =>
    approvedOnly ? "Records in total (approved)" : "Records in total (statuses asked for)",
  totalAmount: (approvedOnly) =>
    approvedOnly ? "Amount in total (approved)" : "Amount in total (statuses asked for)",
  leftOut: "Not in the total",
  asOf: "As of",
  everyStatus:
    "Every record of the filter is listed below, whatever its status; the total counts approved records only.",
  contains: (words) => `containing “${words}”`,
  monthUnknown: "month unknown",
  onlyCounted: "only records that the total counts",
  corrects: (year) =>
    year === "earlier"
      ? "corrections of earlier years"
      : `corrections of records of ${year} (counted in later years)`,
  range: (what, from, to) =>
    `${what}${from === undefined ? "" : ` from ${from}`}${to === undefined ? "" : ` to ${to}`}`,
  columns: {
    reference: "Reference",
    status: "Status",
    entryKind: "Entry",
    organisationCode: "Union code",
    organisation: "Paying union",
    programme: "Programme",
    campaign: "Campaign",
    aidCategory: "Aid category",
    recipientKind: "Recipients",
    form: "Form",
    fiscalYear: "Year",
    month: "Month",
    paidOn: "Paid on",
    periodFrom: "Period from",
    periodTo: "Period to",
    amount: "Amount (yuan)",
    amountFen: "Amount (fen)",
    amountKind: "Amount is",
    origin: "Origin",
    original: "Original record",
    submittedBy: "Submitted by",
    submittedAt: "Submitted at",
    approvedBy: "Approved by",
    approvedAt: "Approved at",
  },
  source: (number) => `Fund source${number === 1 ? "" : ` ${number}`}`,
  share: (number) => `Amount ${number} (yuan)`,
};

export function ledgerWords(locale: Locale): LedgerWords {
  return locale === "en" ? en : zh;
}

/** The heading of a column; counts and texts are called as everywhere. */
export function columnWord(
  column: LedgerColumn,
  locale: Locale,
  named: { countName: Record<CountUnit, string>; field: Record<TextField, string> },
): string {
  const { source, share, columns } = ledgerWords(locale);
  const number = sourceNumber(column);
  if (number !== undefined) return column.startsWith("source") ? source(number) : share(number);
  // of the fields only what has no word of its own here: 金额 alone would call whole fen yuan
  const texts = eachText((name) => named.field[name]);
  const plain: Record<PlainColumn, string> = { ...columns, ...named.countName, ...texts };
  return plain[column as PlainColumn];
}

/**
 * The columns under the heads of a table of others. Where a record has more sources than the table, columns of
 * them follow its last: none is left out.
 */
function mappedColumns(
  headings: readonly string[],
  sources: number,
  locale: Locale,
): { columns: LedgerColumn[]; headings: string[] } {
  const all = mapColumns(headings).map(({ heading, under, wan }, at) => ({
    heading,
    column: fileColumn(under, wan, at),
  }));
  const has = new Set(all.map(({ column }) => column));
  const words = ledgerWords(locale);
  const missing = Array.from({ length: sources > 1 ? sources : 0 }, (_, at) => at + 1).flatMap(
    (number) => [
      { column: `source${number}` as const, heading: words.source(number) },
      { column: `share${number}` as const, heading: words.share(number) },
    ],
  );
  const last = all.map(({ column }) => sourceNumber(column) !== undefined).lastIndexOf(true);
  all.splice(
    last < 0 ? all.length : last + 1,
    0,
    ...missing.filter(({ column }) => !has.has(column)),
  );
  return { columns: all.map(({ column }) => column), headings: all.map(({ heading }) => heading) };
}

function fileColumn(under: MapColumn["under"], wan: boolean, at: number): LedgerColumn {
  if (under === null || under === "cash" || under === "goods" || under === "counts")
    return `blank${at}`;
  if (under === "amount") return wan ? "amountWan" : "amount";
  if (under === "number" || under === "reference") return under;
  const of = sourceOf(under);
  if (of) return of.part === "source" ? `source${of.number}` : `share${of.number}`;
  return under as Exclude<typeof under, `fundSource${number}` | `shareAmount${number}`>;
}

/** The columns of a file with their heads: all there are, or those of a table of others. */
export function fileColumns(
  map: { headings: readonly string[] } | undefined,
  {
    format,
    sources,
    locale,
    labels,
  }: {
    format: FileFormat;
    sources: number;
    locale: Locale;
    labels: Parameters<typeof columnWord>[2];
  },
): { columns: LedgerColumn[]; headings: string[] } {
  if (map) return mappedColumns(map.headings, sources, locale);
  const columns = ledgerColumns(format, sources);
  return { columns, headings: columns.map((column) => columnWord(column, locale, labels)) };
}
