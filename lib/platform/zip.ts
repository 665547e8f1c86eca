import "server-only";
import { Readable, pipeline } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

/** One file of the archive, as text or bytes that are still being written. */
export type ZipPart = {
  name: string;
  text: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
};

/** Beyond it sizes need another form of archive (ZIP64), which not every reader knows. */
const MOST_BYTES = 0xffffffff;
/** Sheets are all repetition: the quickest level leaves a sixth more bytes than the default, for half the work. */
const LEVEL = 1;
/** Names are UTF-8; size and checksum follow the content, because nobody knows them before. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1 January 1980, the first day an archive can say: the same rows make the same bytes. */
const DAY = 0x0021;

type Written = { name: Buffer; at: number; crc: number; plain: number; packed: number };

function within(bytes: number): number {
  if (bytes > MOST_BYTES) throw new RangeError("more than an archive can hold");
  return bytes;
}

const shorts = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);

const localHeader = ({ name }: Written): Buffer =>
  Buffer.concat([
    longs(0x04034b50),
    shorts(VERSION, FLAGS, DEFLATED, 0, DAY),
    longs(0, 0, 0),
    shorts(name.length, 0),
    name,
  ]);

const descriptor = ({ crc, packed, plain }: Written): Buffer =>
  longs(0x08074b50, crc, within(packed), within(plain));

const listed = ({ name, at, crc, packed, plain }: Written): Buffer =>
  Buffer.concat([
    longs(0x02014b50),
    shorts(VERSION, VERSION, FLAGS, DEFLATED, 0, DAY),
    longs(crc, packed, plain),
    shorts(name.length, 0, 0, 0, 0),
    longs(0, within(at)),
    name,
  ]);

/** The content of a part, packed on zlib’s own threads; what went through is counted in `written`. */
async function* packed(part: ZipPart, written: Written): AsyncGenerator<Buffer> {
  async function* read() {
    for await (const text of part.text) {
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      written.crc = crc32(bytes, written.crc);
      written.plain += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 });
  // a failure destroys both ends, and the loop below throws it
  pipeline(Readable.from(read(), { highWaterMark: 1 }), deflate, () => undefined);
  for await (const bytes of deflate as AsyncIterable<Buffer>) {
    written.packed += bytes.length;
    yield bytes;
  }
}

/** A zip archive as it comes, in constant memory: a part is asked for when the one before it is written. */
export async function* zipped(
  parts: AsyncIterable<ZipPart> | Iterable<ZipPart>,
): AsyncGenerator<Uint8Array> {
  const all: Written[] = [];
  let at = 0;
  const counted = (bytes: Buffer) => {
    at += bytes.length;
    return bytes;
  };
  for await (const part of parts) {
    const written = { name: Buffer.from(part.name), at, crc: 0, plain: 0, packed: 0 };
    all.push(written);
    yield counted(localHeader(written));
    for await (const bytes of packed(part, written)) yield counted(bytes);
    yield counted(descriptor(written));
  }
  const directory = Buffer.concat(all.map(listed));
  yield directory;
  yield Buffer.concat([
    longs(0x06054b50),
    shorts(0, 0, all.length, all.length),
    longs(directory.length, within(at)),
    shorts(0),
  ]);
}
