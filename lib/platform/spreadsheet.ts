import "server-only";
import { writeXlsx, type WriteSheet } from "hucre";

/** A styled workbook of small sheets. */
export async function workbookFile(
  sheets: WriteSheet[],
  about: { title: string; created: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writeXlsx({
    sheets,
    properties: {
      title: about.title,
      creator: "Nuanzhang 暖账",
      created: about.created,
      modified: about.created,
    },
    defaultFont: { name: "宋体", size: 10 },
  });
  return new Uint8Array(bytes);
}

const BOM = "\uFEFF";
const CHUNK_CHARACTERS = 64 * 1024;

/** What a generator writes, at the reader’s pace; a reader who leaves ends it. */
export function byteStream(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

/** Lines as UTF-8 with a byte-order mark, in chunks. */
export async function* encodedLines(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let pending = BOM;
  for await (const text of lines) {
    pending += text;
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(pending);
    pending = "";
  }
  if (pending !== "") yield encoder.encode(pending);
}

export function textFile(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(BOM + lines.join("")));
}
