import { mapInUse } from "@/lib/features/export-maps/queries";
import { figuresOf } from "@/lib/features/figures/queries";
import { leftOutThen } from "@/lib/features/figures/rules";
import { onePlace } from "@/lib/features/filter/address";
import { resolveStamped } from "@/lib/features/filter/queries";
import { ledgerConditions, ledgerOrder, mostSources } from "@/lib/features/ledger/queries";
import { findRecords } from "@/lib/features/search/queries";
import type { LedgerFilter } from "@/lib/features/ledger/schema";
import { nameOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { beijingStamp, summaryTable, summaryYearInName } from "@/lib/features/summary/present";
import { getYearSummary } from "@/lib/features/summary/queries";
import type { SummaryAsked } from "@/lib/features/summary/types";
import type { Actor } from "@/lib/kernel/actor";
import { checkpointLine, type Checkpoint } from "@/lib/kernel/checkpoint";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { csvLine } from "@/lib/kernel/csv";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import { columnName } from "@/lib/kernel/record-fields";
import type { Stamp } from "@/lib/kernel/position";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { cardSayings } from "@/lib/platform/card-words";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import {
  cellSql,
  dayNumberSql,
  momentNumberSql,
  placedRow,
  SHEET_ROWS,
  wordCellSql,
} from "@/lib/platform/sheet-cells";
import { namedCsvSql, textCsvSql } from "@/lib/platform/csv-cells";
import { byteStream, encodedLines, textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { voucherNumber } from "@/lib/platform/voucher-sql";
import { labelsOf } from "@/lib/platform/words";
import { longWorkbook } from "@/lib/platform/workbook";
import "server-only";
import {
  cellNames,
  filterWords,
  homeOf,
  ledgerFileName,
  ledgerHead,
  placeInName,
  summaryLines,
  wordsOf,
  type CellNames,
  type LedgerCell,
} from "./present";
import {
  CODES,
  DAYS,
  fileColumns,
  isMoney,
  ledgerWords,
  lookedUp,
  MOMENTS,
  shapeOf,
  WRITTEN,
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
    query: SummaryAsked & Stamp;
  },
): Promise<ExportFile> {
  const { db, scope, locale, now, query } = input;
  const { format, unit } = query;
  const summary = await getYearSummary({
    db,
    scope,
    year: query.year,
    yearAxis: query.yearAxis === "statistics" ? query.yearAxis : undefined,
    org: query.org,
    today: civilDateInChina(now),
    stamp: { asOf: query.asOf, seq: query.seq },
  });
  const checkpoint = await latestCheckpoint(db, summary.seq);
  const plain = summaryTable(summary, { locale, unit, ...cardSayings(locale) });
  const table = checkpoint
    ? { ...plain, notes: [...plain.notes, checkpointLine(checkpoint, locale)] }
    : plain;
  const w = summaryWords(locale);
  const place = placeInName(summary.root, locale);
  const name = `${w.product}_${w.fileTitle(summaryYearInName(locale, summary))}_${place}_${w.unitName[unit]}.${format}`;
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
        ...(summary.yearAxis && { yearAxis: summary.yearAxis }),
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

const isBlank = (column: LedgerColumn): boolean => column.startsWith("blank");
/** Out of our own lists, never of what anybody typed. */
const columnOf = (name: string): Sql => sql([`d.${columnName(name)}`]);

const referenceOf = (codes: string, record: Sql): Sql =>
  voucherNumber(sql`${codes}::jsonb ->> ${record}.organisation_id::text`, record);

const momentOf = (column: Sql): Sql =>
  sql`left((${column} AT TIME ZONE 'Asia/Shanghai')::text, 16)`;

/** Yuan where nothing else is asked for, or the word that stands in its place. */
function moneyOf(locale: Locale, amount = sql`(d.amount_fen * 0.01)`): Sql {
  const { unknown, unvalued, none } = KNOWN_WORDS[locale];
  return sql`coalesce(${amount}::text,
    CASE d.amount_kind WHEN 'UNVALUED' THEN ${unvalued} WHEN 'NONE' THEN ${none} ELSE ${unknown} END)`;
}

/** Every source of a record with its amount, in the sources' own order: [[id, yuan], …]. */
function sourcesOf(reference: Reference, locale: Locale): Sql {
  const ids = reference.fundSources.map((source) => source.id);
  return sql`(SELECT array_agg(
      ARRAY[s.fund_source_id::text, coalesce((s.amount_fen * 0.01)::text, ${KNOWN_WORDS[locale].unvalued})]
      ORDER BY array_position(${ids}::int[], s.fund_source_id))
    FROM disbursement_shares s WHERE s.disbursement_id = d.id)`;
}

/** Whose steps the last round of a record has: who submitted it, who approved it. Names are read once a file. */
function peopleOf(locale: Locale): Sql {
  const separator = locale === "en" ? "; " : "；";
  const names = sql`(SELECT jsonb_object_agg(u.id, ${sql([locale === "en" ? "u.name_en" : "u.name_zh"])}) FROM users u)`;
  const actors = (action: string) =>
    sql`string_agg(${names} ->> s.actor_id::text, ${separator} ORDER BY s.id) FILTER (WHERE s.action = ${action})`;
  return sql`(SELECT ARRAY[${actors("SUBMIT")}, ${actors("APPROVE")}]
    FROM (SELECT s.*, max(s.round) OVER () AS last FROM approval_steps s WHERE s.disbursement_id = d.id) s
    WHERE s.round = s.last)`;
}

/**
 * The records of a file: what has a name (cellNames) as it is stored, money in yuan. Records are put in order as they
 * are stored, and what is looked up beside each is looked up as it is fetched, once: hence the two fences.
 */
function recordRows(
  columns: readonly LedgerColumn[],
  ordered: Sql,
  reference: Reference,
  locale: Locale,
): Sql {
  const codes = JSON.stringify(
    Object.fromEntries(reference.organisations.map((o) => [o.id, o.code])),
  );
  const special: Partial<Record<LedgerColumn, Sql>> = {
    reference: referenceOf(codes, sql`d`),
    organisationCode: columnOf("organisationId"),
    organisation: columnOf("organisationId"),
    programme: columnOf("programmeId"),
    campaign: columnOf("campaignId"),
    aidCategory: columnOf("aidCategoryId"),
    recipientKind: columnOf("recipientKindId"),
    paidOn: sql`d.paid_on::text`,
    periodFrom: sql`d.period_from::text`,
    periodTo: sql`d.period_to::text`,
    amount: moneyOf(locale),
    amountWan: moneyOf(locale, sql`trim_scale(d.amount_fen * 0.000001)`),
    rateUnit: sql`(d.rate_unit_fen * 0.01)`,
    number: sql`row_number() OVER ()`,
    original: sql`CASE WHEN d.entry_kind <> 'ORIGINAL' THEN (
      SELECT ${referenceOf(codes, sql`o`)} FROM adjustments a JOIN disbursements o ON o.id = a.original_id
      WHERE d.id IN (a.reversal_id, a.replacement_id)) END`,
    submittedAt: momentOf(sql`d.submitted_at`),
    approvedAt: momentOf(sql`d.approved_at`),
  };
  const values = columns
    .filter((column) => lookedUp(column) === undefined)
    .map(
      (column) =>
        sql`${special[column] ?? (isBlank(column) ? sql`NULL::text` : columnOf(column))} AS ${sql([`"${column}"`])}`,
    );
  return sql`SELECT ${joinSql(values)}, ${sourcesOf(reference, locale)} AS sources, ${peopleOf(locale)} AS people
    FROM (${ordered}) d OFFSET 0`;
}

const named = (column: LedgerColumn): Sql => sql([`v.${lookedUp(column) ?? `"${column}"`}`]);

/** csvText of a column, by the database: 100,000 rows of text leave Node free for everybody else. */
function csvCell(column: LedgerColumn, names: Record<string, string> | undefined): Sql {
  const value = named(column);
  if (isMoney(column)) return value;
  if (names) return namedCsvSql(value, names);
  return WRITTEN.has(column) ? textCsvSql(value) : value;
}

function csvRows(columns: readonly LedgerColumn[], rows: Sql, names: CellNames): Sql {
  const line = `${columns.map(() => "%s").join(",")}\r\n`;
  const cells = columns.map((column) => csvCell(column, names[column]));
  return sql`SELECT format(${line}, ${joinSql(cells)}) AS line FROM (${rows}) v`;
}

function sheetCell(column: LedgerColumn, at: number, words: Map<string, number>, names: CellNames) {
  const value = sql`${named(column)}::text`;
  const row = sql`v.row`;
  const own = names[column];
  if (own) {
    const numbers = Object.entries(own).map(([stored, name]) => [stored, words.get(name)]);
    const number = sql`(${JSON.stringify(Object.fromEntries(numbers))}::jsonb ->> ${value})`;
    return sql`coalesce(${wordCellSql(number, at, row)}, ${cellSql("number", value, at, row)})`;
  }
  if (WRITTEN.has(column) || CODES.has(column)) return cellSql("text", value, at, row);
  if (DAYS.has(column)) return cellSql("number", dayNumberSql(value), at, row);
  return cellSql("number", MOMENTS.has(column) ? momentNumberSql(value) : value, at, row);
}

type Sheet = { columns: readonly LedgerColumn[]; head: number; maxRows: number };

/** The rows of the sheet as XML, by the database like those of csv. */
function sheetRows(
  { columns, head, maxRows }: Sheet,
  rows: Sql,
  names: CellNames,
  words: string[],
): Sql {
  const line = `<row r="%s">${columns.map(() => "%s").join("")}</row>`;
  const places = new Map(words.map((word, at) => [word, at]));
  const cells = columns.map((column, at) => sheetCell(column, at, places, names));
  const n = sql`row_number() OVER () - 1`;
  return sql`SELECT format(${line}, v.row, ${joinSql(cells)}) AS line
    FROM (SELECT ${placedRow(sql`w.n`, head, maxRows)} AS row, w.* FROM (SELECT ${n} AS n, r.* FROM (${rows}) r) w) v`;
}

/**
 * The rows of one SELECT, a slice at a time out of the one snapshot. The next slice is on its way while
 * this one is written. Each answer is emptied as it is read: promises of a loop hang together, so that once one of
 * them has grown old the collector keeps every later one, with the rows it was answered, until it sweeps the whole.
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
    yield slice.splice(0).map(({ line }) => line);
  }
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

type LedgerParts = {
  columns: LedgerColumn[];
  head: LedgerCell[][];
  where: Sql;
  order: Sql;
  reference: Reference;
};

/** Every row of the filter in the order asked for. */
function ledgerBody(
  { db, locale, format, sheetRows: maxRows = SHEET_ROWS }: FileAsked,
  { columns, head, where, order, reference }: LedgerParts,
) {
  const names = cellNames(columns, reference, labelsOf(locale), locale);
  const ordered = sql`SELECT d.* FROM disbursements d WHERE ${where} ORDER BY ${order}`;
  const rows = recordRows(columns, ordered, reference, locale);
  if (format === "csv")
    return byteStream(
      encodedLines(csvParts(head, slicesOf(db, csvRows(columns, rows, names), 250))),
    );
  const words = wordsOf(names);
  const toNumber = (cell: LedgerCell) =>
    typeof cell === "bigint" ? cellNumber(cell, "yuan") : cell;
  const written = sheetRows({ columns, head: head.length, maxRows }, rows, names, words);
  return byteStream(
    longWorkbook({
      name: ledgerWords(locale).title,
      columns: columns.map(shapeOf),
      words,
      head: head.map((cells) => cells.map(toNumber)),
      rows: slicesOf(db, written, 500),
      maxRows,
    }),
  );
}

/** The ledger as a file: every record of exactly this filter, totals and what they leave out above them. */
export async function getLedgerFile(
  input: Asking & {
    query: LedgerFilter & Stamp & { format: FileFormat; map?: string | undefined };
    sheetRows?: number;
    /** In the place of the newest: of a file that is to be the same when it is made again. */
    checkpoint?: Checkpoint | null;
  },
): Promise<ExportFile> {
  const { db, scope, actor, locale, query, sheetRows, checkpoint: printed } = input;
  const { format, q, only: chosen, sort, map: code, ...filter } = query;
  // a slow line may take long over one batch; the snapshot waits two minutes for it
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '120000', true)`);
  const map = code === undefined ? undefined : await mapInUse(db, code);
  const title = map && nameOf(map, locale);
  const reference = await getReference({ db });
  const resolved = await resolveStamped({ db, scope, filter });
  // how the others stood then is not kept record by record
  const only = resolved.at && !filter.status ? "counted" : chosen;
  const search = await findRecords(db, { q, resolved });
  const set = { resolved, groupBy: [], ...search?.set };
  const [figures] = await figuresOf(db, [set]);
  const labels = labelsOf(locale);
  const words = filterWords({ ...filter, q, only }, reference, labels, locale);
  const name = ledgerFileName(title, beijingStamp(figures.asOf), { format, locale });
  const where = ledgerConditions(resolved, search, only);
  const sources = await mostSources(db, { resolved, search, only });
  const { columns, headings } = fileColumns(map, { format, sources, locale, labels });
  const head = ledgerHead({
    filter: words,
    figures: { ...figures, leftOut: leftOutThen(figures) },
    locale,
    approvedOnly: !filter.status?.length || resolved.at !== undefined,
    everyStatus: !filter.status?.length && !resolved.at,
    headings,
    title,
    checkpoint: printed === undefined ? await latestCheckpoint(db, resolved.at?.seq) : printed,
  });
  return {
    name,
    type: FILE_TYPES[format],
    body: ledgerBody(
      { db, locale, format, sheetRows },
      { columns, head, where, order: ledgerOrder(sort, CODE), reference },
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
        ...(map ? { map: map.code } : {}),
        filter: words,
        records: figures.totals.records,
        amountFen: figures.totals.amountFen,
        asOf: figures.asOf,
      },
    },
  };
}
