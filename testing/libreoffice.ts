import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const program = process.env["SOFFICE"] ?? "soffice";

/** False where there is none: `npm test` brings it where it can and says so where it cannot. */
export const hasLibreOffice = spawnSync(program, ["--version"], { timeout: 60_000 }).status === 0;

// comma, double quote, UTF-8, from line 1; numbers as they are, not as they are shown
const FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false";

/** Opens a workbook in LibreOffice, which works out what has no cached value, and answers its csv. */
export async function calculate(workbook: Uint8Array): Promise<string[][]> {
  const place = await mkdtemp(join(tmpdir(), "nuanzhang-soffice-"));
  try {
    await writeFile(join(place, "in.xlsx"), workbook);
    await run(
      program,
      [
        `-env:UserInstallation=file://${place}/profile`,
        "--headless",
        "--convert-to",
        FILTER,
        "--outdir",
        place,
        join(place, "in.xlsx"),
      ],
      { timeout: 120_000 },
    );
    return parseCsv(await readFile(join(place, "in.csv"), "utf8"));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** RFC 4180, with either line ending; a byte-order mark is dropped. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g;
  for (const [all, quoted, plain, end] of text.replace(/^\uFEFF/, "").matchAll(field)) {
    if (all === "" && end === "") break;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n" || end === "\n") rows.push([]);
    else if (end === "") break;
  }
  if (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}
