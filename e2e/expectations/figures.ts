import { expect, type Locator, type Page } from "@playwright/test";
import { parseCsv, readXlsx } from "hucre";

/** Yuan as printed, "1,332.50" or "—" for nothing, to the fen: no float on the way. */
export function fenOf(text: string): bigint {
  const clean = text.replaceAll(",", "").trim();
  if (clean === "—" || clean === "") return 0n;
  const match = /^(-?)(\d+)\.(\d{2})$/.exec(clean);
  expect(match, `an amount in yuan: ${text}`).not.toBeNull();
  const [, sign = "", yuan = "", fen = ""] = match ?? [];
  return BigInt(`${sign}${yuan}${fen}`);
}

export const yuanOf = (fen: bigint): string =>
  `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;

/** A workbook's number is a double; two decimals of any amount here are exact in it. */
const cellFen = (cell: unknown): bigint => (typeof cell === "number" ? fenOf(cell.toFixed(2)) : 0n);

/** The row of a place in a table of the dashboard, and one of its cells. */
export function rowOf(table: Locator, name: string): Locator {
  return table
    .getByRole("row")
    .filter({ has: table.page().getByRole("rowheader", { name, exact: true }) });
}

/** A card of the dashboard, turned to its table. */
export async function tableOf(page: Page, card: string): Promise<Locator> {
  const whole = page.locator(card);
  await whole.locator('input[value="table"]').check();
  return whole;
}

export async function dashboardFen(page: Page, card: string, name: string): Promise<bigint> {
  const row = rowOf(await tableOf(page, card), name);
  return fenOf(await row.getByRole("cell").first().innerText());
}

const CODE = 1;
const SPENT = 3;

/** What was spent, by the code of the place, in a yearly summary in yuan. */
export async function spentInWorkbook(file: Buffer): Promise<Map<string, bigint>> {
  const { sheets } = await readXlsx(new Uint8Array(file));
  const rows = sheets[0]?.rows ?? [];
  return new Map(
    rows
      .filter((row) => /^\d{6}/.test(String(row[CODE])))
      .map((row) => [`${String(row[0])} ${String(row[CODE])}`, cellFen(row[SPENT])]),
  );
}

export function spentInCsv(file: Buffer): Map<string, bigint> {
  const rows = parseCsv(file.toString("utf8"));
  return new Map(
    rows
      .filter((row) => /^\d{6}/.test(String(row[CODE])))
      .map((row) => [`${String(row[0])} ${String(row[CODE])}`, fenOf(String(row[SPENT]))]),
  );
}
