import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Disk } from "flydrive";
import { env, type Env } from "../env";
import { ObjectError, openFrames, sealedLength, sealFrames, type FileKey } from "./frames";

// Where files lie: a folder, or a store that speaks S3. Names are random; nothing of what is in a file is in them.

export type Kept = { bytes: number; sha256: string };

const opened = new WeakMap<Env, Promise<Disk>>();

/**
 * Checksums only where a store asks for them: sent unasked, a store that does not know their framing keeps it as part
 * of the file.
 */
const PLAIN_CHECKSUMS = {
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
} as const;

async function openDisk(e: Env): Promise<Disk> {
  const { Disk } = await import("flydrive");
  if (e.NUANZHANG_S3_ENDPOINT) {
    const { S3Driver } = await import("flydrive/drivers/s3");
    return new Disk(
      new S3Driver({
        ...PLAIN_CHECKSUMS,
        endpoint: e.NUANZHANG_S3_ENDPOINT,
        region: e.NUANZHANG_S3_REGION,
        bucket: e.NUANZHANG_S3_BUCKET ?? "",
        credentials: {
          accessKeyId: e.NUANZHANG_S3_ACCESS_KEY ?? "",
          secretAccessKey: e.NUANZHANG_S3_SECRET_KEY ?? "",
        },
        forcePathStyle: true,
        supportsACL: false,
        visibility: "private",
      }),
    );
  }
  if (!e.NUANZHANG_OBJECTS)
    throw new Error(
      "Configuration: 没有指定存放凭证文件的位置（NUANZHANG_OBJECTS 或 NUANZHANG_S3_ENDPOINT）。No place is named for files (NUANZHANG_OBJECTS or NUANZHANG_S3_ENDPOINT).",
    );
  const { FSDriver } = await import("flydrive/drivers/fs");
  return new Disk(new FSDriver({ location: e.NUANZHANG_OBJECTS, visibility: "private" }));
}

function disk(): Promise<Disk> {
  const e = env();
  const known = opened.get(e);
  if (known) return known;
  const opening = openDisk(e).catch((error: unknown) => {
    opened.delete(e);
    throw error;
  });
  opened.set(e, opening);
  return opening;
}

/** `ev/3f/3f0c…`: spread over folders, and telling nothing. */
export const objectKey = (prefix: string, id: string): string =>
  `${prefix}/${id.slice(0, 2)}/${id}`;

/** Did the store answer that there is no such thing? Anything else is trouble with the store, and no loss. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || name === "NoSuchKey" || name === "NotFound" || isAbsent(error.cause);
}

const sayAbsent = (error: unknown, id: string): unknown =>
  isAbsent(error) ? new ObjectError("missing", id) : error;

async function* sealedBytes(key: string, id: string): AsyncGenerator<Uint8Array> {
  try {
    const stream = await (await disk()).getStream(key);
    for await (const bytes of stream) yield bytes as Uint8Array;
  } catch (error) {
    throw sayAbsent(error, id);
  }
}

/** What was kept, as it was; throws an ObjectError where it is not there, or not whole. */
export const readSealed = (key: string, file: FileKey): AsyncGenerator<Buffer> =>
  openFrames(file, sealedBytes(key, file.id));

async function digestOf(body: AsyncIterable<Uint8Array>): Promise<Kept> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of body) {
    hash.update(piece);
    bytes += piece.byteLength;
  }
  return { bytes, sha256: hash.digest("hex") };
}

export const digestAt = (key: string, file: FileKey): Promise<Kept> =>
  digestOf(readSealed(key, file));

const put = (store: Disk, key: string, sealed: AsyncIterable<Buffer>, length?: number) =>
  store.putStream(key, Readable.from(sealed, { objectMode: false }), {
    contentType: "application/octet-stream",
    ...(length === undefined ? {} : { contentLength: length }),
  });

/** A store over the network is told beforehand how much comes: what is sealed waits in a file until that is known. */
async function putSpooled(store: Disk, key: string, sealed: AsyncIterable<Buffer>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "nuanzhang-"));
  const spool = join(folder, "sealed");
  try {
    await pipeline(sealed, createWriteStream(spool, { mode: 0o600 }));
    await put(store, key, createReadStream(spool), (await stat(spool)).size);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder's driver says that a stream broke before its file is opened, and so made: once would be too early. */
async function dropBroken(store: Disk, key: string): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await store.delete(key).catch(() => undefined);
    await new Promise((later) => setTimeout(later, 25));
  }
}

/**
 * Seals and writes, under a name of the moment, and reads back what the store has: an upload that broke off, or a store
 * that keeps something else than it was sent, leaves nothing that anybody would take for the file. `length` where it is
 * known beforehand, as a store over the network needs it.
 */
export async function putAside(
  file: FileKey,
  body: AsyncIterable<Uint8Array>,
  length?: number,
): Promise<Kept & { aside: string }> {
  const store = await disk();
  const aside = `tmp/${randomUUID()}`;
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted() {
    for await (const piece of body) {
      hash.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  }
  try {
    const sealed = sealFrames(file, counted());
    if (length === undefined && env().NUANZHANG_S3_ENDPOINT) await putSpooled(store, aside, sealed);
    else await put(store, aside, sealed, length === undefined ? undefined : sealedLength(length));
    const sha256 = hash.digest("hex");
    const back = await digestAt(aside, file);
    if (back.sha256 !== sha256 || back.bytes !== bytes) throw new ObjectError("damaged", file.id);
    return { bytes, sha256, aside };
  } catch (error) {
    await dropBroken(store, aside);
    throw error;
  }
}

/** To the name that its row will know it by. */
export const moveInto = async (aside: string, key: string): Promise<void> =>
  (await disk()).move(aside, key);

export const dropObject = async (key: string): Promise<void> => (await disk()).delete(key);

/** Names below a prefix, page by page. */
export async function* listObjects(prefix: string, pages: number): AsyncGenerator<string[]> {
  const store = await disk();
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const listed = await store
      .listAll(prefix, {
        recursive: true,
        ...(token === undefined ? {} : { paginationToken: token }),
      })
      // a folder of which nothing was ever written is not there
      .catch((error: unknown) => {
        if (isAbsent(error)) return { paginationToken: undefined, objects: [] };
        throw error;
      });
    yield [...listed.objects].flatMap((object) => (object.isFile ? [object.key] : []));
    if (listed.paginationToken === undefined) return;
    token = listed.paginationToken;
  }
}

/** When it was written. */
export const writtenAt = async (key: string): Promise<Date> =>
  (await (await disk()).getMetaData(key)).lastModified;
