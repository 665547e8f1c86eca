import "server-only";
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import canonicalize from "canonicalize";
import { z } from "zod";
import {
  disbursementFieldsSchema,
  type DisbursementFields,
} from "@/lib/features/disbursements/schema";
import {
  headsOf,
  keptOf,
  mappingFor,
  notesOf,
  readerOf,
  tableIn,
  templateProgramme,
  type FoundTable,
} from "@/lib/features/imports/rules";
import {
  IMPORT_STEPS,
  type ImportReading,
  type LineProblem,
  type ReadLine,
} from "@/lib/features/imports/types";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import { holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError, type FieldError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { locales, type Locale } from "@/lib/kernel/preferences";
import type { SheetFile } from "@/lib/kernel/sheet-file";
import { appendAudits } from "@/lib/platform/audit";
import { readAs, sql, writeAs, type Sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { readSheetFile } from "@/lib/platform/sheets/read-sheet-file";
import { storableJson } from "@/lib/platform/tables";
import type { Running } from "@/lib/platform/worker";
import {
  countLines,
  findFile,
  findKept,
  findKnown,
  findOverruled,
  findUntouched,
  findWaiting,
  type ImportFile,
  type Stretch,
} from "./queries";
import { identified, lawOf, rowOf, SET, setsOf, spoiltBy, type Identified } from "./rules";
import {
  answerLines,
  BY_INDEX,
  enterLines,
  insertLines,
  leaveLines,
  recogniseLines,
  spoilLines,
} from "./statements";

/** What belongs to another noun and is handed in where the job is put together (worker.ts). */
type DraftCommands = {
  save: (
    context: WriteContext & {
      now: Date;
      created: readonly { path: string; fields: DisbursementFields }[];
    },
  ) => Promise<readonly { id: string }[]>;
  void: (
    context: WriteContext & {
      now: Date;
      items: readonly {
        path: string;
        id: string;
        input: { version: number; reason: "entered-by-mistake" };
      }[];
    },
  ) => Promise<unknown>;
};

const inputSchema = z.object({
  import: z.string(),
  step: z.enum(IMPORT_STEPS),
  locale: z.enum(locales),
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const finish = (key: string, values: object): Sql =>
  sql`SELECT guard.finish_job(${key}, ${JSON.stringify(values)}::jsonb)`;

/** A transaction of this work. */
const written = <T>(running: Running, work: (context: WriteContext) => Promise<T>): Promise<T> =>
  writeAs(running, work, [BY_INDEX]);

/** Stays where it is until the transaction ends; null: somebody has taken it further meanwhile. */
async function holds(tx: Tx, id: string, status: string): Promise<boolean> {
  const [row] = await tx.rows<{ status: string }>(
    sql`SELECT status FROM imports WHERE id = ${id}::bigint FOR UPDATE`,
  );
  return row?.status === status;
}

type Found = { table: FoundTable; sheets: SheetFile } | { refusal: FieldError };

/** The table of the file, or why there is none to be read. */
async function findTable({ content, fileName, mapping }: ImportFile): Promise<Found> {
  if (content === null) return { refusal: { key: "importFileGone" } };
  try {
    const file = await readSheetFile(content, { name: fileName });
    const table = tableIn(file, mapping);
    const unreadable = file.sheets.find(({ problem }) => problem !== null)?.problem;
    return table ? { table, sheets: file } : { refusal: unreadable ?? { key: "importEmpty" } };
  } catch (error) {
    const [said] = error instanceof AppError ? (error.fieldErrors?.["file"] ?? []) : [];
    if (!said) throw error;
    return { refusal: said as FieldError };
  }
}

type Reading = {
  running: Running;
  file: ImportFile;
  reference: Reference;
  actor: Actor;
  locale: Locale;
  now: Date;
};

/** What the API would refuse is refused here, whatever the readers let pass. */
function checked(line: ReadLine): ReadLine {
  if (line.fields === null) return line;
  const { error } = disbursementFieldsSchema.safeParse(line.fields);
  if (!error) return line;
  const problems = error.issues.map(({ path, message }): LineProblem => ({
    at: null,
    column: String(path[0] ?? ""),
    key: message,
  }));
  return { ...line, fields: null, problems };
}

async function readLines(
  input: Reading,
  table: FoundTable,
  { mapping }: Pick<ImportReading, "mapping">,
): Promise<ReadLine[]> {
  const { running, file, reference, actor, locale, now } = input;
  const { organisation } = file;
  const units = mapping.columns.map((column, at) => [column, mapping.units[at]] as const);
  const context = rowContext({
    reference,
    locale,
    organisation,
    places: reference.organisations
      .filter(({ path }) => holdsRole(actor, ["CLERK"], path))
      .map(({ code }) => code),
    reading: {
      today: civilDateInChina(now),
      openYears: reference.years.filter(({ status }) => status === "open").map(({ year }) => year),
    },
    constants: mapping.constants,
    units: Object.fromEntries(units.filter(([, unit]) => unit != null)),
  });
  const read = readerOf(table, mapping, (texts, kinds) => readRow(texts, context, kinds));
  const rows = table.sheet.rows.slice(table.from);
  const lines: ReadLine[] = [];
  for (const set of setsOf(rows)) {
    for (const row of set) {
      const line = read(row);
      if (line) lines.push(checked(line));
    }
    // the worker has other things to do between two sets
    await setImmediate();
    await running.report(20 + (60 * lines.length) / rows.length, { key: "importReading" });
  }
  return lines;
}

/** Each row with how it is known again, and whether it is in already. */
async function identify(tx: Tx, lines: readonly ReadLine[]): Promise<Identified[]> {
  const readings = lines.map(({ fields }) =>
    fields === null ? null : sha256(canonicalize(fields) ?? ""),
  );
  const back = lines.flatMap(({ returned }) => (returned ? [returned] : []));
  const wanted = readings.filter((reading) => reading !== null);
  return identified(lines, readings, await findKnown(tx, wanted, back));
}

async function keepReading(
  { tx, actor }: WriteContext,
  id: string,
  input: Reading & { reading: ImportReading; lines: readonly ReadLine[]; words: readonly string[] },
): Promise<void> {
  const { file, reference, reading, lines, words, now } = input;
  if (!(await holds(tx, id, "READING"))) return void tx.atEnd.push(finish("importRead", { rows: 0, bad: 0 })); // prettier-ignore
  await tx.run(sql`DELETE FROM import_lines WHERE import_id = ${id}::bigint`);
  const places = new Map(reference.organisations.map((one) => [one.code, one.id]));
  const rows = (await identify(tx, lines)).map((line) => rowOf(line, file.organisationId, places));
  for (const set of setsOf(rows)) await tx.run(insertLines(id, set));
  if (reading.source === "chosen")
    await tx.run(sql`
      INSERT INTO import_mappings (organisation_id, headers, mapping, kept_by, kept_at)
      VALUES (${file.organisationId}, ${sha256(headsOf(words))}, ${storableJson(keptOf(words, reading.mapping))}::jsonb,
        ${actor.userId}::uuid, ${now})
      ON CONFLICT (organisation_id, headers) DO UPDATE SET mapping = excluded.mapping, kept_by = excluded.kept_by,
        kept_at = excluded.kept_at`);
  await tx.run(
    sql`UPDATE imports SET status = 'PREVIEW', reading = ${storableJson(reading)}::jsonb WHERE id = ${id}::bigint`,
  );
  const bad = rows.filter(({ status }) => status === "BAD").length;
  tx.atEnd.push(finish("importRead", { rows: rows.length, bad }));
}

async function refuse(running: Running, id: string, refusal: FieldError): Promise<void> {
  await written(running, async ({ tx }) => {
    if (await holds(tx, id, "READING")) {
      await tx.run(sql`DELETE FROM import_lines WHERE import_id = ${id}::bigint`);
      await tx.run(sql`UPDATE imports SET status = 'REFUSED', reading = NULL, refusal = ${storableJson(refusal)}::jsonb
        WHERE id = ${id}::bigint`);
    }
    tx.atEnd.push(finish("importRefused", {}));
  });
}

/** Bytes to lines, all of them in one transaction: a worker that dies on the way leaves nothing half read. */
async function readImport(running: Running, id: string, locale: Locale, now: Date): Promise<void> {
  await running.report(5, { key: "importReading" });
  const { file, reference, actor } = await readAs(running, async ({ db, actor }) => ({
    file: await findFile(db, id),
    reference: await getReference({ db }),
    actor,
  }));
  const found = await findTable(file);
  if ("refusal" in found) return refuse(running, id, found.refusal);
  await running.report(20, { key: "importReading" });
  const { table } = found;
  const kept = await readAs(running, ({ db }) =>
    findKept(db, file.organisationId, sha256(headsOf(table.words))),
  );
  const programme = file.programme ?? templateProgramme(found.sheets);
  const { mapping, source, unknown } = mappingFor(table, file.mapping, kept, programme);
  const sheets = found.sheets.sheets.map(({ name, rows, hidden, problem }) => ({ name, rows: rows.length, hidden, problem })); // prettier-ignore
  const notes = notesOf(found.sheets, table);
  const reading = { sheets, headers: table.headers, mapping, source, unknown, notes };
  const input = { running, file, reference, actor, locale, now };
  const lines = await readLines(input, table, reading);
  await running.report(85, { key: "importReading" });
  await written(running, (context) =>
    keepReading(context, id, { ...input, reading, lines, words: table.words }),
  );
}

type Committing = Stretch & { save: DraftCommands["save"]; now: Date };

/** The next good rows become drafts; answers up to which, or null: none is left, and the import is finished. */
async function commitSet(
  context: WriteContext,
  id: string,
  { save, now, ...stretch }: Committing,
): Promise<Stretch | null> {
  const { tx } = context;
  if (!(await holds(tx, id, "COMMITTING"))) {
    tx.atEnd.push(finish("imported", { count: 0 }));
    return null;
  }
  const waiting = await findWaiting(tx, id, stretch);
  const rows = waiting.map(({ row }) => row);
  const known = await tx.rows<{ row: number }>(recogniseLines(id, rows));
  const lines = waiting.filter(({ row }) => !known.some((one) => one.row === row));
  if (lines.length > 0) {
    const created = lines.map(({ row, fields }) => ({ path: `lines.${row}`, fields }));
    const made = await save({ ...context, now, created });
    const entered = lines.map(({ row }, at) => ({ row, record: made[at]?.id ?? "" }));
    await tx.run(enterLines(id, entered));
    const answers = await findOverruled({ ...context, now }, id, lines.map(({ row }) => row)); // prettier-ignore
    if (answers.length > 0) await tx.run(answerLines(answers));
  }
  if (rows.length === stretch.size) return { after: rows.at(-1) ?? 0, size: rows.length };
  const { entered } = await countLines(tx, id);
  await tx.run(
    sql`UPDATE imports SET status = 'COMMITTED', committed_at = ${now} WHERE id = ${id}::bigint`,
  );
  appendAudits(tx, [{ action: "import.finish", subjectId: id, body: { rows: entered } }]);
  tx.atEnd.push(finish("imported", { count: entered }));
  return null;
}

/**
 * What a refused set leaves to do: its named rows are bad; where a law names none, half of it is tried, down to the one
 * row that is refused. Throws what is of no row.
 */
async function narrowed(
  running: Running,
  id: string,
  error: unknown,
  stretch: Stretch,
): Promise<Stretch> {
  const named = spoiltBy(error);
  const law = lawOf(error);
  if (named === null && law === null) throw error;
  if (named === null && stretch.size > 1) return { ...stretch, size: Math.ceil(stretch.size / 2) };
  await written(running, async ({ tx }) => {
    const refused = named ?? (await findWaiting(tx, id, stretch)).map(({ row }) => ({ row, problems: law ? [law] : [] })); // prettier-ignore
    await tx.run(spoilLines(id, refused));
  });
  return stretch;
}

/** A set a transaction, lines and drafts together: whoever takes it up again goes on where it stopped. */
async function commitLines(
  running: Running,
  id: string,
  { save, now }: { save: DraftCommands["save"]; now: () => Date },
): Promise<void> {
  const { waiting, entered } = await readAs(running, ({ db }) => countLines(db, id));
  const total = waiting + entered;
  let [done, stretch]: [number, Stretch] = [entered, { after: 0, size: SET }];
  for (;;) {
    try {
      const taken = await written(running, (context) =>
        commitSet(context, id, { save, now: now(), ...stretch }),
      );
      if (taken === null) return;
      done += taken.size;
      stretch = { after: taken.after, size: Math.min(SET, 2 * stretch.size) };
      await running.report((100 * done) / total, { key: "importing", values: { done, total } });
    } catch (error) {
      stretch = await narrowed(running, id, error, stretch);
    }
  }
}

type Undoing = Stretch & { drafts: DraftCommands; now: Date };

/** The next untouched drafts are void; answers up to which, or null: none is left. */
async function undoSet(
  context: WriteContext,
  id: string,
  { drafts, now, ...stretch }: Undoing,
): Promise<Stretch | null> {
  const { tx } = context;
  if (!(await holds(tx, id, "COMMITTED"))) {
    tx.atEnd.push(finish("importUndone", { count: 0, stay: 0 }));
    return null;
  }
  const lines = await findUntouched(tx, id, stretch);
  const rows = lines.map(({ row }) => row);
  if (lines.length > 0) {
    const items = lines.map(({ row, record }) => ({
      path: `lines.${row}`,
      id: record,
      input: { version: 1, reason: "entered-by-mistake" as const },
    }));
    await drafts.void({ ...context, now, items });
    await tx.run(leaveLines(id, rows));
  }
  if (rows.length === stretch.size) return { after: rows.at(-1) ?? 0, size: rows.length };
  const { entered: stay, undone: count } = await countLines(tx, id);
  if (count > 0) {
    await tx.run(
      sql`UPDATE imports SET status = 'UNDONE', undone_at = ${now} WHERE id = ${id}::bigint`,
    );
    appendAudits(tx, [{ action: "import.undo", subjectId: id, body: { rows: count, stay } }]);
  }
  tx.atEnd.push(finish("importUndone", { count, stay }));
  return null;
}

/** A set a transaction, as they came in. */
async function undoLines(
  running: Running,
  id: string,
  { drafts, now }: { drafts: DraftCommands; now: () => Date },
): Promise<void> {
  const { entered } = await readAs(running, ({ db }) => countLines(db, id));
  let [done, stretch]: [number, Stretch] = [0, { after: 0, size: SET }];
  for (;;) {
    const taken = await written(running, (context) =>
      undoSet(context, id, { drafts, now: now(), ...stretch }),
    );
    if (taken === null) return;
    done += taken.size;
    stretch = { after: taken.after, size: SET };
    await running.report((100 * done) / entered, { key: "undoing" });
  }
}

/** The work of the kind "import": one step of it, as whoever asked. */
export async function workOnImport(
  running: Running,
  drafts: DraftCommands,
  now: () => Date,
): Promise<void> {
  const { import: id, step, locale } = inputSchema.parse(running.input);
  if (step === "read") return readImport(running, id, locale, now());
  if (step === "commit") return commitLines(running, id, { save: drafts.save, now });
  return undoLines(running, id, { drafts, now });
}
