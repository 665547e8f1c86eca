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
  /** It has no bytes of its own: it points to those of the part of this name. */
  over?: string;
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

function localBytes(one: Placed): Buffer {
  const name = Buffer.from(one.name);
  const head = [longs(0x04034b50), fields(one), shorts(name.length, 0)];
  return Buffer.concat([...head, name, one.packed]);
}

/** A zip archive as it is told, true or not. */
export function madeArchive(parts: readonly MadePart[], { comment = "" } = {}): Buffer {
  let at = 0;
  const written: Buffer[] = [];
  const placed: Placed[] = [];
  for (const part of parts) {
    const bytes = Buffer.from(part.content);
    const packed = part.method === 0 ? bytes : deflateRawSync(bytes);
    const under = placed.find(({ name }) => name === part.over);
    const one: Placed = { ...part, bytes, packed, at: under?.at ?? at };
    placed.push(one);
    if (under) continue;
    written.push(localBytes(one));
    at += localBytes(one).length;
  }
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
    shorts(Buffer.byteLength(comment)),
    Buffer.from(comment),
  ]);
  return Buffer.concat([...written, directory, end]);
}
