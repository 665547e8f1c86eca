import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive, and where it lies about itself. */
export type MadePart = {
  name: string;
  content: string | Buffer;
  /** Declared instead of its size when unpacked, of its checksum, of its method. */
  plain?: number;
  crc?: number;
  method?: number;
  encrypted?: boolean;
};

const shorts = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);

type Placed = MadePart & { packed: Buffer; at: number; bytes: Buffer };

function fields({ packed, bytes, plain, crc, method = 8, encrypted }: Placed): Buffer {
  return Buffer.concat([
    shorts(20, encrypted ? 1 : 0, method, 0, 0x21),
    longs(crc ?? crc32(bytes), packed.length, plain ?? bytes.length),
  ]);
}

/** A zip archive as it is told, true or not. `overlapping`: every entry points to the content of the first. */
export function madeArchive(
  parts: readonly MadePart[],
  { overlapping = false, comment = "" } = {},
): Buffer {
  let at = 0;
  const written: Buffer[] = [];
  const placed = parts.map((part): Placed => {
    const bytes = Buffer.from(part.content);
    const packed = part.method === 0 ? bytes : deflateRawSync(bytes);
    const one: Placed = { ...part, bytes, packed, at: overlapping ? 0 : at };
    const name = Buffer.from(part.name);
    const local = Buffer.concat([
      longs(0x04034b50),
      fields(one),
      shorts(name.length, 0),
      name,
      packed,
    ]);
    if (overlapping && at > 0) return one;
    written.push(local);
    at += local.length;
    return one;
  });
  const directory = Buffer.concat(
    placed.map((one) => {
      const name = Buffer.from(one.name);
      return Buffer.concat([
        longs(0x02014b50),
        shorts(20),
        fields(one),
        shorts(name.length, 0, 0, 0, 0),
        longs(0, one.at),
        name,
      ]);
    }),
  );
  const end = Buffer.concat([
    longs(0x06054b50),
    shorts(0, 0, parts.length, parts.length),
    longs(directory.length, at),
    shorts(comment.length),
    Buffer.from(comment),
  ]);
  return Buffer.concat([...written, directory, end]);
}
