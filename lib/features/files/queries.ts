import { figuresOf } from "@/lib/features/figures/queries";
import { codesOf, onePlace } from "@/lib/features/filter/address";
import { resolveFilter } from "@/lib/features/filter/queries";
import { campaignWords } from "@/lib/features/filter/present";
import { ledgerConditions, ledgerOrder } from "@/lib/features/ledger/queries";
import { findRecords } from "@/lib/features/search/queries";
import type { LedgerFilter } from "@/lib/features/ledger/schema";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { beijingStamp, summaryTable } from "@/lib/features/summary/present";
import { getYearSummary } from "@/lib/features/summary/queries";
import type { Actor } from "@/lib/kernel/actor";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { CSV, csvLine, csvText } from "@/lib/kernel/csv";
import { eachCount } from "@/lib/kernel/counts";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import { columnName, eachText, TEXT_NAMES } from "@/lib/kernel/record-fields";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { cellSql, placedRow, SHEET_ROWS, wordCellSql } from "@/lib/platform/sheet-cells";
import { byteStream, encodedLines, textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { longWorkbook } from "@/lib/platform/workbook";
import "server-only";
import {
  cellNames,
  homeOf,
  ledgerHead,
  placeInName,
  summaryLines,
  type CellNames,
  type LedgerCell,
} from "./present";
import {
  columnWords,
  DAYS,
  formatOf,
  LEDGER_COLUMNS,
  ledgerWords,
  MOMENTS,
  WIDE,
  type LedgerColumn,
} from "./labels";
import { cellNumber, plainYuan } from "./rules";
import { summarySheets } from "./paper";

type Asking = { db: Reader; scope: Scope; actor: Actor; locale: Locale; now: Date };
export type ExportFile = {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  record: ExportRecord;
};

/** 年度汇总表 as a file: the table the screen shows, in the unit asked for. */
export async function getYearSummaryFile(
  input: Asking & {
    query: { year: number; org?: string | undefined; format: FileFormat; unit: MoneyUnit };
  },
): Promise<ExportFile> {
  const { db, scope, locale, now, query } = input;
  const { format, unit } = query;
  const summary = await getYearSummary({
    db,
    scope,
    year: query.year,
    org: query.org,
    today: civilDateInChina(now),
  });
  const countNames = labelsOf(locale).countName;
  const checkpoint = await latestCheckpoint(db);
  const plain = summaryTable(summary, { locale, unit, countNames });
  const table = checkpoint
    ? { ...plain, notes: [...plain.notes, checkpointLine(checkpoint, locale)] }
    : plain;
  const w = summaryWords(locale);
  const place = placeInName(summary.root, locale);
  const name = `${w.product}_${w.fileTitle(summary.year)}_${place}_${w.unitName[unit]}.${format}`;
  const printing = { locale, unit };
  const body =
    format === "xlsx"
      ? await workbookFile(summarySheets(table, printing), { title: table.title, created: now })
      : textFile(summaryLines(table, printing).map(csvLine));
  const total = summary.lines[0]?.figures.spent;
  return {
    name,
    type: FILE_TYPES[format],
    body,
    record: {
      name,
      organisationId: summary.root.id,
      body: {
        kind: "year-summary",
        year: summary.year,
        org: summary.root.code,
        format,
        unit,
        records: total?.records ?? 0,
        amountFen: (total?.amountFen ?? 0n).toString(),
        asOf: summary.asOf,
      },
    },
  };
}

/** Out of our own lists, never of what anybody typed. */
const columnOf = (name: string): Sql => sql([`d.${columnName(name)}`]);

/** Every share with its amount, in the sources' own order. */
function sharesIn(reference: Reference, locale: Locale): Sql {
  const ids = reference.fundSources.map((source) => source.id);
  const names = reference.fundSources.map((source) => nameOf(source, locale));
  return sql`coalesce((SELECT string_agg(
      (${names}::text[])[array_position(${ids}::int[], s.fund_source_id)] || ' '
        || coalesce((s.amount_fen * 0.01)::text, ${KNOWN_WORDS[locale].unvalued}),
      ${locale === "en" ? "; " : "；"} ORDER BY array_position(${ids}::int[], s.fund_source_id))
    FROM disbursement_shares s WHERE s.disbursement_id = d.id), '')`;
}

const referenceOf = (codes: string, record: Sql): Sql =>
  sql`concat(${codes}::jsonb ->> ${record}.organisation_id::text, '-', ${record}.fiscal_year,
      '-', lpad(${record}.id::text, greatest(6, length(${record}.id::text)), '0'))`;

const actorsOf = (action: "SUBMIT" | "APPROVE", locale: Locale): Sql =>
  sql`(SELECT string_agg(${sql([locale === "en" ? "u.name_en" : "u.name_zh"])}, ${locale === "en" ? "; " : "；"} ORDER BY s.id)
    FROM approval_steps s JOIN users u ON u.id = s.actor_id
    WHERE s.disbursement_id = d.id AND s.action = ${action} AND s.round = (
      SELECT max(last.round) FROM approval_steps last WHERE last.disbursement_id = d.id))`;

const momentOf = (column: Sql): Sql =>
  sql`to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`;

/** What stands in each column, over `d`: money in yuan, and what has a name (cellNames) as it is stored. */
function valuesOf(reference: Reference, locale: Locale): Record<LedgerColumn, Sql> {
  const codes = Object.fromEntries(reference.organisations.map((o) => [o.id, o.code]));
  return {
    reference: referenceOf(JSON.stringify(codes), sql`d`),
    status: columnOf("status"),
    entryKind: columnOf("entryKind"),
    organisationCode: columnOf("organisationId"),
    organisation: columnOf("organisationId"),
    programme: columnOf("programmeId"),
    campaign: columnOf("campaignId"),
    aidCategory: columnOf("aidCategoryId"),
    recipientKind: columnOf("recipientKindId"),
    form: columnOf("form"),
    fiscalYear: columnOf("fiscalYear"),
    month: columnOf("month"),
    paidOn: sql`d.paid_on::text`,
    periodFrom: sql`d.period_from::text`,
    periodTo: sql`d.period_to::text`,
    amount: sql`(d.amount_fen * 0.01)::text`,
    amountKind: columnOf("amountKind"),
    ...eachText(columnOf),
    ...eachCount(columnOf),
    shares: sharesIn(reference, locale),
    origin: columnOf("origin"),
    original: sql`CASE WHEN d.entry_kind <> 'ORIGINAL' THEN (
      SELECT ${referenceOf(JSON.stringify(codes), sql`o`)} FROM adjustments a JOIN disbursements o ON o.id = a.original_id
      WHERE d.id IN (a.reversal_id, a.replacement_id)) END`,
    submittedBy: actorsOf("SUBMIT", locale),
    submittedAt: momentOf(sql`d.submitted_at`),
    approvedBy: actorsOf("APPROVE", locale),
    approvedAt: momentOf(sql`d.approved_at`),
  };
}

const named = (column: LedgerColumn): Sql => sql([`v."${column}"`]);
const WRITTEN = new Set<LedgerColumn>([
  "reference",
  "shares",
  "original",
  "submittedBy",
  "approvedBy",
  ...TEXT_NAMES,
]);

/** csvText of a column, by the database: 100,000 rows of text leave Node free for everybody else. */
function csvCell(column: LedgerColumn, names: Record<string, string> | undefined): Sql {
  const value = named(column);
  if (names) {
    const cells = Object.entries(names).map(([stored, name]) => [stored, csvText(name)]);
    return sql`coalesce(${JSON.stringify(Object.fromEntries(cells))}::jsonb ->> ${value}::text, ${value}::text)`;
  }
  if (!WRITTEN.has(column)) return value;
  const safe = sql`CASE WHEN ${value} ~ ${CSV.formula} AND ${value} !~ ${CSV.plainNumber}
    THEN chr(39) || ${value} ELSE ${value} END`;
  return sql`CASE WHEN ${value} !~ ${`${CSV.formula}|${CSV.quoted}`} THEN ${value}
    WHEN ${value} ~ ${CSV.quoted} THEN '"' || replace(${safe}, '"', '""') || '"' ELSE ${safe} END`;
}

function csvRows(rows: Sql, names: CellNames): Sql {
  const line = `${LEDGER_COLUMNS.map(() => "%s").join(",")}\r\n`;
  const cells = LEDGER_COLUMNS.map((column) => csvCell(column, names[column]));
  return sql`SELECT format(${line}, ${joinSql(cells)}) AS line FROM (${rows}) v`;
}

const dayNumber = (text: Sql): Sql => sql`(${text}::date - date '1899-12-30')::text`;
const momentNumber = (text: Sql): Sql =>
  sql`(extract(epoch FROM ${text}::timestamp - timestamp '1899-12-30') / 86400)::numeric(14, 8)::text`;

/** What cells say again and again, once. */
const wordsOf = (names: CellNames): string[] => [
  ...new Set(LEDGER_COLUMNS.flatMap((column) => Object.values(names[column] ?? {}))),
];

function sheetCell(column: LedgerColumn, at: number, words: Map<string, number>, names: CellNames) {
  const value = sql`${named(column)}::text`;
  const row = sql`v.row`;
  const own = names[column];
  if (own) {
    const numbers = Object.entries(own).map(([stored, name]) => [stored, words.get(name)]);
    const number = sql`(${JSON.stringify(Object.fromEntries(numbers))}::jsonb ->> ${value})`;
    return sql`coalesce(${wordCellSql(number, at, row)}, ${cellSql("number", value, at, row)})`;
  }
  if (WRITTEN.has(column)) return cellSql("text", value, at, row);
  if (DAYS.has(column)) return cellSql("number", dayNumber(value), at, row);
  return cellSql("number", MOMENTS.has(column) ? momentNumber(value) : value, at, row);
}

/** The rows of the sheet as XML, by the database like those of csv. */
function sheetRows(
  rows: Sql,
  {
    names,
    words,
    head,
    maxRows,
  }: { names: CellNames; words: string[]; head: number; maxRows: number },
): Sql {
  const line = `<row r="%s">${LEDGER_COLUMNS.map(() => "%s").join("")}</row>`;
  const places = new Map(words.map((word, at) => [word, at]));
  const cells = LEDGER_COLUMNS.map((column, at) => sheetCell(column, at, places, names));
  const n = sql`row_number() OVER () - 1`;
  return sql`SELECT format(${line}, v.row, ${joinSql(cells)}) AS line
    FROM (SELECT ${placedRow(sql`w.n`, head, maxRows)} AS row, w.* FROM (SELECT ${n} AS n, r.* FROM (${rows}) r) w) v`;
}

/**
 * The rows of one SELECT, a slice at a time out of the one snapshot. The next slice is on its way while
 * this one is written.
 */
async function* slicesOf(db: Reader, rows: Sql, many: number): AsyncGenerator<string[]> {
  // every row will be read, so the fastest plan is the one that ends first
  await db.rows(sql`SELECT set_config('cursor_tuple_fraction', '1', true)`);
  await db.rows(sql`DECLARE ledger_file NO SCROLL CURSOR FOR ${rows}`);
  const next = () => db.rows<{ line: string }>(sql`FETCH ${sql([String(many)])} FROM ledger_file`);
  let coming = next();
  for (;;) {
    const slice = await coming;
    if (slice.length === 0) return;
    coming = next();
    // where the reader leaves before it arrives nobody awaits it
    coming.catch(() => undefined);
    yield slice.map(({ line }) => line);
  }
}

/** The filter in words: what stands above the rows and in the audit entry. */
function filterWords(filter: LedgerFilter, reference: Reference, locale: Locale): string {
  const w = summaryWords(locale);
  const ledger = ledgerWords(locale);
  const labels = labelsOf(locale);
  const names = namesOf(reference, locale);
  const range = (what: "paidOn" | "amount", from: string | undefined, to: string | undefined) =>
    from === undefined && to === undefined ? "" : ledger.range(ledger.columns[what], from, to);
  const yuan = (fen: string | undefined) => (fen === undefined ? fen : plainYuan(BigInt(fen)));
  const month = (one: number) => (one === 0 ? ledger.monthUnknown : `${labels.axis.month} ${one}`);
  const list = (codes: string[] | undefined, name: (code: string) => string) =>
    (codes ?? []).map(name).join(w.listSeparator);
  const parts = [
    filter.year === undefined ? "" : `${labels.axis.year} ${filter.year}`,
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
    range("paidOn", filter.paidFrom, filter.paidTo),
    range("amount", yuan(filter.amountFrom), yuan(filter.amountTo)),
    filter.q ? ledger.contains(filter.q) : "",
    filter.only ? ledger.onlyCounted : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? ledger.everything : parts.join(locale === "en" ? "; " : "；");
}

async function* csvParts(
  head: LedgerCell[][],
  slices: AsyncIterable<string[]>,
): AsyncGenerator<string> {
  const toText = (cell: LedgerCell) => (typeof cell === "bigint" ? plainYuan(cell) : cell);
  for (const cells of head) yield csvLine(cells.map(toText));
  for await (const lines of slices) yield lines.join("");
}

type FileAsked = {
  db: Reader;
  locale: Locale;
  format: FileFormat;
  sheetRows: number | undefined;
};

/** Looked up rather than joined: a join would take the rows out of their index's order. */
const CODE = sql`(SELECT o.code FROM organisations o WHERE o.id = d.organisation_id)`;
/** Every row of the filter in the order asked for. */
function ledgerBody(
  { db, locale, format, sheetRows: maxRows = SHEET_ROWS }: FileAsked,
  {
    head,
    where,
    order,
    reference,
  }: { head: LedgerCell[][]; where: Sql; order: Sql; reference: Reference },
) {
  const names = cellNames(reference, labelsOf(locale), locale);
  const values = valuesOf(reference, locale);
  const rows = sql`SELECT ${joinSql(LEDGER_COLUMNS.map((column) => sql`${values[column]} AS ${sql([`"${column}"`])}`))}
    FROM disbursements d WHERE ${where} ORDER BY ${order}`;
  if (format === "csv")
    return byteStream(encodedLines(csvParts(head, slicesOf(db, csvRows(rows, names), 1_000))));
  const words = wordsOf(names);
  const toNumber = (cell: LedgerCell) =>
    typeof cell === "bigint" ? cellNumber(cell, "yuan") : cell;
  const written = sheetRows(rows, { names, words, head: head.length, maxRows });
  return byteStream(
    longWorkbook({
      name: ledgerWords(locale).title,
      columns: LEDGER_COLUMNS.map((column) => ({
        width: WIDE.has(column) ? 24 : 12,
        ...formatOf(column),
      })),
      words,
      head: head.map((cells) => cells.map(toNumber)),
      rows: slicesOf(db, written, 500),
      maxRows,
    }),
  );
}

/** The ledger as a file: every record of exactly this filter, totals and what they leave out above them. */
export async function getLedgerFile(
  input: Asking & { query: LedgerFilter & { format: FileFormat }; sheetRows?: number },
): Promise<ExportFile> {
  const { db, scope, actor, locale, query, sheetRows } = input;
  const { format, q, only, sort, ...filter } = query;
  // a slow line may take long over one batch; the snapshot waits two minutes for it
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '120000', true)`);
  const reference = await getReference({ db });
  const resolved = await resolveFilter({ db, scope, filter });
  const search = await findRecords(db, { q, resolved });
  const set = { resolved, groupBy: [], ...search?.set };
  const [figures] = await figuresOf(db, [set]);
  const words = filterWords({ ...filter, q, only }, reference, locale);
  const { product } = summaryWords(locale);
  const stamp = beijingStamp(figures.asOf);
  const name = `${product}_${ledgerWords(locale).title}_${stamp.replace(/[-: ]/g, "")}.${format}`;
  const head = ledgerHead({
    filter: words,
    figures,
    locale,
    approvedOnly: !filter.status?.length,
    columns: columnWords(locale, labelsOf(locale)),
    checkpoint: await latestCheckpoint(db),
  });
  const where = ledgerConditions(resolved, search, only);
  return {
    name,
    type: FILE_TYPES[format],
    body: ledgerBody(
      { db, locale, format, sheetRows },
      { head, where, order: ledgerOrder(sort, CODE), reference },
    ),
    record: {
      name,
      organisationId: homeOf(
        actor,
        reference,
        onePlace({ ...filter, prefecture: undefined }) ?? undefined,
      ),
      body: {
        kind: "ledger",
        format,
        filter: words,
        records: figures.totals.records,
        amountFen: figures.totals.amountFen,
        asOf: figures.asOf,
      },
    },
  };
}
