import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsvObjects } from "hucre";

type PublishedRow = {
  ref: string;
  org_code: string;
  programme: string;
  form: string;
  amount_yuan: string;
};

const CONTRIBUTORY = "职工医疗互助";

/** The published file itself, read without any of the application's code. */
function publishedRows(): PublishedRow[] {
  const file = join(process.cwd(), "prisma/seed/data/published-2024.csv");
  const { data } = parseCsvObjects<PublishedRow>(readFileSync(file, "utf8"), {
    header: true,
    typeInference: false,
  });
  return data;
}

const fenOf = (row: PublishedRow) => BigInt(row.amount_yuan === "" ? 0 : row.amount_yuan) * 100n;
const sum = (rows: PublishedRow[]) => rows.reduce((total, row) => total + fenOf(row), 0n);

/** Disbursements only: one row of the file is an allotment. */
const disbursements = () => publishedRows().filter((row) => row.form !== "budget");
export const publishedRelief = () =>
  disbursements().filter((row) => row.programme !== CONTRIBUTORY);

export function publishedTotalFen(): bigint {
  return sum(publishedRelief());
}

export function publishedContributory(): { records: number; fen: bigint } {
  const rows = disbursements().filter((row) => row.programme === CONTRIBUTORY);
  return { records: rows.length, fen: sum(rows) };
}

export function publishedByOrganisation(): Map<string, { records: number; fen: bigint }> {
  const found = new Map<string, { records: number; fen: bigint }>();
  for (const row of publishedRelief()) {
    const old = found.get(row.org_code) ?? { records: 0, fen: 0n };
    found.set(row.org_code, { records: old.records + 1, fen: old.fen + fenOf(row) });
  }
  return found;
}
