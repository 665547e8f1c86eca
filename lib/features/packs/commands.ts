import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { FIGURE_DEFINITION } from "@/lib/features/figures/rules";
import { makerOf, packCheckpoint, PACK_TYPES } from "@/lib/features/pack-files/queries";
import { PACK_FILES, type PackFileName, type WholeFile } from "@/lib/features/pack-files/types";
import { findCodes } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { inJob, readAs, sql, writeAs, type Reader, type Tx } from "@/lib/platform/db";
import type { Running } from "@/lib/platform/worker";
import { findWork, getPack, type PackWork } from "./queries";
import type { AskPackInput } from "./schema";

type Writing = { tx: Tx; db: Reader; scope: Scope; actor: Actor; locale: Locale };

type Asked = { organisationId: number; year: number; unit: string; of: string | null };

async function ask({ tx, locale }: Writing, asked: Asked): Promise<{ id: string }> {
  const { organisationId, year, unit, of } = asked;
  const [row] = await tx.rows<{ id: string; job: string }>(sql`
    SELECT id::text, job::text FROM guard.ask_pack(${organisationId}::int, ${year}::int, ${FIGURE_DEFINITION}::int, ${locale}, ${unit},
      ${of}::bigint)`);
  if (!row) throw new AppError("INTERNAL");
  appendAudits(tx, [
    { action: "pack.ask", subjectId: row.id, body: { year, ...(of === null ? {} : { of }) } },
    { action: "job.ask", subjectId: row.job, body: { kind: "pack", pack: row.id } },
  ]);
  return { id: row.id };
}

/** Of a year and a subtree, as of the chain's head now. */
export async function askPack(context: Writing & { input: AskPackInput }): Promise<{ id: string }> {
  const { db, scope, input } = context;
  const { year, org, unit } = input;
  const codes = await findCodes({ db, scope, organisations: [org], programmes: [], campaigns: [] });
  const place = codes.organisations.get(org);
  if (!place) throw new AppError("NOT_FOUND");
  return ask(context, { organisationId: place.id, year, unit, of: null });
}

/** The same once more, from its stamp, in its language and unit. */
export async function regeneratePack(context: Writing & { id: string }): Promise<{ id: string }> {
  const { year, unit } = await getPack(context);
  return ask(context, { organisationId: 0, year, unit, of: context.id });
}

const inputSchema = z.object({ pack: z.string() });
/** The ledger of a province is written in one statement. */
const READING_MS = 60 * 60_000;
const PIECE = 1024 * 1024;

/** Cut to pieces of one size, so that they are the same whatever sizes the bytes came in. */
async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    held.push(bytes);
    size += bytes.byteLength;
    if (size < PIECE) continue;
    const whole = Buffer.concat(held);
    let at = 0;
    for (; at + PIECE <= whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
    held = [whole.subarray(at)];
    size = whole.length - at;
  }
  if (size > 0) yield Buffer.concat(held);
}

type Keeping = { running: Running; name: PackFileName; report: () => Promise<void> };

/** Keeps a file as it is written; killed in the middle, the next run begins this file anew and no other. */
async function keepFile(
  { running, name, report }: Keeping,
  body: AsyncIterable<Uint8Array>,
): Promise<WholeFile> {
  const no = PACK_FILES.indexOf(name);
  const type = PACK_TYPES[name];
  await inJob(running, (tx) =>
    tx.run(sql`SELECT guard.begin_pack_file(${no}, ${name}, ${type})::text`),
  );
  const hash = createHash("sha256");
  let [part, bytes] = [0, 0];
  for await (const content of piecesOf(body)) {
    hash.update(content);
    bytes += content.length;
    await inJob(running, (tx) =>
      tx.run(sql`SELECT guard.keep_pack_chunk(${no}, ${part}, ${content}::bytea)::text`),
    );
    part += 1;
    if (part % 8 === 0) await report();
  }
  const sha256 = hash.digest("hex");
  await inJob(running, (tx) =>
    tx.run(sql`SELECT guard.end_pack_file(${no}, ${bytes}::bigint, ${sha256})::text`),
  );
  return { name, bytes, sha256 };
}

async function makeFile(running: Running, work: PackWork, made: WholeFile[], name: PackFileName) {
  const done = PACK_FILES.indexOf(name);
  const report = () =>
    running.report((100 * done) / PACK_FILES.length, {
      key: "packing",
      values: { file: name, done, total: PACK_FILES.length },
    });
  await report();
  const { stamp } = work;
  const checkpoint = await packCheckpoint(running, name === "checkpoint.txt");
  return readAs(
    running,
    async (context) => {
      // what is written is kept over another connection; this one waits meanwhile
      await context.db.rows(
        sql`SELECT set_config('idle_in_transaction_session_timeout', '300000', true)`,
      );
      const body = await makerOf(name)({ ...context, stamp, checkpoint, made });
      return keepFile({ running, name, report }, body);
    },
    { timeoutMs: READING_MS },
  );
}

/** The work of the kind "pack": file by file, each whole before the next, and sealed when the manifest names them all. */
export async function makePack(running: Running): Promise<void> {
  const { pack: id } = inputSchema.parse(running.input);
  const work = await readAs(running, (context) => findWork({ ...context, id }));
  const made: WholeFile[] = [];
  for (const name of PACK_FILES) {
    const whole = work.whole.get(name);
    made.push(whole ? { name, ...whole } : await makeFile(running, work, made, name));
  }
  const sha256 = made.at(-1)?.sha256 ?? "";
  await writeAs(running, async ({ tx }) => {
    await tx.run(sql`SELECT guard.seal_pack(${sha256})::text`);
    appendAudits(tx, [{ action: "pack.finish", subjectId: id, body: { sha256 } }]);
    const values = JSON.stringify({ files: made.length });
    // after the entry, which is the job's own: the door closes with the end of the job
    tx.atEnd.push(sql`SELECT guard.finish_job('packed', ${values}::jsonb)`);
  });
}
