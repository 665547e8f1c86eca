import "server-only";
import { createHash } from "node:crypto";
import { MOST_SOURCES, rowColumns } from "@/lib/features/rows/types";
import { findCodes, getReference } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import type { StreamedBody } from "@/lib/kernel/contract";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { emptySql, sql, type Reader, type Tx } from "@/lib/platform/db";
import { partsOf } from "@/lib/platform/multipart";
import { insertInto, storableJson } from "@/lib/platform/tables";
import { requireImporter, requirePlace } from "./policy";
import { findTouched, KNOWN_AS, requireImport, standingOf, type Standing } from "./queries";
import type { MapImportInput } from "./schema";
import { codesOf } from "./present";
import {
  MAX_FILE_BYTES,
  OWN_COLUMNS,
  VALUE_LISTS,
  type ImportStep,
  type SaidMapping,
} from "./types";

type Writing = { tx: Tx; db: Reader; scope: Scope; actor: Actor; locale: Locale };
type Begun = { id: string; status: Standing["status"] };

/** A file as it arrived, with what was said beside it. */
export type Upload = {
  fileName: string;
  content: Buffer;
  organisation: string;
  programme: string | null;
};

const MAX_NAME = 200;

const refused = (fieldErrors: FieldErrors) => new AppError("VALIDATION", { fieldErrors });

async function bytesOf(parts: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of parts) {
    size += chunk.byteLength;
    if (size > most) throw new AppError("PAYLOAD_TOO_LARGE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The last part of a path, one line, and never longer than a name may be: its ending is kept. */
function nameOf(filename: string): string {
  const name = filename
    .normalize("NFC")
    .replace(/^.*[\\/]/, "")
    .replace(/\p{C}/gu, "")
    .trim();
  const letters = [...(name === "" ? "table" : name)];
  return letters.length <= MAX_NAME ? letters.join("") : `${letters.slice(0, MAX_NAME - 13).join("")}…${letters.slice(-12).join("")}`; // prettier-ignore
}

/** Receives a file before the transaction opens; of whoever may bring none in, nothing is received. */
export async function receiveUpload(actor: Actor, body: StreamedBody): Promise<Upload> {
  requireImporter(actor);
  const fields = new Map<string, string>();
  let file: Pick<Upload, "fileName" | "content"> | null = null;
  for await (const { name, filename, bytes } of partsOf(body)) {
    if (filename !== null && name === "file" && file === null)
      file = { fileName: nameOf(filename), content: await bytesOf(bytes, MAX_FILE_BYTES) };
    else if (filename === null) fields.set(name, (await bytesOf(bytes, 200)).toString("utf8"));
  }
  if (!file || file.content.length === 0) throw refused({ file: [{ key: "required" }] });
  const organisation = fields.get("organisation") ?? "";
  if (organisation === "") throw refused({ organisation: [{ key: "choose" }] });
  return { ...file, organisation, programme: fields.get("programme") || null };
}

async function askJob({ tx, locale }: Writing, id: string, step: ImportStep): Promise<void> {
  const [row] = await tx.rows<{ job: bigint }>(
    sql`SELECT guard.ask_import_job(${id}::bigint, ${step}, ${locale}) AS job`,
  );
  appendAudits(tx, [
    { action: "job.ask", subjectId: String(row?.job), body: { kind: "import", import: id, step } },
  ]);
}

/** Keeps the file and asks for it to be read. */
export async function createImport(context: Writing & { upload: Upload }): Promise<Begun> {
  const { tx, db, scope, actor, upload } = context;
  const { content, fileName, organisation, programme } = upload;
  const codes = await findCodes({
    db,
    scope,
    organisations: [organisation],
    programmes: programme === null ? [] : [programme],
    campaigns: [],
  });
  const place = codes.organisations.get(organisation);
  requirePlace(actor, place?.path ?? null);
  const of = programme === null ? null : codes.programmes.get(programme);
  if (of === undefined) throw refused({ programme: [{ key: "choose" }] });
  const sha256 = createHash("sha256").update(content).digest("hex");
  const [row] = await tx.rows<{ id: string }>(sql`
    ${insertInto("imports", [
      {
        organisationId: place?.id ?? 0,
        programmeId: of?.id ?? null,
        createdBy: actor.userId,
        fileName,
        fileBytes: content.length,
        fileSha256: sha256,
      },
    ])} RETURNING id::text`);
  const id = row?.id ?? "";
  await tx.run(
    sql`INSERT INTO import_files (import_id, content) VALUES (${id}::bigint, ${content})`,
  );
  // not the name: people call files after people
  appendAudits(tx, [
    { action: "import.create", subjectId: id, body: { bytes: content.length, sha256, programme } },
  ]);
  await askJob(context, id, "read");
  return { id, status: "reading" };
}

/** What was said of the columns; null where nothing was: then it is read as was said before. */
async function mappingOf({ db }: Writing, input: MapImportInput): Promise<SaidMapping | null> {
  const { columns, constants = {}, values = {} } = input;
  const known = new Set<string>([...rowColumns(MOST_SOURCES), ...OWN_COLUMNS]);
  const errors: FieldErrors = {};
  columns.forEach((column, at) => {
    if (column !== null && !known.has(column)) errors[`columns.${at}`] = [{ key: "choose" }];
    else if (column !== null && columns.indexOf(column) < at)
      errors[`columns.${at}`] = [{ key: "columnTwice" }];
  });
  for (const column of Object.keys(constants))
    if (!known.has(column)) errors[`constants.${column}`] = [{ key: "choose" }];
  const codes = input.values && codesOf(await getReference({ db }));
  for (const list of VALUE_LISTS)
    if (Object.values(values[list] ?? {}).some((code) => !codes?.[list].includes(code)))
      errors[`values.${list}`] = [{ key: "choose" }];
  if (Object.keys(errors).length > 0) throw refused(errors);
  const says = columns.length > 0 || [input.sheet, input.headerRow, input.constants, input.values].some((one) => one != null); // prettier-ignore
  return says ? (input as SaidMapping) : null;
}

/** Where another worked on it meanwhile, or it has gone further, there is nothing to do. */
async function requireStanding(
  context: Writing & { id: string },
  allowed: readonly Standing["status"][],
): Promise<Standing> {
  const { id } = context;
  const standing = await requireImport(context);
  const locked = await standingOf(context.tx, id, "FOR UPDATE");
  if (!allowed.includes(locked.status)) throw new AppError("TRANSITION");
  return { ...standing, ...locked };
}

/** Reads the file anew, as one says. */
export async function mapImport(
  context: Writing & { id: string; input: MapImportInput },
): Promise<Begun> {
  const { tx, id, input } = context;
  await requireStanding(context, ["reading", "preview", "refused"]);
  const mapping = await mappingOf(context, input);
  const [file] = await tx.rows(sql`SELECT 1 FROM import_files WHERE import_id = ${id}::bigint`);
  if (!file) throw new AppError("CONFLICT", { fieldErrors: { file: [{ key: "importFileGone" }] } });
  const said = mapping === null ? emptySql : sql`, mapping = ${storableJson(mapping)}::jsonb`;
  await tx.run(sql`UPDATE imports SET status = 'READING', refusal = NULL ${said} WHERE id = ${id}::bigint`); // prettier-ignore
  const columns = (mapping?.columns ?? []).filter((column) => column !== null).length;
  const values = Object.values(mapping?.values ?? {}).reduce((sum, map) => sum + Object.keys(map).length, 0); // prettier-ignore
  appendAudits(tx, [{ action: "import.map", subjectId: id, body: { columns, values } }]);
  await askJob(context, id, "read");
  return { id, status: "reading" };
}

/** One known row is another payment, as somebody says in words; null takes that back. Never said of many at once. */
export async function overruleKnown(
  context: Writing & { id: string; row: number; words: string | null },
): Promise<{ row: number; words: string | null }> {
  const { tx, id, row, words } = context;
  await requireStanding(context, ["preview"]);
  const [line] = await tx.rows<{ status: string; record: string | null; overruled: boolean }>(sql`
    SELECT l.status, ${KNOWN_AS}::text AS record, l.overruled_because IS NOT NULL AS overruled
    FROM import_lines l WHERE l.import_id = ${id}::bigint AND l.row = ${row}::int FOR UPDATE OF l`);
  if (!line) throw new AppError("NOT_FOUND");
  const { status, record, overruled } = line;
  const may = words === null ? overruled : status === "KNOWN" && record !== null;
  if (!may) throw new AppError("TRANSITION");
  // in a place among its equals that nobody holds, so that the same file once more finds this row in as well
  const change =
    words === null
      ? sql`status = 'KNOWN', overruled_because = NULL`
      : sql`status = 'GOOD', overruled_because = ${words}, overrules = ${record}::bigint, of_import = NULL, of_row = NULL,
          nth = 1 + greatest(
            (SELECT coalesce(max(o.nth), 0) FROM import_lines o WHERE o.status = 'IN' AND o.reading = l.reading),
            (SELECT max(o.nth) FROM import_lines o WHERE o.import_id = l.import_id AND o.reading = l.reading))`;
  await tx.run(
    sql`UPDATE import_lines l SET ${change} WHERE l.import_id = ${id}::bigint AND l.row = ${row}::int`,
  );
  // the chain tells of an import that this transaction touched
  await tx.run(sql`UPDATE imports SET status = status WHERE id = ${id}::bigint`);
  const another = words !== null;
  appendAudits(tx, [{ action: "import.overrule", subjectId: id, body: { row, record, another } }]);
  return { row, words };
}

/** Asks for the good rows to be stored; also where a job stopped on the way. */
export async function commitImport(
  context: Writing & { id: string; goodRowsOnly: boolean },
): Promise<Begun> {
  const { tx, id, goodRowsOnly } = context;
  const standing = await requireStanding(context, ["preview", "committing"]);
  if (standing.status === "preview") {
    const { good, bad } = standing;
    if (good === 0) throw refused({ rows: [{ key: "importNothing" }] });
    if (!goodRowsOnly && bad > 0) throw refused({ rows: [{ key: "importBadRows", values: { count: bad } }] }); // prettier-ignore
    await tx.run(sql`UPDATE imports SET status = 'COMMITTING', good_rows_only = ${goodRowsOnly} WHERE id = ${id}::bigint`); // prettier-ignore
    appendAudits(tx, [
      { action: "import.commit", subjectId: id, body: { rows: good, badRows: bad } },
    ]);
  }
  await askJob(context, id, "commit");
  return { id, status: "committing" };
}

/** Asks for every untouched draft to be voided, also where a job stopped on the way; one that was changed or submitted stays. */
export async function undoImport(context: Writing & { id: string }): Promise<Begun> {
  const { tx, id } = context;
  const { entered, undone } = await requireStanding(context, ["committed"]);
  const touched = await findTouched(tx, id);
  if (touched.count >= entered && undone === 0)
    throw new AppError("CONFLICT", { fieldErrors: { rows: [{ key: "importAllTouched" }] } });
  await askJob(context, id, "undo");
  return { id, status: "committed" };
}
