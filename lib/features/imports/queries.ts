import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Locale } from "@/lib/kernel/preferences";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { sentencesOf } from "@/lib/platform/sentences";
import { importSayings } from "@/lib/platform/import-words";
import { nameOf } from "@/lib/features/reference/present";
import { entryPlaces, getReference } from "@/lib/features/reference/queries";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import type { ExportRecord } from "@/lib/platform/audit";
import { workbookFile } from "@/lib/platform/spreadsheet";
import { voucherNumber } from "@/lib/platform/voucher-sql";
import { labelsOf } from "@/lib/platform/words";
import { importFileWords } from "./labels";
import { rejectedSheet, templateSheets } from "./paper";
import { requireImporter } from "./policy";
import type {
  ImportProblem,
  ImportProgress,
  ImportQuery,
  ImportsPage,
  ImportsQuery,
  ImportSummary,
  ImportView,
  KnownQuery,
  KnownRow,
} from "./schema";
import { valuesOf } from "./present";
import { MOST_VALUES, type ImportReading, type ImportStatus, type LineProblem } from "./types";

type Asking = { db: Reader; actor: Actor };

/** Row-level security says the same; a query says by itself what it shows. */
const own = (actor: Actor): Sql => within(sql`i.organisation_id`, entryPlaces(actor));

type SummaryRow = Omit<ImportSummary, "createdAt" | "committedAt" | "undoneAt"> & {
  createdAt: Date;
  committedAt: Date | null;
  undoneAt: Date | null;
};

/** The job of import `i` is `j`, whoever asked for it. */
const JOB = sql`LEFT JOIN LATERAL guard.job_of_import(i.id) j ON true`;
const WORK = sql`CASE WHEN j.status IN ('WAITING', 'RUNNING') THEN j.progress END AS progress,
  coalesce(i.status IN ('READING', 'COMMITTING') AND (i.job_id IS NULL OR j.status NOT IN ('WAITING', 'RUNNING'))
    OR i.status = 'COMMITTED' AND j.status IN ('FAILED', 'CANCELLED'), false) AS stopped`;

const SUMMARY = sql`
  i.id::text AS id, lower(i.status) AS status, o.code AS organisation, p.code AS programme, i.file_name AS "fileName",
  json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) AS "createdBy",
  i.created_at AS "createdAt", i.committed_at AS "committedAt", i.undone_at AS "undoneAt",
  c.rows, c.good, c.bad, c.known, c.entered, c.undone, ${WORK}`;

const summaries = (actor: Actor, condition: Sql, more: Sql = emptySql): Sql => sql`
  SELECT ${SUMMARY} ${more}
  FROM imports i JOIN organisations o ON o.id = i.organisation_id JOIN users u ON u.id = i.created_by
  LEFT JOIN programmes p ON p.id = i.programme_id ${JOB}
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS rows, count(*) FILTER (WHERE l.status = 'GOOD')::int AS good,
      count(*) FILTER (WHERE l.status = 'BAD')::int AS bad, count(*) FILTER (WHERE l.status = 'KNOWN')::int AS known,
      count(*) FILTER (WHERE l.status = 'IN')::int AS entered, count(*) FILTER (WHERE l.status = 'UNDONE')::int AS undone
    FROM import_lines l WHERE l.import_id = i.id) AS c
  WHERE ${own(actor)} AND ${condition}`;

const summaryOf = <Row extends SummaryRow>(row: Row) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  committedAt: row.committedAt?.toISOString() ?? null,
  undoneAt: row.undoneAt?.toISOString() ?? null,
});

export async function listImports({
  db,
  actor,
  query,
}: Asking & { query: ImportsQuery }): Promise<ImportsPage> {
  requireImporter(actor);
  const after = query.cursor ? sql`i.id < ${query.cursor}::bigint` : sql`true`;
  const rows = await db.rows<SummaryRow>(
    sql`${summaries(actor, after)} ORDER BY i.id DESC LIMIT ${query.limit + 1}`,
  );
  const items = rows.slice(0, query.limit).map(summaryOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** How far the work on it is: what is asked for again and again while it lasts, so nothing else is looked at. */
export async function getImportProgress({
  db,
  actor,
  id,
}: Asking & { id: string }): Promise<ImportProgress> {
  requireImporter(actor);
  const [row] = await db.rows<ImportProgress>(sql`
    SELECT lower(i.status) AS status, ${WORK} FROM imports i ${JOB} WHERE i.id = ${id}::bigint AND ${own(actor)}`);
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

export type Standing = {
  status: ImportStatus;
  good: number;
  bad: number;
  entered: number;
  undone: number;
};

/** Of an import that this person may work on; of any other there is none. */
export async function requireImport({ db, actor, id }: Asking & { id: string }): Promise<Standing> {
  requireImporter(actor);
  const [row] = await db.rows<SummaryRow>(summaries(actor, sql`i.id = ${id}::bigint`));
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

/** Where it stands, read again under its lock. */
export async function standingOf(
  db: Reader,
  id: string,
  lock: "FOR UPDATE" | "FOR SHARE",
): Promise<Pick<Standing, "status">> {
  const locking = lock === "FOR UPDATE" ? sql`FOR UPDATE` : sql`FOR SHARE`;
  const [row] = await db.rows<{ status: ImportStatus }>(
    sql`SELECT lower(status) AS status FROM imports WHERE id = ${id}::bigint ${locking}`,
  );
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

type Touched = ImportView["touched"]["rows"][number];

/** What became something else than the draft that was made: changed, submitted, voided by hand. The first hundred. */
export async function findTouched(db: Reader, id: string): Promise<ImportView["touched"]> {
  const rows = await db.rows<Touched & { count: number }>(sql`
    SELECT l.row, d.id::text AS id, count(*) OVER ()::int AS count,
      ${voucherNumber(sql`o.code`, sql`d`)} AS reference
    FROM import_lines l JOIN disbursements d ON d.id = l.disbursement_id JOIN organisations o ON o.id = d.organisation_id
    WHERE l.import_id = ${id}::bigint AND l.status = 'IN' AND NOT (d.status = 'DRAFT' AND d.version = 1)
    ORDER BY l.row LIMIT 100`);
  return {
    count: rows[0]?.count ?? 0,
    rows: rows.map(({ row, id: record, reference }) => ({ row, id: record, reference })),
  };
}

type Said = Pick<LineProblem, "key" | "values">;

/** One sentence a fault, the same wherever it is told. */
function sentenceOf({ key, values = {} }: Said, locale: Locale): string {
  return sentencesOf({ it: [{ key, values }] }, locale)["it"]?.[0] ?? key;
}

const NOTHING_READ: Pick<ImportReading, "sheets" | "headers" | "unknown" | "notes"> = {
  sheets: [],
  headers: [],
  unknown: [],
  notes: [],
};

type LineRow = { row: number; cells: string[]; problems: LineProblem[] };

async function linesWithProblems(
  db: Reader,
  id: string,
  { cursor = "0", limit, code, column }: ImportQuery,
): Promise<LineRow[]> {
  const kind = JSON.stringify([{ key: code, column }]);
  const shown = code === undefined ? sql`problems <> '[]'` : sql`problems @> ${kind}::jsonb`;
  return db.rows<LineRow>(sql`
    SELECT row, cells, problems FROM import_lines
    WHERE import_id = ${id}::bigint AND ${shown} AND row > ${cursor}::int ORDER BY row LIMIT ${limit + 1}`);
}

/** What a line `l` is known as: by the number it was given back with, else by what it says. */
export const KNOWN_AS = sql`coalesce(l.overrules,
  (SELECT o.disbursement_id FROM import_lines o WHERE o.status = 'IN' AND o.import_id = l.of_import AND o.row = l.of_row),
  (SELECT o.disbursement_id FROM import_lines o WHERE o.status = 'IN' AND o.of_import = l.of_import AND o.of_row = l.of_row),
  (SELECT o.disbursement_id FROM import_lines o WHERE o.status = 'IN' AND o.reading = l.reading AND o.nth = l.nth))`;

/** Rows that are in already, with those of which somebody said that they are another payment. */
export async function listKnownRows(
  input: Asking & { id: string; query: KnownQuery },
): Promise<{ items: KnownRow[]; nextCursor: string | null }> {
  const { db, id, query } = input;
  await requireImport(input);
  const rows = await db.rows<KnownRow>(sql`
    SELECT l.row, l.cells, l.overruled_because AS words, (
      SELECT json_build_object('id', d.id::text, 'status', lower(d.status),
        'reference', ${voucherNumber(sql`o.code`, sql`d`)})
      FROM disbursements d JOIN organisations o ON o.id = d.organisation_id WHERE d.id = ${KNOWN_AS}) AS record
    FROM import_lines l
    WHERE l.import_id = ${id}::bigint AND (l.status = 'KNOWN' OR l.overruled_because IS NOT NULL)
      AND l.row > ${query.cursor ?? "0"}::int ORDER BY l.row LIMIT ${query.limit + 1}`);
  const items = rows.slice(0, query.limit).map((line) => ({
    ...line,
    cells: line.cells.map((text) => text.slice(0, 200)),
  }));
  return { items, nextCursor: rows.length > query.limit ? String(items.at(-1)?.row ?? "") : null };
}

const countOverruled = async (db: Reader, id: string): Promise<number> => {
  const [row] = await db.rows<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM import_lines WHERE import_id = ${id}::bigint AND overruled_because IS NOT NULL`);
  return row?.n ?? 0;
};

type Group = { column: string | null; at: number | null; key: string; soft: boolean; rows: number; values: LineProblem["values"] }; // prettier-ignore

/** The same fault of many rows is told once, with how many there are. */
const groupsOf = (db: Reader, id: string): Promise<Group[]> =>
  db.rows<Group>(sql`
    SELECT p->>'column' AS column, (p->>'at')::int AS at, p->>'key' AS key, coalesce((p->>'soft')::boolean, false) AS soft,
      count(*)::int AS rows, (array_agg(coalesce(p->'values', '{}')))[1] AS values
    FROM import_lines l CROSS JOIN LATERAL jsonb_array_elements(l.problems) AS p
    WHERE l.import_id = ${id}::bigint GROUP BY 1, 2, 3, 4 ORDER BY 4, 5 DESC, 2, 3 LIMIT 100`);

async function totalsOf(db: Reader, id: string): Promise<ImportView["totals"]> {
  const [row] = await db.rows<{ amountFen: string | null; counts: Record<string, number> }>(sql`
    SELECT (SELECT sum((l.fields->>'amountFen')::bigint)::text FROM import_lines l
        WHERE l.import_id = ${id}::bigint AND l.status <> 'BAD') AS "amountFen",
      coalesce((SELECT json_object_agg(unit, total) FROM (
        SELECT c.key AS unit, sum(c.value::bigint)::bigint AS total FROM import_lines l
        CROSS JOIN LATERAL jsonb_each_text(l.fields->'counts') AS c
        WHERE l.import_id = ${id}::bigint AND l.status <> 'BAD' AND c.key = ANY (${[...COUNT_UNITS]}) AND c.value IS NOT NULL
        GROUP BY c.key) AS t), '{}') AS counts`);
  return row ?? { amountFen: null, counts: {} };
}

type Unmatched = { column: string; text: string; rows: number };

/** Words that no code, name or alias of ours matches, each with its rows: of every list those that most rows say. */
const unmatchedOf = (db: Reader, id: string): Promise<Unmatched[]> =>
  db.rows<Unmatched>(sql`
    SELECT "column", text, rows FROM (
      SELECT p->>'column' AS "column", p->'values'->>'value' AS text, count(*)::int AS rows,
        row_number() OVER (PARTITION BY p->>'column' ORDER BY count(*) DESC, p->'values'->>'value') AS place
      FROM import_lines l CROSS JOIN LATERAL jsonb_array_elements(l.problems) AS p
      WHERE l.import_id = ${id}::bigint AND l.status = 'BAD' AND p->>'key' IN ('unknownName', 'ambiguousName')
        AND length(p->'values'->>'value') <= 200
      GROUP BY 1, 2) AS said
    WHERE place <= ${MOST_VALUES}::int ORDER BY rows DESC, text`);

type FullRow = SummaryRow & { reading: ImportReading | null; refusal: Said | null };

/** What was found, and its problems, a page of rows at a time. */
export async function getImport(
  input: Asking & { id: string; query: ImportQuery; locale: Locale },
): Promise<ImportView> {
  const { db, actor, id, query, locale } = input;
  requireImporter(actor);
  const [full] = await db.rows<FullRow>(
    summaries(actor, sql`i.id = ${id}::bigint`, sql`, i.reading, i.refusal`),
  );
  if (!full) throw new AppError("NOT_FOUND");
  const { reading, refusal, ...row } = full;
  const { sheets, headers, unknown, notes } = reading ?? NOTHING_READ;
  const note = importSayings(locale);
  const lines = await linesWithProblems(db, id, query);
  const isShown = ({ key, column }: LineProblem) =>
    (query.code === undefined || key === query.code) &&
    (query.column === undefined || column === query.column);
  const page = lines
    .slice(0, query.limit)
    .map((line) => ({ ...line, problems: line.problems.filter(isShown) }));
  const header = (at: number | null) => (at === null ? null : (headers[at] ?? null));
  const groups = await groupsOf(db, id);
  const values = reading?.mapping.values ?? {};
  return {
    ...summaryOf(row),
    sheets: sheets.map((sheet) => ({ ...sheet, problem: sheet.problem && sentenceOf(sheet.problem, locale) })), // prettier-ignore
    headers,
    mapping: reading && {
      ...reading.mapping,
      values,
      constants: Object.fromEntries(
        Object.entries(reading.mapping.constants).flatMap(([column, text]) =>
          text === undefined ? [] : [[column, text]],
        ),
      ),
    },
    mappingSource: reading?.source ?? null,
    unknown,
    values: valuesOf(values, await unmatchedOf(db, id)),
    notes: notes.map(({ key, values }) => ({ code: key, message: note(key, values) })),
    refusal: refusal && { code: refusal.key, message: sentenceOf(refusal, locale) },
    totals: await totalsOf(db, id),
    groups: groups.map(({ column, at, key, soft, rows, values = {} }) => ({
      column,
      header: header(at),
      code: key,
      message: sentenceOf({ key, values }, locale),
      rows,
      blocks: !soft,
    })),
    problems: page.flatMap((line) => problemsOf(line, { sheet: reading?.mapping.sheet ?? "", header, locale })), // prettier-ignore
    overruled: await countOverruled(db, id),
    // what is not all in yet is not taken back, and is asked after every moment
    touched: row.committedAt === null ? { count: 0, rows: [] } : await findTouched(db, id),
    nextCursor: lines.length > query.limit ? String(page.at(-1)?.row ?? "") : null,
  };
}

type Told = { sheet: string; header: (at: number | null) => string | null; locale: Locale };

const problemsOf = ({ row, cells, problems }: LineRow, { sheet, header, locale }: Told) =>
  problems.map(({ at, column, key, values = {}, soft }): ImportProblem => ({
    sheet,
    row,
    cell: at === null ? null : `${sheetColumn(at)}${row}`,
    column,
    header: header(at),
    text: at === null ? "" : (cells[at] ?? ""),
    code: key,
    message: sentenceOf({ key, values }, locale),
    blocks: soft !== true,
  }));

type RejectedRow = LineRow & { returned: { importId: string; row: number } | null };
type Rejected = {
  fileName: string;
  organisationId: number;
  headers: string[];
  columns: ImportReading["mapping"]["columns"];
  rows: RejectedRow[];
};

/** Every bad row, as it was written. */
async function findRejected({ db, actor, id }: Asking & { id: string }): Promise<Rejected> {
  requireImporter(actor);
  const [found] = await db.rows<Omit<Rejected, "rows">>(sql`
    SELECT i.file_name AS "fileName", i.organisation_id AS "organisationId", coalesce(i.reading->'headers', '[]') AS headers,
      coalesce(i.reading->'mapping'->'columns', '[]') AS columns
    FROM imports i WHERE i.id = ${id}::bigint AND ${own(actor)}`);
  if (!found) throw new AppError("NOT_FOUND");
  const rows = await db.rows<RejectedRow>(sql`
    SELECT row, cells, problems, CASE WHEN of_import IS NOT NULL
      THEN json_build_object('importId', of_import::text, 'row', of_row) END AS returned
    FROM import_lines WHERE import_id = ${id}::bigint AND status = 'BAD' ORDER BY row`);
  return { ...found, rows };
}

type FileAsking = Asking & { locale: Locale; now: Date };

/** The bad rows as a workbook. It goes back to whoever may have brought the same file in; so no figure leaves with it. */
export async function getRejectedFile(input: FileAsking & { id: string }): Promise<ImportFile> {
  const { id, locale, now } = input;
  const { fileName, organisationId, headers, columns, rows } = await findRejected(input);
  if (rows.length === 0) throw new AppError("NOT_FOUND");
  const sheet = rejectedSheet({
    importId: id,
    headers,
    columns,
    lines: rows,
    sentence: (problem) => sentenceOf(problem, locale),
    locale,
  });
  const name = `${fileName.replace(/\.[^.]{1,8}$/, "")}_${importFileWords(locale).rejected}.xlsx`;
  return {
    name,
    type: FILE_TYPES.xlsx,
    body: await workbookFile([sheet], { title: name, created: now }),
    record: { name: "imports-rejected", organisationId, body: { kind: "import-rejected", import: id, rows: rows.length } }, // prettier-ignore
  };
}

type ImportFile = {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer>;
  record?: ExportRecord;
};

/** An empty table to fill in, for one programme. */
export async function getTemplateFile(
  input: FileAsking & { query: { programme: string } },
): Promise<ImportFile> {
  const { db, actor, query, locale, now } = input;
  requireImporter(actor);
  const reference = await getReference({ db });
  const programme = reference.programmes.find(({ code }) => code === query.programme);
  if (!programme) throw new AppError("NOT_FOUND");
  const forms = labelsOf(locale).form;
  const title = importFileWords(locale).template(nameOf(programme, locale));
  return {
    name: `${title}.xlsx`,
    type: FILE_TYPES.xlsx,
    body: await workbookFile(templateSheets({ programme, reference, forms, locale }), { title, created: now }), // prettier-ignore
  };
}
