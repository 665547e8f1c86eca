// The day on which a picture was taken, out of its EXIF block: a tree of numbered entries, read within its bounds.

const EXIF_HEAD = "Exif\0\0";
const POINTS_TO_EXIF = 0x8769;
/** When it was taken, or digitised. When the file was changed is no day of the picture. */
const DAYS = [0x9003, 0x9004] as const;
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 500;

type Reading = { short: (at: number) => number; long: (at: number) => number; text: Buffer };

function readingOf(block: Buffer): Reading | null {
  const order = block.subarray(0, 2).toString("latin1");
  if (order !== "II" && order !== "MM") return null;
  const little = order === "II";
  const inside = (at: number, length: number) => at >= 0 && at + length <= block.length;
  return {
    short: (at) => (!inside(at, 2) ? 0 : little ? block.readUInt16LE(at) : block.readUInt16BE(at)),
    long: (at) => (!inside(at, 4) ? 0 : little ? block.readUInt32LE(at) : block.readUInt32BE(at)),
    text: block,
  };
}

/** The entries of one level: their numbers, and where each value stands. */
function entriesOf(read: Reading, start: number): Map<number, number> {
  const entries = new Map<number, number>();
  const count = Math.min(read.short(start), MOST_ENTRIES);
  for (let n = 0; n < count; n += 1) {
    const at = start + 2 + n * ENTRY_BYTES;
    entries.set(read.short(at), at + 8);
  }
  return entries;
}

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text >= "1990";
};

/** As text and never as an instant: a camera has no zone, and 10:15 is not to become another day. */
export function photoDayOf(exif: Uint8Array): string | null {
  const whole = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
  const headed = whole.subarray(0, 6).toString("latin1") === EXIF_HEAD;
  const read = readingOf(headed ? whole.subarray(6) : whole);
  if (!read) return null;
  const first = entriesOf(read, read.long(4));
  const pointer = first.get(POINTS_TO_EXIF);
  const inner = pointer === undefined ? new Map<number, number>() : entriesOf(read, read.long(pointer)); // prettier-ignore
  for (const tag of DAYS) {
    const at = inner.get(tag) ?? first.get(tag);
    if (at === undefined) continue;
    const from = read.long(at);
    const said = read.text.subarray(from, from + 10).toString("latin1");
    const day = /^(\d{4}):(\d\d):(\d\d)$/.exec(said)?.slice(1).join("-");
    if (day !== undefined && isDay(day)) return day;
  }
  return null;
}
