import { openXlsx, saveXlsx } from "hucre";

/** A workbook as somebody has it open: its first sheet, by the words of its heads. */
export type TableFile = {
  readonly heads: string[];
  readonly rows: string[][];
  /** Writes a line under the last; what is not named stays empty. */
  add(line: Record<string, string>): void;
  /** Writes into a cell of a line that is there, from 0 below the heads. */
  set(line: number, head: string, text: string): void;
  save(): Promise<Buffer>;
};

const said = (value: unknown): string => (typeof value === "string" ? value : String(value ?? ""));

export async function openTable(bytes: Uint8Array): Promise<TableFile> {
  const workbook = await openXlsx(bytes);
  const [sheet] = workbook.sheets;
  if (!sheet) throw new Error("the workbook has no sheet");
  const heads = (sheet.rows[0] ?? []).map(said);
  const at = (head: string): number => {
    const index = heads.indexOf(head);
    if (index < 0) throw new Error(`no column ${head} in ${heads.join(" ")}`);
    return index;
  };
  const put = (row: number, column: number, text: string) => {
    const line = (sheet.rows[row] ??= heads.map(() => null));
    line[column] = text;
    const cell = sheet.cells?.get(`${row},${column}`);
    if (cell) sheet.cells?.set(`${row},${column}`, { ...cell, value: text, type: "string" });
  };
  return {
    heads,
    rows: sheet.rows.map((row) => row.map(said)),
    add(line) {
      const row = sheet.rows.length;
      for (const [head, text] of Object.entries(line)) put(row, at(head), text);
    },
    set: (line, head, text) => put(line + 1, at(head), text),
    save: async () => Buffer.from(await saveXlsx(workbook)),
  };
}
