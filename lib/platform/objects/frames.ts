import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

// A file at rest: AES-256-GCM in frames, under a key that is this file's alone and is sealed in its row
// (lib/platform/sealing.ts). A key seals once, so that the number of the frame is nonce enough.

/** The key of one file, and the file that it is bound to. */
export type FileKey = { readonly id: string; readonly key: string };

/** Why a file stays shut. Says which, and nothing of what is in it. */
export class ObjectError extends Error {
  readonly why: "missing" | "damaged";

  constructor(why: ObjectError["why"], id: string) {
    super(`the file ${id} cannot be read: ${why}`);
    this.name = "ObjectError";
    this.why = why;
  }
}

export const FRAME_BYTES = 256 * 1024;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SEALED_BYTES = FRAME_BYTES + TAG_BYTES;

export const freshFileKey = (id: string): FileKey => ({
  id,
  key: randomBytes(KEY_BYTES).toString("base64url"),
});

/** How long a file of so many bytes is at rest. */
export const sealedLength = (bytes: number): number =>
  bytes + TAG_BYTES * Math.max(1, Math.ceil(bytes / FRAME_BYTES));

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

/** Bound to the file, to its place in it and to being the last: nothing is moved, left out or cut off. */
const boundTo = (id: string, index: number, last: boolean): Buffer =>
  Buffer.from(`nuanzhang file ${id} ${index} ${last ? "last" : "more"}`);

const keyOf = ({ key }: FileKey): Buffer => Buffer.from(key, "base64url");

/** Pieces of one length, and at the end what is left, be it nothing. */
async function* pieces(
  body: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    held.push(bytes);
    size += bytes.byteLength;
    // one more byte than a piece: what fills it to the end may be the last
    if (size <= length) continue;
    const whole = Buffer.concat(held);
    let at = 0;
    for (; size - at > length; at += length)
      yield { bytes: whole.subarray(at, at + length), last: false };
    held = [whole.subarray(at)];
    size -= at;
  }
  yield { bytes: Buffer.concat(held), last: true };
}

export async function* sealFrames(
  file: FileKey,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { bytes, last } of pieces(body, FRAME_BYTES)) {
    const cipher = createCipheriv("aes-256-gcm", keyOf(file), nonceOf(index), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(boundTo(file.id, index, last));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/** What was sealed, frame by frame, each only when it is whole; throws an ObjectError where one is not. */
export async function* openFrames(
  file: FileKey,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { bytes, last } of pieces(body, SEALED_BYTES)) {
    if (bytes.length < TAG_BYTES) throw new ObjectError("damaged", file.id);
    const decipher = createDecipheriv("aes-256-gcm", keyOf(file), nonceOf(index), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(file.id, index, last));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    let opened: Buffer;
    try {
      opened = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new ObjectError("damaged", file.id);
    }
    if (opened.length > 0) yield opened;
    index += 1;
  }
}
