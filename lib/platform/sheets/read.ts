import type { ReadSheet, SheetFile } from "@/lib/kernel/sheet-file";
import { readWorkbook } from "./book";
import { Container } from "./container";
import { readCsv } from "./csv";
import { LIMITS } from "./limits";
import { Refusal } from "./refusal";
import { readSheet } from "./sheet";

const begins = (bytes: Buffer, ...mark: number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const OTHER_FILES: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // %PDF
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
  [0x7b, 0x5c, 0x72, 0x74], // {\rt
];
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");
/** A web page, a mail of one, or a sheet as XML, under the name of a workbook. */
const PAGE = /^(?:\uFEFF|\s)*(?:<(?:!doctype|\?xml|html|table|meta|head|body)|mime-version:)/i;

async function readXlsx(bytes: Buffer): Promise<SheetFile> {
  const archive = new Container(bytes);
  const book = await readWorkbook(archive);
  const budget = { cells: LIMITS.cells, characters: LIMITS.characters };
  const sheets: ReadSheet[] = [];
  for (const listed of book.sheets) sheets.push(await readSheet(archive, book, listed, budget));
  return { format: "xlsx", encoding: null, delimiter: null, linked: book.linked, sheets };
}

/** Reads a file by what it holds, whatever it is called. `name` is that of a csv’s only sheet. */
export async function readFile(bytes: Buffer, name: string): Promise<SheetFile> {
  if (bytes.length > LIMITS.fileBytes) throw new Refusal("sheetTooBig", { max: 20 });
  if (bytes.length === 0) throw new Refusal("sheetEmpty");
  if (begins(bytes, 0x50, 0x4b)) return readXlsx(bytes);
  if (begins(bytes, ...COMPOUND))
    throw new Refusal(bytes.includes(ENCRYPTED) ? "sheetPassword" : "sheetOldXls");
  if (OTHER_FILES.some((mark) => begins(bytes, ...mark))) throw new Refusal("sheetNotTable");
  if (PAGE.test(bytes.toString("utf8", 0, 1_000))) throw new Refusal("sheetWebPage");
  return readCsv(bytes, name);
}
