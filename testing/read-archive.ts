import { crc32, inflateRawSync } from "node:zlib";

/** What the directory at the end of a zip names, each with its content; throws where a checksum does not fit. */
export function readArchive(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error("no archive");
  const found = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let n = archive.readUInt16LE(end + 10); n > 0; n -= 1) {
    const packed = archive.readUInt32LE(at + 20);
    const name = archive.toString("utf8", at + 46, at + 46 + archive.readUInt16LE(at + 28));
    const from = archive.readUInt32LE(at + 42) + 30 + Buffer.byteLength(name);
    const content = inflateRawSync(archive.subarray(from, from + packed));
    if (crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(`${name} is damaged`);
    found.set(name, content);
    at += 46 + Buffer.byteLength(name);
  }
  return found;
}
