/** A table that somebody chose stays in this tab: what is of people leaves it only as the rows they send. */
const MOST_BYTES = 5 * 1024 * 1024;

/** Strict UTF-8, else strict GB18030, as spreadsheets here write it. */
function decoded(bytes: Uint8Array): string | null {
  for (const encoding of ["utf-8", "gb18030"])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the other one
    }
  return null;
}

/** A number that its cell could not hold has lost its last digits: written so that nobody takes it for whole. */
const numberText = (cell: number) =>
  Number.isInteger(cell) && !Number.isSafeInteger(cell) ? cell.toExponential() : String(cell);

const cellText = (cell: unknown): string =>
  typeof cell === "number" ? numberText(cell) :
  cell === null || cell === undefined ? "" : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell as string | number | boolean); // prettier-ignore

/** The cells of the first sheet of an xlsx, or of a csv; null where it is neither. The readers load when they are needed. */
export async function readTableFile(file: File): Promise<string[][] | null> {
  if (file.size > MOST_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const { readXlsx } = await import("hucre");
      const { sheets } = await readXlsx(bytes);
      return (sheets[0]?.rows ?? []).map((row) => row.map(cellText));
    }
    const text = decoded(bytes);
    if (text === null || text.includes("\0")) return null;
    const { detectDelimiter, parseCsv, stripBom } = await import("hucre/csv");
    const plain = stripBom(text);
    return parseCsv(plain, { delimiter: detectDelimiter(plain) }).map((row) => row.map(cellText));
  } catch {
    return null;
  }
}
