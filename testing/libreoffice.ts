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

/** Opens a document in LibreOffice and answers the files it makes of it, by name. */
async function converted(
  document: Uint8Array,
  filter: string,
  type = "xlsx",
): Promise<Map<string, Buffer>> {
  const place = await mkdtemp(join(tmpdir(), "nuanzhang-soffice-"));
  const out = join(place, "out");
  try {
    const opened = join(place, `in.${type}`);
    await writeFile(opened, document);
    await run(
      program,
      [
        `-env:UserInstallation=file://${place}/profile`,
        "--headless",
        "--convert-to",
        filter,
        "--outdir",
        out,
        opened,
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

/** A workbook that somebody opened in LibreOffice, in which he wrote other words into cells, and saved as a workbook again. */
export async function corrected(
  workbook: Uint8Array,
  words: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const [open] = (await converted(workbook, "fods")).values();
  const cells = Object.entries(words).reduce(
    (text, [from, to]) => {
      const cell = `<text:p>${from}</text:p>`;
      if (!text.includes(cell)) throw new Error(`no cell says ${from}`);
      return text.replace(cell, `<text:p>${to}</text:p>`);
    },
    open?.toString("utf8") ?? "",
  );
  const [saved] = (
    await converted(Buffer.from(cells), "xlsx:Calc MS Excel 2007 XML", "fods")
  ).values();
  return saved ?? Buffer.alloc(0);
}

/** Every field as the text it is: a code keeps its zeros. */
export function csvLines(text: string): string[][] {
  return parseCsv(text, { typeInference: false }).map((line) => line.map(String));
}
