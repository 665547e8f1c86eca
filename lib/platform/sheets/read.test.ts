import { describe, expect, it } from "vitest";
import { messagesOf } from "@/lib/i18n/messages";
import type { ReadSheet } from "@/lib/kernel/sheet-file";
import { CELL_FILES } from "@/testing/sheet-corpus/cells";
import type { Expected, ExpectedSheet } from "@/testing/sheet-corpus/expected";
import { HOSTILE_FILES } from "@/testing/sheet-corpus/hostile";
import { TEXT_FILES } from "@/testing/sheet-corpus/texts";
import { readFile } from "./read";
import { Refusal } from "./refusal";

const sentences = new Set(Object.keys(messagesOf("zh-CN").errors.field));

/** What was read, said as the corpus says it. */
function asExpected(sheet: ReadSheet, { name }: ExpectedSheet): ExpectedSheet {
  const hiddenRows = sheet.rows.filter(({ hidden }) => hidden).map(({ row }) => row);
  return {
    rows: sheet.rows.map(({ row, cells }) => [
      row,
      ...cells.map(({ text, note }) => (note ? ([text, note] as const) : text)),
    ]),
    ...(name === undefined ? {} : { name: sheet.name }),
    ...(sheet.hidden ? { hidden: true } : {}),
    ...(hiddenRows.length > 0 ? { hiddenRows } : {}),
    ...(sheet.hiddenColumns.length > 0 ? { hiddenColumns: sheet.hiddenColumns } : {}),
    ...(sheet.merges.length > 0 ? { merges: sheet.merges.length } : {}),
    ...(sheet.beyond ? { beyond: sheet.beyond } : {}),
    ...(sheet.problem ? { problem: sheet.problem.key } : {}),
  };
}

async function became(bytes: Buffer, file: string, expected: Expected): Promise<Expected> {
  try {
    const read = await readFile(bytes, file);
    const of = "sheets" in expected ? expected : { sheets: [] };
    return {
      sheets: read.sheets.map((sheet, at) => asExpected(sheet, of.sheets[at] ?? { rows: [] })),
      ...(read.linked ? { linked: true } : {}),
      ...("encoding" in of ? { encoding: `${read.encoding}`, delimiter: `${read.delimiter}` } : {}),
    };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.key };
    throw error;
  }
}

describe.each([
  ["cells", CELL_FILES],
  ["hostile archives", HOSTILE_FILES],
  ["texts and other files", TEXT_FILES],
])("%s", (_, files) => {
  it.each(files)("$name", async ({ file, bytes, expected }) => {
    expect(await became(bytes(), file, expected)).toEqual(expected);
    const keys =
      "refused" in expected
        ? [expected.refused]
        : expected.sheets.flatMap(({ problem }) => problem ?? []);
    for (const key of keys) expect(sentences).toContain(key);
  });
});
