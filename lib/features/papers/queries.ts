import "server-only";
import { createHash } from "node:crypto";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import { listRecords, referenceOf } from "@/lib/features/disbursements/queries";
import { recordsOf, resolveFilter } from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { getPageReference } from "@/lib/features/reference/queries";
import { namesOf, type Names } from "@/lib/features/reference/present";
import { findRostered, openedLines, openedRosters } from "@/lib/features/rosters/queries";
import type { RosterLine } from "@/lib/features/rosters/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readIdNumber } from "@/lib/kernel/id-number";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { emptySql, joinSql, sql, type Reader } from "@/lib/platform/db";
import { paperSayings } from "@/lib/platform/paper-words";
import { pdfFile } from "@/lib/platform/pdf";
import { within } from "@/lib/platform/scope-sql";
import { open, SealError, type Place, type Sealed } from "@/lib/platform/sealing";
import { byteStream, workbookFile } from "@/lib/platform/spreadsheet";
import { zipped, type ZipPart } from "@/lib/platform/zip";
import { noticePages, pageSection, paperSheet, receiptSections, signPages, type PaperPage } from "./paper"; // prettier-ignore
import { mayPrint, mayWork } from "./policy";
import { headIn } from "./present";
import { ageOn, canBeConfirmed, statusOf, sumOf } from "./rules";
import type { Objection, PaperFormat, Papers, PublicNotice, SignLine, SignSheet } from "./types"; // prettier-ignore

type Asking = { db: Reader; scope: Scope; actor: Actor };
type Now = { now: Date };

/** Where words stand: what they were sealed with, and open with. */
export const wordsPlace = (row: string): Place<"words"> => ({
  table: "notice_words",
  column: "words",
  row,
});

const OF_USER = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;

/** The last twenty. */
async function sheetsIn({ db, scope }: Asking, id: string): Promise<SignSheet[]> {
  const rows = await db.rows<Omit<SignSheet, "at"> & { at: Date }>(sql`
    SELECT s.id::text AS id, s.made_at AS at, ${OF_USER} AS by, s.lines, s.amount_fen::text AS "amountFen",
      s.roster_digest IS NOT DISTINCT FROM guard.roster_digest(s.disbursement_id) AS current
    FROM sign_sheets s JOIN users u ON u.id = s.made_by
    WHERE s.disbursement_id = ${id}::bigint AND ${within(sql`s.organisation_id`, scope)} ORDER BY s.id DESC LIMIT 20`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

type StoredWords = {
  id: string;
  answers: string | null;
  upheld: boolean | null;
  on: string;
  by: Person;
  words: Sealed<"words">;
  notice: string;
};

/** Null where no key at hand opens it: that something was said is still shown. */
function opened({ id, words }: StoredWords): string | null {
  try {
    return open(words, wordsPlace(id));
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** What was said of notices, each objection with its answer, oldest first. */
async function objectionsIn(
  { db, scope }: Asking,
  notices: readonly string[],
): Promise<Map<string, Objection[]>> {
  const rows = await db.rows<StoredWords>(sql`
    SELECT w.id::text AS id, w.answers_id::text AS answers, w.upheld, w.said_on::text AS "on", ${OF_USER} AS by,
      w.words::text AS words, w.notice_id::text AS notice
    FROM notice_words w JOIN users u ON u.id = w.written_by
    WHERE w.notice_id = ANY (${notices}::bigint[]) AND ${within(sql`w.organisation_id`, scope)}
    ORDER BY w.written_at, w.id LIMIT 2000`);
  const answers = new Map(
    rows.flatMap((row) => (row.answers ? [[row.answers, row] as const] : [])),
  );
  const said = new Map<string, Objection[]>();
  for (const row of rows) {
    if (row.answers !== null) continue;
    const { id, on, by, notice } = row;
    const answer = answers.get(id);
    const objection = {
      ...{ id, on, by, words: opened(row) },
      answer: answer
        ? { on: answer.on, by: answer.by, words: opened(answer), upheld: answer.upheld === true }
        : null,
    };
    said.set(notice, [...(said.get(notice) ?? []), objection]);
  }
  return said;
}

type StoredNotice = Omit<PublicNotice, "status" | "closed" | "mayConfirm" | "objections"> & {
  status: string;
  closedAt: Date | null;
  closedBy: Person | null;
  closeReason: string | null;
};

/** The last twenty notices of a record, newest first; what was said against them for those who work there. */
async function noticesIn(
  asking: Asking & Now,
  id: string,
  works: boolean,
): Promise<PublicNotice[]> {
  const { db, scope, now } = asking;
  const rows = await db.rows<StoredNotice>(sql`
    SELECT n.id::text AS id, n.place, n.telephone, n.posted_on::text AS "postedOn", e.ends_on::text AS "endsOn",
      e.known AS "endKnown", n.status, n.lines, ${OF_USER} AS by,
      n.roster_digest IS NOT DISTINCT FROM guard.roster_digest(n.disbursement_id) AS current,
      n.closed_at AS "closedAt", n.close_reason AS "closeReason",
      (SELECT json_build_object('id', c.id, 'nameZh', c.name_zh, 'nameEn', c.name_en) FROM users c WHERE c.id = n.closed_by) AS "closedBy",
      o.open, o.upheld
    FROM public_notices n JOIN users u ON u.id = n.posted_by
    CROSS JOIN LATERAL guard.notice_end(n.posted_on) AS e
    CROSS JOIN LATERAL guard.notice_objections(n.id) AS o
    WHERE n.disbursement_id = ${id}::bigint AND ${within(sql`n.organisation_id`, scope)} ORDER BY n.id DESC LIMIT 20`);
  const said = works ? await objectionsIn(asking, rows.map((row) => row.id)) : null; // prettier-ignore
  return rows.map(({ closedAt, closedBy, closeReason, ...row }) => {
    const notice = { ...row, status: statusOf(row) };
    return {
      ...notice,
      closed:
        closedAt && closedBy
          ? { at: closedAt.toISOString(), by: closedBy, reason: closeReason }
          : null,
      mayConfirm: works && canBeConfirmed(notice, civilDateInChina(now)),
      objections: said && (said.get(row.id) ?? []),
    };
  });
}

export async function papersOf(asking: Asking & Now, record: DisbursementRecord): Promise<Papers> {
  const { db, actor } = asking;
  const works = mayWork(actor, record);
  const [sums] = await db.rows<{ lines: number | null; demanded: boolean }>(sql`
    SELECT s.lines, p.notice_from_year IS NOT NULL AND p.notice_from_year <= ${record.fiscalYear} AS demanded
    FROM programmes p LEFT JOIN guard.roster_sums(ARRAY[${record.id}::bigint]) AS s ON true
    WHERE p.code = ${record.programme}`);
  return {
    id: record.id,
    lines: sums?.lines ?? 0,
    mayPrint: mayPrint(actor, record),
    mayWork: works,
    edited: record.status === "draft" || record.status === "returned",
    demanded: sums?.demanded ?? false,
    sheets: await sheetsIn(asking, record.id),
    notices: await noticesIn(asking, record.id, works),
  };
}

export const getPapers = async (input: Asking & Now & { id: string }): Promise<Papers> =>
  papersOf(input, await findRostered(input));

/** The record that a paper is of. A paper out of reach and none are the same answer. */
export async function findPaper(
  { db, scope }: Pick<Asking, "db" | "scope">,
  table: "sign_sheets" | "public_notices",
  id: string,
): Promise<DisbursementRecord> {
  const from = table === "sign_sheets" ? sql`sign_sheets` : sql`public_notices`;
  const [row] = await db.rows<{ record: string }>(sql`
    SELECT p.disbursement_id::text AS record FROM ${from} p
    WHERE p.id = ${id}::bigint AND ${within(sql`p.organisation_id`, scope)}`);
  if (!row) throw new AppError("NOT_FOUND");
  return findRostered({ db, scope, id: row.record });
}

/** Everything that is printed needs every name: what no key opens is not left out of a paper in silence. */
function signLineOf(line: RosterLine, today: string): SignLine {
  if (line.unreadable || line.name === null) throw new AppError("UNREADABLE");
  const read = line.idNumber === null ? null : readIdNumber(line.idNumber, line.idKind, today);
  const born = read?.id?.born ?? null;
  const { no, name, idNumber, account, phone, payee, note, packs } = line;
  return {
    ...{ no, name, idNumber, account, phone, payee, note, packs },
    sex: read?.id?.sex ?? null,
    age: born === null ? null : ageOn(born, today),
    amountFen: line.amountFen === null ? null : BigInt(line.amountFen),
  };
}

async function signLines(asking: Asking & Now, id: string, nos?: readonly number[]) {
  const today = civilDateInChina(asking.now);
  return (await openedLines(asking, id, nos)).map((line) => signLineOf(line, today));
}

async function namesFor(
  { db, scope, actor }: Asking,
  records: readonly DisbursementRecord[],
  locale: Locale,
) {
  const named = [...new Set(records.map(({ organisation }) => organisation))];
  return namesOf(await getPageReference({ db, scope, actor, named }), locale);
}

const headOf = async (asking: Asking, record: DisbursementRecord, locale: Locale) =>
  headIn(await namesFor(asking, [record], locale), record, {
    locale,
    reference: referenceOf(record),
  });

type Filing = { name: string; format: PaperFormat; now: Date; foot: string };

async function bytesOf(pages: readonly PaperPage[], { name, format, now, foot }: Filing) {
  const title = pages[0]?.title ?? name;
  if (format === "xlsx")
    return workbookFile([paperSheet(name.slice(0, 31), pages)], { title, created: now });
  const page = (at: number, of: number) => `${at}/${of}`;
  const sections = pages.map(pageSection);
  return new Uint8Array(await pdfFile({ title, created: now, foot, page, sections }));
}

async function filed(pages: readonly PaperPage[], file: Filing & { record: ExportRecord }) {
  const { name, format, record } = file;
  const type = format === "xlsx" ? FILE_TYPES.xlsx : "application/pdf";
  return { name: `${name}.${format}`, type, body: await bytesOf(pages, file), record };
}

type Taking = Asking & Now & { id: string; format: PaperFormat; locale: Locale };

/** The sheets that were made, as long as the roster is the one they were made of. */
export async function getSheetFile(input: Taking) {
  const { id, format, locale, now } = input;
  const record = await findPaper(input, "sign_sheets", id);
  if (!mayPrint(input.actor, record)) throw new AppError("FORBIDDEN");
  const sheet = (await sheetsIn(input, record.id)).find((one) => one.id === id);
  if (!sheet?.current) throw new AppError("ROSTER_CHANGED");
  const say = paperSayings(locale);
  const [lines, head] = [await signLines(input, record.id), await headOf(input, record, locale)];
  const amountFen = sumOf(lines)?.toString() ?? null;
  return filed(signPages(head, lines, { say }), {
    ...{ format, now, name: say("sheet.file", { reference: head.reference, id }) },
    foot: say("sheet.foot", { id }),
    record: {
      name: "sign-sheet",
      organisationId: record.organisationId,
      body: { disbursement: record.id, sheet: id, format, lines: lines.length, amountFen },
    },
  });
}

/** The list of a notice, as long as the roster is the one that hung out. */
export async function getNoticeFile(input: Taking) {
  const { id, format, locale, now } = input;
  const record = await findPaper(input, "public_notices", id);
  if (!mayPrint(input.actor, record)) throw new AppError("FORBIDDEN");
  const notice = (await noticesIn(input, record.id, false)).find((one) => one.id === id);
  if (!notice?.current) throw new AppError("ROSTER_CHANGED");
  const say = paperSayings(locale);
  const [lines, head] = [await signLines(input, record.id), await headOf(input, record, locale)];
  return filed(noticePages(head, notice, lines, { say }), {
    ...{ format, now, name: say("notice.file", { reference: head.reference, id }) },
    foot: say("notice.foot", { id }),
    record: {
      name: "public-notice",
      organisationId: record.organisationId,
      body: { disbursement: record.id, notice: id, format, lines: lines.length },
    },
  });
}

/** Receipts of some lines of a record; how many of them there are is for the caller to look at. */
export async function receiptsOf(
  asking: Asking & Now & { locale: Locale },
  record: DisbursementRecord,
  nos: readonly number[],
) {
  const { locale, now } = asking;
  const say = paperSayings(locale);
  const lines = await signLines(asking, record.id, nos);
  const head = await headOf(asking, record, locale);
  const name = say("receipt.file", { reference: head.reference });
  const bytes = await pdfFile({
    ...{
      title: say("receipt.title"),
      created: now,
      foot: say("receipt.foot", { reference: head.reference }),
    },
    page: (at, of) => `${at}/${of}`,
    sections: receiptSections(head, lines, { say }),
  });
  return { lines: lines.length, file: { name: `${name}.pdf`, type: "application/pdf", bytes } };
}

/** Records of a filter that name anybody, of the places where somebody is a clerk; one more than `most` says that there are more. */
export async function listPrintable(
  asking: Asking & { filter: FigureFilter; most: number },
): Promise<{ id: string; lines: number }[]> {
  const { db, scope, actor, filter, most } = asking;
  const resolved = await resolveFilter({ db, scope, filter });
  const homes = actor.memberships.flatMap(({ role, organisationId }) =>
    role === "CLERK" ? [organisationId] : [],
  );
  const { statuses } = resolved;
  return db.rows<{ id: string; lines: number }>(sql`
    SELECT d.id::text AS id, (SELECT count(*)::int FROM roster_lines l WHERE l.disbursement_id = d.id) AS lines
    FROM disbursements d WHERE ${joinSql(recordsOf(resolved), " AND ")}
      ${statuses ? sql`AND d.status = ANY (${statuses}::text[])` : emptySql}
      AND d.status <> 'VOIDED' AND d.entry_kind <> 'REVERSAL'
      AND EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (${homes}::int[]))
      AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = d.id)
      AND NOT EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = d.id AND l.forgotten_at IS NOT NULL)
    ORDER BY d.id LIMIT ${most + 1}::int`);
}

/** The sheets of these rosters as they stand. */
export const currentSheets = ({ db, scope }: Asking, ids: readonly string[]) =>
  db.rows<{ id: string; lines: number; amountFen: string | null }>(sql`
    SELECT DISTINCT ON (s.disbursement_id) s.id::text AS id, s.lines, s.amount_fen::text AS "amountFen" FROM sign_sheets s
    WHERE s.disbursement_id = ANY (${ids}::bigint[]) AND ${within(sql`s.organisation_id`, scope)}
      AND s.roster_digest = guard.roster_digest(s.disbursement_id)
    ORDER BY s.disbursement_id, s.id DESC`);

type Archived = { id: string; record: string; current: boolean };
type Sheet = { id: string; record: DisbursementRecord; lines: SignLine[] };

/** A file a record, made when it is its turn; last what each of them was. */
async function* archiveParts(
  sheets: readonly Sheet[],
  { format, now, locale, names }: { format: PaperFormat; now: Date; locale: Locale; names: Names },
): AsyncGenerator<ZipPart> {
  const say = paperSayings(locale);
  const files: object[] = [];
  for (const { id, record, lines } of sheets) {
    const head = headIn(names, record, { locale, reference: referenceOf(record) });
    const name = say("sheet.file", { reference: head.reference, id });
    const foot = say("sheet.foot", { id });
    const bytes = await bytesOf(signPages(head, lines, { say }), { name, format, now, foot });
    const amountFen = sumOf(lines)?.toString() ?? null;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ name: `${name}.${format}`, sha256, sheet: id, lines: lines.length, amountFen });
    yield { name: `${name}.${format}`, text: [bytes] };
  }
  const manifest = { format: "nuanzhang-sign-sheets/1", files };
  yield { name: "manifest.json", text: [`${JSON.stringify(manifest, null, 2)}\n`] };
}

/** Sheets that were made, in one zip: all of them, or none where one is of a roster that was changed. */
export async function getSheetsArchive(
  input: Asking & Now & { ids: readonly string[]; format: PaperFormat; locale: Locale },
) {
  const { db, scope, actor, now, ids, format, locale } = input;
  const found = await db.rows<Archived>(sql`
    SELECT s.id::text AS id, s.disbursement_id::text AS record,
      s.roster_digest IS NOT DISTINCT FROM guard.roster_digest(s.disbursement_id) AS current
    FROM sign_sheets s WHERE s.id = ANY (${ids}::bigint[]) AND ${within(sql`s.organisation_id`, scope)} ORDER BY s.disbursement_id, s.id`);
  if (found.length < new Set(ids).size) throw new AppError("NOT_FOUND");
  const records = await listRecords({ db, scope, ids: found.map(({ record }) => record) });
  const printed = found.map(({ id, record: of, current }) => {
    const record = records.find((one) => one.id === of);
    if (!record || !mayPrint(actor, record)) throw new AppError("FORBIDDEN");
    if (!current) throw new AppError("ROSTER_CHANGED");
    return { id, record };
  });
  const rosters = await openedRosters(input, records.map(({ id }) => id)); // prettier-ignore
  const today = civilDateInChina(now);
  const sheets = printed.map(({ id, record }) => ({
    ...{ id, record },
    lines: (rosters.get(record.id) ?? []).map((line) => signLineOf(line, today)),
  }));
  const lines = sheets.flatMap((sheet) => sheet.lines);
  const names = await namesFor(input, records, locale);
  const [first] = records;
  const isOne = records.every(({ organisationId }) => organisationId === first?.organisationId);
  return {
    name: `${paperSayings(locale)("sheet.archive", { count: sheets.length, day: today })}.zip`,
    type: "application/zip",
    body: byteStream(zipped(archiveParts(sheets, { format, now, locale, names }))),
    record: {
      name: "sign-sheets",
      organisationId: isOne ? (first?.organisationId ?? null) : null,
      body: {
        ...{ sheets: found.map(({ id }) => id).join(" "), format, records: sheets.length },
        ...{ lines: lines.length, amountFen: sumOf(lines)?.toString() ?? null },
      },
    },
  };
}
