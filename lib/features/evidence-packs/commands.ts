import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { keyPlace } from "@/lib/features/attachments/queries";
import { findCodes } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { readAs, sql, writeAs, type Reader, type Tx } from "@/lib/platform/db";
import { freshFileKey, ObjectError } from "@/lib/platform/objects/frames";
import { moveInto, objectKey, putAside, readSealed } from "@/lib/platform/objects/store";
import { open, seal } from "@/lib/platform/sealing";
import type { Running } from "@/lib/platform/worker";
import { zipped, type ZipPart } from "@/lib/platform/zip";
import { mayPackEvidence } from "./policy";
import { findPackWork, listPacked, type Packed } from "./queries";
import type { AskEvidencePackInput } from "./schema";

type Writing = { tx: Tx; db: Reader; scope: Scope; actor: Actor };

/** Of a year and a subtree, or a sample of it, for whoever looks at the work of others. */
export async function askEvidencePack(
  context: Writing & { input: AskEvidencePackInput },
): Promise<{ id: string }> {
  const { tx, db, scope, actor, input } = context;
  const { year, org, sample } = input;
  const codes = await findCodes({ db, scope, organisations: [org], programmes: [], campaigns: [] });
  const place = found(codes.organisations.get(org));
  if (!mayPackEvidence(actor, place.path)) throw new AppError("FORBIDDEN");
  const [row] = await tx.rows<{ id: string; job: string }>(sql`
    SELECT id::text, job::text FROM guard.ask_evidence_pack(${place.id}::int, ${year}::int, ${sample?.size ?? null}::int,
      ${sample?.seed ?? null})`);
  const { id, job } = found(row);
  appendAudits(tx, [
    { action: "evidence-pack.ask", subjectId: id, body: { year, ...(sample ? { size: sample.size, seed: sample.seed } : {}) } }, // prettier-ignore
    { action: "job.ask", subjectId: job, body: { kind: "evidence", pack: id } },
  ]);
  return { id };
}

const inputSchema = z.object({ pack: z.string() });
const READING_MS = 5 * 60_000;
const ENDING: Readonly<Record<string, string>> = { "image/jpeg": "jpg", "application/pdf": "pdf" };

/** 02-invoice.pdf: its number within the record, and what it is. */
const entryOf = ({ no, kind, mediaType }: Packed["files"][number]): string =>
  `${String(no).padStart(2, "0")}-${kind}.${ENDING[mediaType] ?? "bin"}`;

/** What was kept, and not another: a file that is not whole ends the pack. */
async function* wholeFile({
  id,
  objectKey: at,
  fileKey,
  sha256,
}: Packed["files"][number]): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const bytes of readSealed(at, { id, key: open(fileKey, keyPlace(id)) })) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest("hex") !== sha256) throw new ObjectError("damaged", id);
}

/** What the pack holds, and what of it: a voucher without evidence stands here and has no folder. */
function evidenceManifest(
  of: { org: string; year: number; seed: string | null },
  vouchers: readonly Packed[],
): string {
  const manifest = {
    format: "nuanzhang-evidence/1",
    filter: { org: of.org, year: of.year, status: "approved" },
    sample:
      of.seed === null
        ? null
        : { seed: of.seed, size: vouchers.length, order: "SHA-256(seed followed by id)" },
    vouchers: vouchers.map(({ id, reference, amountFen, files }) => ({
      ...{ id, reference, amountFen },
      files: files.map((file) => ({
        name: `${reference}/${entryOf(file)}`,
        kind: file.kind,
        sha256: file.sha256,
        takenOn: file.takenOn,
        late: file.late,
      })),
    })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A folder a voucher, one file after another, and last what they are. */
async function* partsOf(
  running: Running,
  vouchers: readonly Packed[],
  manifest: string,
): AsyncGenerator<ZipPart> {
  for (const [done, { reference, files }] of vouchers.entries()) {
    if (done % 5 === 0)
      await running.report((95 * done) / vouchers.length, {
        key: "packing",
        values: { file: reference, done, total: vouchers.length },
      });
    for (const file of files)
      yield { name: `${reference}/${entryOf(file)}`, text: wholeFile(file) };
  }
  yield { name: "manifest.json", text: [manifest] };
}

/** The work of the kind "evidence": nothing is offered before all of it is whole. */
export async function makeEvidencePack(running: Running): Promise<void> {
  const { pack: id } = inputSchema.parse(running.input);
  const { work, vouchers, most } = await readAs(
    running,
    async (context) => {
      const [{ most } = { most: 0 }] = await context.db.rows<{ most: number }>(
        sql`SELECT guard.most_vouchers_packed() AS most`,
      );
      const work = await findPackWork({ ...context, id });
      return { work, most, vouchers: await listPacked({ ...context, work, most }) };
    },
    { timeoutMs: READING_MS },
  );
  if (work.size === null && vouchers.length > most) throw new AppError("VALIDATION");
  const manifest = evidenceManifest(work, vouchers);
  const file = freshFileKey(randomUUID());
  const kept = await putAside(file, zipped(partsOf(running, vouchers, manifest)));
  await moveInto(kept.aside, objectKey("pk", file.id));
  const files = vouchers.reduce((sum, one) => sum + one.files.length, 0);
  const sealed = seal(file.key, keyPlace(file.id));
  await writeAs(running, async ({ tx }) => {
    await tx.run(sql`
      SELECT guard.seal_evidence_pack(${file.id}::uuid, ${sealed}::bytea, ${vouchers.length}::int, ${files}::int,
        ${kept.bytes}::bigint, ${kept.sha256})::text`);
    const body = { sha256: kept.sha256, vouchers: vouchers.length, files };
    appendAudits(tx, [{ action: "evidence-pack.finish", subjectId: id, body }]);
    const values = JSON.stringify({ files });
    // after the entry, which is the job's own: the door closes with the end of the job
    tx.atEnd.push(sql`SELECT guard.finish_job('packed', ${values}::jsonb)`);
  });
}
