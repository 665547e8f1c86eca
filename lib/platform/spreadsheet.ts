import "server-only";
import { writeXlsx, writeXlsxStream, type CellValue, type ColumnDef, type WriteSheet } from "hucre";

/** A styled workbook of one small sheet. */
export async function workbookFile(
  sheet: WriteSheet,
  about: { title: string; created: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writeXlsx({
    sheets: [sheet],
    properties: { title: about.title, creator: "Nuanzhang 暖账", created: about.created },
    defaultFont: { name: "宋体", size: 10 },
  });
  return new Uint8Array(bytes);
}

/** A long plain sheet, written while it is read: memory does not grow with the rows. */
export function workbookStream(
  rows: AsyncIterable<CellValue[]>,
  sheet: { name: string; columns: ColumnDef[] },
): ReadableStream<Uint8Array> {
  return writeXlsxStream(rows, sheet);
}

const BOM = "\uFEFF";
const CHUNK_CHARACTERS = 64 * 1024;

/** Lines as UTF-8 with a byte-order mark, in chunks; the reader's pace is the writer's. */
export function textStream(lines: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = lines[Symbol.asyncIterator]();
  let pending = BOM;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (pending.length < CHUNK_CHARACTERS) {
        const next = await source.next();
        if (next.done) {
          if (pending !== "") controller.enqueue(encoder.encode(pending));
          controller.close();
          return;
        }
        pending += next.value;
      }
      controller.enqueue(encoder.encode(pending));
      pending = "";
    },
    async cancel() {
      await source.return?.();
    },
  });
}

export function textFile(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(BOM + lines.join("")));
}
