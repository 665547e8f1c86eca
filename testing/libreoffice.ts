import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseCsv } from "hucre";

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
    return csvLines(await readFile(join(place, "in.csv"), "utf8"));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Every field as the text it is: a code keeps its zeros. */
export function csvLines(text: string): string[][] {
  return parseCsv(text, { typeInference: false }).map((line) => line.map(String));
}
