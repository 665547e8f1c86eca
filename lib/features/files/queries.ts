import { ROW_COLUMNS_BY_ID, toRow, type RowRecord } from "@/lib/features/disbursements/queries";
import type { ShareView } from "@/lib/features/disbursements/types";
import { queryFigures, resolveFilter } from "@/lib/features/figures/queries";
import type { Figures } from "@/lib/features/figures/types";
import { ledgerConditions, searchCondition } from "@/lib/features/ledger/queries";
import type { LedgerFilter } from "@/lib/features/ledger/schema";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { beijingStamp, summaryTable } from "@/lib/features/summary/present";
import { getYearSummary } from "@/lib/features/summary/queries";
import type { Actor } from "@/lib/kernel/actor";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import type { FileFormat } from "@/lib/kernel/file-format";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import { OWN_TEXTS } from "@/lib/kernel/record-fields";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { textFile, textStream, workbookFile, workbookStream } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import type { CellValue } from "hucre";
import "server-only";
import { ledgerCells, ledgerHead, summaryLines, summarySheet, type LedgerCell } from "./present";
import { columnWords, LEDGER_COLUMNS, ledgerWords } from "./labels";
import { cellNumber, csvLine, plainYuan } from "./rules";

type Asking = { db: Reader; scope: Scope; actor: Actor; locale: Locale; now: Date };
export type ExportFile = {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  record: ExportRecord;
};

/** 西宁市总工会 → 西宁市; in English spaces become hyphens, so that the name needs no quoting. */
function placeInName(coded: { code: string; nameZh: string; nameEn: string }, locale: Locale) {
  const name = nameOf(coded, locale);
  return locale === "en" ? name.replace(/[^\w]+/g, "-") : name.replace(/总工会$/, "");
}

/** 年度汇总表 as a file: the table the screen shows, in the unit asked for. */
export async function getYearSummaryFile(
  input: Asking & {
    query: { year: number; org?: string | undefined; format: FileFormat; unit: MoneyUnit };
  },
): Promise<ExportFile> {
  const { db, scope, locale, now, query } = input;
  const { format, unit } = query;
  const summary = await getYearSummary({ db, scope, year: query.year, org: query.org });
  const countNames = labelsOf(locale).countName;
  const checkpoint = await latestCheckpoint(db);
  const plain = summaryTable(summary, { locale, unit, countNames });
  const table = checkpoint
    ? { ...plain, notes: [...plain.notes, checkpointLine(checkpoint, locale)] }
    : plain;
  const w = summaryWords(locale);
  const place = placeInName(summary.root, locale);
  const name = `${w.product}_${w.fileTitle(summary.year)}_${place}_${w.unitName[unit]}.${format}`;
  const words = { ...w, unit: w.unit(unit) };
  const body =
    format === "xlsx"
      ? await workbookFile(summarySheet(table, unit, words), { title: table.title, created: now })
      : textFile(summaryLines(table, { locale, unit, words }).map(csvLine));
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

const BATCH = 2_000;

type CodedField = "organisation" | "campaign" | "programme" | "aidCategory" | "recipientKind";
type CodedRow = Omit<RowRecord, CodedField | "shares"> & Record<CodedField, number | null>;

function codesOf(reference: Reference) {
  const lookup = (list: readonly { id: number; code: string }[]) => {
    const codes = new Map(list.map((one) => [one.id, one.code]));
    return (id: number | null) => (id === null ? null : (codes.get(id) ?? String(id)));
  };
  const code = {
    organisation: lookup(reference.organisations),
    campaign: lookup(reference.campaigns),
    programme: lookup(reference.programmes),
    aidCategory: lookup(reference.aidCategories),
    recipientKind: lookup(reference.recipientKinds),
  };
  return (row: CodedRow, shares: ShareView[]): RowRecord => ({
    ...row,
    organisation: code.organisation(row.organisation) ?? "",
    campaign: code.campaign(row.campaign),
    programme: code.programme(row.programme) ?? "",
    aidCategory: code.aidCategory(row.aidCategory),
    recipientKind: code.recipientKind(row.recipientKind),
    shares,
  });
}

/** The shares of one batch, in the sources' own order. */
async function sharesOf(db: Reader, reference: Reference, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; source: number; amountFen: string | null }>(sql`
    SELECT s.disbursement_id::text AS id, s.fund_source_id AS source, s.amount_fen::text AS "amountFen"
    FROM disbursement_shares s WHERE s.disbursement_id = ANY (${ids}::bigint[])`);
  const order = new Map(reference.fundSources.map((source, at) => [source.id, { at, ...source }]));
  rows.sort((a, b) => (order.get(a.source)?.at ?? 0) - (order.get(b.source)?.at ?? 0));
  const shares = new Map<string, ShareView[]>();
  for (const { id, source, amountFen } of rows) {
    const list = shares.get(id) ?? [];
    list.push({ fundSource: order.get(source)?.code ?? String(source), amountFen });
    shares.set(id, list);
  }
  return shares;
}

/** Every row of the filter in the ledger's own order, a batch at a time out of the one snapshot. */
async function* ledgerRows(
  db: Reader,
  where: Sql,
  reference: Reference,
): AsyncGenerator<RowRecord[]> {
  const toRecord = codesOf(reference);
  let after: Sql[] = [];
  for (;;) {
    const rows = await db.rows<CodedRow>(sql`
      SELECT ${ROW_COLUMNS_BY_ID} FROM disbursements d WHERE ${joinSql([where, ...after], " AND ")}
      ORDER BY d.ledger_on DESC, d.id DESC LIMIT ${BATCH}`);
    const last = rows.at(-1);
    if (!last) return;
    const shares = await sharesOf(
      db,
      reference,
      rows.map((row) => row.id),
    );
    yield rows.map((row) => toRecord(row, shares.get(row.id) ?? []));
    if (rows.length < BATCH) return;
    after = [sql`(d.ledger_on, d.id) < (${last.ledgerOn}::date, ${last.id}::bigint)`];
  }
}

/** The filter in words: what stands above the rows and in the audit entry. */
function filterWords(filter: LedgerFilter, reference: Reference, locale: Locale): string {
  const w = summaryWords(locale);
  const ledger = ledgerWords(locale);
  const labels = labelsOf(locale);
  const names = namesOf(reference, locale);
  const list = (codes: string[] | undefined, name: (code: string) => string) =>
    (codes ?? []).map(name).join(w.listSeparator);
  const parts = [
    filter.year === undefined ? "" : `${labels.axis.year} ${filter.year}`,
    filter.org === undefined ? "" : ledger.subtree(names.organisation(filter.org)),
    filter.organisation === undefined ? "" : w.own(names.organisation(filter.organisation)),
    filter.prefecture === undefined ? "" : names.organisation(filter.prefecture),
    list(filter.programme, names.programme),
    list(filter.aidCategory, names.aidCategory),
    list(filter.recipientKind, names.recipientKind),
    list(filter.fundSource, names.fundSource),
    list(filter.form, (form) => labels.form[form as keyof typeof labels.form]),
    filter.month === undefined
      ? ""
      : filter.month === 0
        ? ledger.monthUnknown
        : `${labels.axis.month} ${filter.month}`,
    list(filter.status, (status) => labels.status[status as keyof typeof labels.status]),
    filter.q ? ledger.contains(filter.q) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? ledger.everything : parts.join(locale === "en" ? "; " : "；");
}

async function* written<T>(
  head: LedgerCell[][],
  batches: AsyncIterable<RowRecord[]>,
  cells: (row: RowRecord) => LedgerCell[],
  write: (cells: LedgerCell[]) => T,
): AsyncGenerator<T> {
  for (const line of head) yield write(line);
  for await (const rows of batches) for (const row of rows) yield write(cells(row));
}

const toWorkbook = (cells: LedgerCell[]): CellValue[] =>
  cells.map((cell) => (typeof cell === "bigint" ? cellNumber(cell, "yuan") : cell));
const toText = (cells: LedgerCell[]): string =>
  csvLine(cells.map((cell) => (typeof cell === "bigint" ? plainYuan(cell) : cell)));

const TEXT_COLUMNS = new Set(["reference", "organisationCode", "paidOn", "periodFrom", "periodTo"]);
const WIDE_COLUMNS = new Set<string>([
  "reference",
  "organisation",
  "programme",
  "shares",
  ...OWN_TEXTS,
]);

/** The highest place the person works at: whose history an export over several places belongs to. */
function homeOf(actor: Actor, reference: Reference, org: string | undefined): number | null {
  const asked = reference.organisations.find((place) => place.code === org);
  const [home] = [...actor.memberships].sort((a, b) => a.path.length - b.path.length);
  return asked?.id ?? home?.organisationId ?? null;
}

function ledgerBody(
  format: FileFormat,
  locale: Locale,
  parts: { head: LedgerCell[][]; rows: AsyncIterable<RowRecord[]>; reference: Reference },
) {
  const context = { names: namesOf(parts.reference, locale), labels: labelsOf(locale), locale };
  const cells = (row: RowRecord) => ledgerCells(toRow(row), context);
  if (format === "csv") return textStream(written(parts.head, parts.rows, cells, toText));
  return workbookStream(written(parts.head, parts.rows, cells, toWorkbook), {
    name: ledgerWords(locale).title,
    columns: LEDGER_COLUMNS.map((column) => ({
      width: WIDE_COLUMNS.has(column) ? 24 : 12,
      ...(TEXT_COLUMNS.has(column) ? { numFmt: "@" } : {}),
      ...(column === "amount" ? { numFmt: "#,##0.00" } : {}),
    })),
  });
}

/** The ledger as a file: every record of exactly this filter, totals and what they leave out above them. */
export async function getLedgerFile(
  input: Asking & { query: LedgerFilter & { format: FileFormat } },
): Promise<ExportFile> {
  const { db, scope, actor, locale, query } = input;
  const { format, q, ...filter } = query;
  // a slow line may take long over one batch; the snapshot waits two minutes for it
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '120000', true)`);
  const reference = await getReference({ db });
  const resolved = await resolveFilter({ db, scope, filter });
  const records = searchCondition(q);
  const figures: Figures = await queryFigures({
    db,
    scope,
    filter,
    groupBy: [],
    ...(records ? { records } : {}),
  });
  const words = filterWords({ ...filter, q }, reference, locale);
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
  const rows = ledgerRows(db, ledgerConditions(resolved, q), reference);
  return {
    name,
    type: FILE_TYPES[format],
    body: ledgerBody(format, locale, { head, rows, reference }),
    record: {
      name,
      organisationId: homeOf(actor, reference, filter.org ?? filter.organisation),
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
