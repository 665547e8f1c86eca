import { crc32, createInflateRaw } from "node:zlib";
import { LIMITS } from "./limits";
import { damaged, Refusal } from "./refusal";

type Entry = {
  name: string;
  method: number;
  crc: number;
  packed: number;
  plain: number;
  /** Where its content begins. */
  start: number;
};

const END_MARK = 0x06054b50;
const LISTED_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
const END_BYTES = 22;
const LISTED_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;
const [STORED, DEFLATED] = [0, 8];

/** Names of parts are told apart without regard to case; old writers used the other slash. */
const nameOf = (written: string): string =>
  written.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();

function endOf(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--)
    if (
      bytes.readUInt32LE(at) === END_MARK &&
      at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return at;
  throw damaged();
}

function contentStart(bytes: Buffer, at: number, directory: number): number {
  if (at + LOCAL_BYTES > directory || bytes.readUInt32LE(at) !== LOCAL_MARK) throw damaged();
  return at + LOCAL_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

function listedEntry(bytes: Buffer, at: number, directory: number): { entry: Entry; next: number } {
  if (at + LISTED_BYTES > bytes.length || bytes.readUInt32LE(at) !== LISTED_MARK) throw damaged();
  const length = bytes.readUInt16LE(at + 28);
  const next =
    at + LISTED_BYTES + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) throw damaged();
  if (bytes.readUInt16LE(at + 8) & ENCRYPTED) throw new Refusal("sheetPassword");
  const entry = {
    name: nameOf(bytes.toString("utf8", at + LISTED_BYTES, at + LISTED_BYTES + length)),
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    plain: bytes.readUInt32LE(at + 24),
    start: contentStart(bytes, bytes.readUInt32LE(at + 42), directory),
  };
  if (entry.start + entry.packed > directory) throw damaged();
  return { entry, next };
}

/** What the archive says it holds, with nothing unpacked yet. */
function listed(bytes: Buffer): Entry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const [size, directory] = [bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  // several disks, or an archive larger than it may be
  if (bytes.readUInt16LE(end + 8) !== count || directory + size !== end) throw damaged();
  if (count > LIMITS.entries) throw new Refusal("sheetEntries", { max: LIMITS.entries });
  const entries: Entry[] = [];
  for (let [at, n] = [directory, 0]; n < count; n++) {
    const { entry, next } = listedEntry(bytes, at, directory);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** Two entries over the same bytes let a small file grow without end; twice the same name hides one of them. */
function tellApart(entries: readonly Entry[]): void {
  if (new Set(entries.map(({ name }) => name)).size < entries.length) throw damaged();
  let last = 0;
  for (const { start, packed } of [...entries].sort((a, b) => a.start - b.start)) {
    if (start < last) throw damaged();
    last = start + packed;
  }
}

function weigh(entries: readonly Entry[]): void {
  const total = entries.reduce((sum, { plain }) => sum + plain, 0);
  if (total > LIMITS.totalBytes || entries.some(({ plain }) => plain > LIMITS.partBytes))
    throw new Refusal("sheetUnpacked");
}

/** A zip archive whose directory was read and found fit; parts are unpacked as they are asked for. */
export class Container {
  private readonly entries: ReadonlyMap<string, Entry>;

  constructor(private readonly bytes: Buffer) {
    const entries = listed(bytes);
    tellApart(entries);
    weigh(entries);
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  has(name: string): boolean {
    return this.entries.has(nameOf(name));
  }

  some(pattern: RegExp): boolean {
    return [...this.entries.keys()].some((name) => pattern.test(name));
  }

  private async *raw({ method, packed, start }: Entry): AsyncGenerator<Buffer> {
    const content = this.bytes.subarray(start, start + packed);
    if (method === STORED) return yield content;
    if (method !== DEFLATED) throw damaged();
    const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
    inflate.end(content);
    try {
      yield* inflate as AsyncIterable<Buffer>;
    } catch {
      throw damaged();
    } finally {
      inflate.destroy();
    }
  }

  /** The content of a part, in pieces, counted; whole as it was declared, or refused. */
  async *part(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(nameOf(name));
    if (!entry) throw damaged();
    let [size, crc] = [0, 0];
    for await (const piece of this.raw(entry)) {
      size += piece.length;
      // what is declared was weighed; more never comes out
      if (size > entry.plain) throw damaged();
      crc = crc32(piece, crc);
      yield piece;
    }
    if (size !== entry.plain || crc !== entry.crc) throw damaged();
  }
}
