import "server-only";
import type { CellValue } from "hucre";
import {
  ROW_COLUMNS,
  ROW_JOINS,
  toRow,
  type RowRecord,
} from "@/lib/features/disbursements/queries";
import type { LedgerFilter } from "@/lib/features/disbursements/schema";
import { namesOf } from "@/lib/features/disbursements/present";
import { exportWords, LEDGER_COLUMNS } from "@/lib/features/exports/labels";
import { beijingStamp, nameOf, summaryTable } from "@/lib/features/exports/present";
import { getYearSummary } from "@/lib/features/exports/queries";
import { FILE_TYPES } from "@/lib/features/exports/schema";
import type { FileFormat } from "@/lib/features/exports/types";
import { queryFigures, resolveFilter } from "@/lib/features/figures/queries";
import type { Figures } from "@/lib/features/figures/types";
import { ledgerConditions, searchCondition } from "@/lib/features/ledger/queries";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { AuditInput } from "@/lib/platform/audit";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { textFile, textStream, workbookFile, workbookStream } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { ledgerCells, ledgerHead, summaryLines, summarySheet, type LedgerCell } from "./present";
import { cellNumber, csvLine, plainYuan } from "./rules";

type Asking = { db: Reader; scope: Scope; actor: Actor; locale: Locale; now: Date };
export type ExportFile = {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  record: AuditInput;
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
  const table = summaryTable(summary, { locale, unit });
  const w = exportWords(locale);
  const place = placeInName(summary.root, locale);
  const name = `${w.product}_${w.fileTitle(summary.year)}_${place}_${w.unitName[unit]}.${format}`;
  const words = { ...w, unit: w.unit(unit) };
  const body =
    format === "xlsx"
      ? await workbookFile(summarySheet(table, unit, words), { title: table.title, created: now })
      : textFile(summaryLines(table, { locale, unit, words }).map(csvLine));
  const total = summary.lines[0]?.figures.spent;
  return {
    ...{ name, type: FILE_TYPES[format], body },
    record: {
      action: "export.create",
      subjectType: "export",
      subjectId: name,
      organisationId: summary.root.id,
      body: {
        ...{ kind: "year-summary", year: summary.year, org: summary.root.code, format, unit },
        ...{ records: total?.records ?? 0, amountFen: (total?.amountFen ?? 0n).toString() },
        asOf: summary.asOf,
      },
    },
  };
}

const BATCH = 1_000;

/** Every row of the filter in the ledger's own order, a batch at a time out of the one snapshot. */
async function* ledgerRows(db: Reader, where: Sql): AsyncGenerator<RowRecord> {
  let after: Sql[] = [];
  for (;;) {
    const rows = await db.rows<RowRecord>(sql`
      SELECT ${ROW_COLUMNS}
      FROM (SELECT d.* FROM disbursements d WHERE ${joinSql([where, ...after], " AND ")}
        ORDER BY d.ledger_on DESC, d.id DESC LIMIT ${BATCH}) d ${ROW_JOINS}
      ORDER BY d.ledger_on DESC, d.id DESC`);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < BATCH || !last) return;
    after = [sql`(d.ledger_on, d.id) < (${last.ledgerOn}::date, ${last.id}::bigint)`];
  }
}

/** The filter in words: what stands above the rows and in the audit entry. */
function filterWords(filter: LedgerFilter, reference: Reference, locale: Locale): string {
  const w = exportWords(locale);
  const labels = labelsOf(locale);
  const names = namesOf(reference, locale);
  const list = (codes: string[] | undefined, name: (code: string) => string) =>
    (codes ?? []).map(name).join(w.listSeparator);
  const parts = [
    filter.year === undefined ? "" : `${labels.axis.year} ${filter.year}`,
    filter.org === undefined ? "" : w.ledger.subtree(names.organisation(filter.org)),
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
        ? w.ledger.monthUnknown
        : `${labels.axis.month} ${filter.month}`,
    list(filter.status, (status) => labels.status[status as keyof typeof labels.status]),
    filter.q ? w.ledger.contains(filter.q) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? w.ledger.everything : parts.join(locale === "en" ? "; " : "；");
}

async function* written<T>(
  head: LedgerCell[][],
  rows: AsyncIterable<RowRecord>,
  cells: (row: RowRecord) => LedgerCell[],
  write: (cells: LedgerCell[]) => T,
): AsyncGenerator<T> {
  for (const line of head) yield write(line);
  for await (const row of rows) yield write(cells(row));
}

const toWorkbook = (cells: LedgerCell[]): CellValue[] =>
  cells.map((cell) => (typeof cell === "bigint" ? cellNumber(cell, "yuan") : cell));
const toText = (cells: LedgerCell[]): string =>
  csvLine(cells.map((cell) => (typeof cell === "bigint" ? plainYuan(cell) : cell)));

const TEXT_COLUMNS = new Set(["reference", "organisationCode", "paidOn", "periodFrom", "periodTo"]);
const WIDE_COLUMNS = new Set(["reference", "organisation", "programme", "shares", "note"]);

/** The highest place the person works at: whose history an export over several places belongs to. */
function homeOf(actor: Actor, reference: Reference, org: string | undefined): number | null {
  const asked = reference.organisations.find((place) => place.code === org);
  const [home] = [...actor.memberships].sort((a, b) => a.path.length - b.path.length);
  return asked?.id ?? home?.organisationId ?? null;
}

function ledgerBody(
  format: FileFormat,
  locale: Locale,
  parts: { head: LedgerCell[][]; rows: AsyncIterable<RowRecord>; reference: Reference },
) {
  const context = { names: namesOf(parts.reference, locale), labels: labelsOf(locale), locale };
  const cells = (row: RowRecord) => ledgerCells(toRow(row), context);
  if (format === "csv") return textStream(written(parts.head, parts.rows, cells, toText));
  return workbookStream(written(parts.head, parts.rows, cells, toWorkbook), {
    name: exportWords(locale).ledger.title,
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
    ...{ db, scope, filter, groupBy: [] },
    ...(records ? { records } : {}),
  });
  const words = filterWords({ ...filter, q }, reference, locale);
  const w = exportWords(locale);
  const stamp = beijingStamp(figures.asOf);
  const name = `${w.product}_${w.ledger.title}_${stamp.replace(/[-: ]/g, "")}.${format}`;
  const head = ledgerHead({ filter: words, figures, locale, approvedOnly: !filter.status?.length });
  const rows = ledgerRows(db, ledgerConditions(resolved, q));
  return {
    ...{ name, type: FILE_TYPES[format] },
    body: ledgerBody(format, locale, { head, rows, reference }),
    record: {
      action: "export.create",
      subjectType: "export",
      subjectId: name,
      organisationId: homeOf(actor, reference, filter.org ?? filter.organisation),
      body: {
        ...{ kind: "ledger", format, filter: words },
        ...{ records: figures.totals.records, amountFen: figures.totals.amountFen },
        asOf: figures.asOf,
      },
    },
  };
}
