import "server-only";
import { keyPlace } from "@/lib/features/attachments/queries";
import { inJob, sql } from "@/lib/platform/db";
import { ObjectError } from "@/lib/platform/objects/frames";
import { digestAt, dropObject, listObjects, writtenAt } from "@/lib/platform/objects/store";
import { logError } from "@/lib/platform/log";
import { open, SealError, type Sealed } from "@/lib/platform/sealing";
import type { Running } from "@/lib/platform/worker";

type Stored = {
  id: string;
  objectKey: string;
  fileKey: Sealed<"fileKey">;
  bytes: number;
  sha256: string;
};
type Fault = "missing" | "damaged" | "changed";

const DAY_MS = 24 * 60 * 60_000;
/** Each file once a month, as far as a night goes. */
const ROUND_MS = 30 * DAY_MS;
const BATCH = 20;
const MOST_A_NIGHT = 4_000;
const MOST_PAGES = 200;
const MOST_STRAYS = 1_000;

/** Null where it is what was kept. Trouble with the store is trouble, and no fault of the file. */
async function faultOf({ id, objectKey, fileKey, bytes, sha256 }: Stored): Promise<Fault | null> {
  try {
    const kept = await digestAt(objectKey, { id, key: open(fileKey, keyPlace(id)) });
    return kept.sha256 === sha256 && kept.bytes === bytes ? null : "changed";
  } catch (error) {
    if (error instanceof ObjectError) return error.why;
    if (error instanceof SealError) return "damaged";
    throw error;
  }
}

async function readBack(running: Running, now: Date) {
  const before = new Date(now.getTime() - ROUND_MS);
  const found = { files: 0, faults: 0 };
  while (found.files < MOST_A_NIGHT) {
    await running.report((90 * found.files) / MOST_A_NIGHT, {
      key: "readingBack",
      values: { done: found.files },
    });
    const files = await inJob(running, (tx) =>
      tx.rows<Stored>(sql`
        SELECT id::text AS id, object_key AS "objectKey", file_key::text AS "fileKey", bytes, sha256
        FROM guard.files_to_read_back(${before}::timestamptz, ${BATCH}::int)`),
    );
    if (files.length === 0) break;
    const faults: (Fault | null)[] = [];
    for (const file of files) faults.push(await faultOf(file));
    await inJob(running, (tx) =>
      tx.run(
        sql`SELECT guard.note_files_read_back(${files.map(({ id }) => id)}::uuid[], ${faults}::text[])::text`,
      ),
    );
    found.files += files.length;
    found.faults += faults.filter((fault) => fault !== null).length;
  }
  return found;
}

const isOld = async (key: string, now: Date): Promise<boolean> =>
  now.getTime() - (await writtenAt(key)).getTime() > DAY_MS;

/** What lies in the store that no row knows of. Of a file that was removed, what is left goes; nothing else does. */
async function findStrays(running: Running, prefix: string, now: Date): Promise<string[]> {
  const strays: string[] = [];
  for await (const keys of listObjects(prefix, MOST_PAGES))
    for (let from = 0; from < keys.length; from += MOST_STRAYS) {
      const page = keys.slice(from, from + MOST_STRAYS);
      const known = await inJob(running, (tx) =>
        tx.rows<{ key: string; stands: boolean }>(
          sql`SELECT object_key AS key, stands FROM guard.known_objects(${page}::text[])`,
        ),
      );
      const stands = new Map(known.map((one) => [one.key, one.stands]));
      for (const key of page) {
        if (stands.get(key) === false) await dropObject(key);
        else if (!stands.has(key) && strays.length < MOST_STRAYS && (await isOld(key, now)))
          strays.push(key);
      }
    }
  return strays;
}

/** Of uploads that broke off with the server. */
async function dropAside(now: Date): Promise<void> {
  for await (const keys of listObjects("tmp/", MOST_PAGES))
    for (const key of keys) if (await isOld(key, now)) await dropObject(key);
}

/** The work of the kind "objects": every night, and what it finds the invariants tell. */
export async function readFilesBack(running: Running, now: () => Date): Promise<void> {
  const { files, faults } = await readBack(running, now());
  // of packs whose time is over the keys go, and then their bytes, as those of files that were removed
  await inJob(running, (tx) => tx.rows(sql`SELECT guard.drop_evidence_packs()::text`));
  const strays = [
    ...(await findStrays(running, "ev/", now())),
    ...(await findStrays(running, "pk/", now())),
  ];
  await dropAside(now());
  if (faults + strays.length > 0)
    logError("files.faulty", new Error(`${faults} faults, ${strays.length} unknown files`));
  const values = JSON.stringify({ files, faults, strays: strays.length });
  await inJob(running, async (tx) => {
    await tx.run(sql`SELECT guard.note_strays(${strays}::text[])::text`);
    await tx.run(sql`SELECT guard.finish_job('readBack', ${values}::jsonb)::text`);
  });
}
