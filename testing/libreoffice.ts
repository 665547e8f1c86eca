import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseCsv } from "hucre";
import { readPdf, type PaperPage } from "./pdf";

const run = promisify(execFile);
const program = process.env["SOFFICE"] ?? "soffice";

/** False where there is none: `npm test` brings it where it can and says so where it cannot. */
export const hasLibreOffice = spawnSync(program, ["--version"], { timeout: 60_000 }).status === 0;

// comma, double quote, UTF-8, from line 1; numbers as they are, not as they are shown; every sheet
const CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/** Opens a workbook in LibreOffice and answers the files it makes of it, by name. */
async function converted(workbook: Uint8Array, filter: string): Promise<Map<string, Buffer>> {
  const place = await mkdtemp(join(tmpdir(), "nuanzhang-soffice-"));
  const out = join(place, "out");
  try {
    await writeFile(join(place, "in.xlsx"), workbook);
    await run(
      program,
      [
        `-env:UserInstallation=file://${place}/profile`,
        "--headless",
        "--convert-to",
        filter,
        "--outdir",
        out,
        join(place, "in.xlsx"),
      ],
      { timeout: 120_000 },
    );
    const names = await readdir(out);
    return new Map(
      await Promise.all(
        names.map(async (name): Promise<[string, Buffer]> => [
          name,
          await readFile(join(out, name)),
        ]),
      ),
    );
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** The cells of every sheet, by its name: LibreOffice works out what has no cached value. */
export async function calculateSheets(workbook: Uint8Array): Promise<Map<string, string[][]>> {
  const files = await converted(workbook, CSV);
  return new Map(
    [...files].map(([name, file]) => [name.slice(3, -4), csvLines(file.toString("utf8"))]),
  );
}

/** The cells of a workbook of one sheet. */
export async function calculate(workbook: Uint8Array): Promise<string[][]> {
  const [grid] = (await calculateSheets(workbook)).values();
  return grid ?? [];
}

/** A workbook as LibreOffice prints it. */
export async function printed(workbook: Uint8Array): Promise<PaperPage[]> {
  const [file] = (await converted(workbook, "pdf")).values();
  return readPdf(file ?? new Uint8Array());
}

/** Every field as the text it is: a code keeps its zeros. */
export function csvLines(text: string): string[][] {
  return parseCsv(text, { typeInference: false }).map((line) => line.map(String));
}
