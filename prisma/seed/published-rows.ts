import { readFileSync } from "node:fs";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { AidForm } from "@/lib/kernel/record-codes";
import type { Counts } from "@/lib/kernel/counts";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { splitFen } from "@/lib/kernel/money";
import { parseCsvObjects } from "hucre";
import { CITATION, PROGRAMME_OF, READINGS, type Reading } from "@/prisma/seed/data/published-2024";

export const PUBLISHED_YEAR = 2024;

type CsvRow = Record<string, string>;
export type PublishedRow = {
  ref: string;
  citation: string;
  fields: DisbursementFields;
};
/** Money that was obtained, not given out: the one row of the magazine that is an allotment. */
export type PublishedAllotment = {
  ref: string;
  citation: string;
  organisation: string;
  programme: string;
  amountFen: bigint;
  note: string;
};

/**
 * The application that won it: "研究申报2024年困难职工帮扶项目，…通过全总项目平台申报帮扶救助项目，争取帮扶资金203.907万元，着力解决困难职工
 * 家庭在生活、医疗和子女就学等方面的实际困难". Neither the amount declared nor that approved is in print, nor a number.
 */
export type PublishedProject = {
  ref: string;
  citation: string;
  organisation: string;
  name: string;
  programmes: string[];
  purpose: string;
};

const FORM_OF: Readonly<Record<string, AidForm>> = {
  cash: "cash",
  in_kind: "goods",
  voucher: "voucher",
  service: "service",
  mixed: "mixed",
};
const ITEM_UNITS: Readonly<Record<string, "packs" | "posts">> = {
  份: "packs",
  张: "packs",
  个岗位: "posts",
};

const publishedCsv = (): CsvRow[] =>
  parseCsvObjects<CsvRow>(
    readFileSync(new URL("./data/published-2024.csv", import.meta.url), "utf8"),
    { header: true, typeInference: false },
  ).data;

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`published: ${what} is not known`);
  return value;
}

const citation = (row: CsvRow) => `${CITATION} ${row["article"] ?? ""}`.trim();

function amountOf(row: CsvRow): bigint | null {
  const text = row["amount_yuan"] ?? "";
  if (text === "") return null;
  const parsed = parseAmount(text, "yuan");
  if (!parsed.ok) throw new Error(`published: ${row["ref"]} has no readable amount`);
  return parsed.fen;
}

/** Items that are projects (项) are no count of the ledger: they stand in the note. */
function countsOf(row: CsvRow, reading: Reading): Counts {
  const number = (column: string) => (row[column] ? Number(row[column]) : undefined);
  const counts: Counts = { ...reading.counts };
  const given = {
    persons: number("persons"),
    households: number("households"),
    personTimes: number("person_times"),
  };
  for (const [unit, value] of Object.entries(given) as [keyof typeof given, number | undefined][])
    if (value !== undefined) counts[unit] = value;
  const itemUnit = ITEM_UNITS[row["item_unit"] ?? ""];
  const items = number("items");
  if (itemUnit && items !== undefined) counts[itemUnit] = items;
  return counts;
}

/** "2024" is a year whose day nobody published; "2024-01/2024-10" ends with its month. */
function periodOf(row: CsvRow): { periodFrom: string; periodTo: string } {
  const [from = "", to = from] = (row["period"] ?? "").split("/");
  const [year = "", month = "12"] = to.split("-");
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return {
    periodFrom: from.length === 4 ? `${from}-01-01` : `${from}-01`,
    periodTo: `${year}-${month}-${lastDay}`,
  };
}

function sharesOf(amountFen: bigint | null, reading: Reading): DisbursementFields["shares"] {
  const sources = reading.sources;
  if (!sources || amountFen === null)
    return [{ fundSource: "not-stated", amountFen: amountFen?.toString() ?? null }];
  const parts = splitFen(
    amountFen,
    sources.map(([, weight]) => weight),
  );
  return sources.map(([fundSource], n) => ({ fundSource, amountFen: String(parts[n] ?? 0n) }));
}

function noteOf(row: CsvRow, reading: Reading, counts: Counts, amountFen: bigint | null): string {
  return [
    `${row["aid_kind"]}。对象：${row["recipient_group"]}。`,
    reading.remark ?? "",
    amountFen === null ? "原文未载金额。" : "",
    Object.keys(counts).length === 0 ? "原文未载人数、户数。" : "",
  ].join("");
}

function rowOf(row: CsvRow): PublishedRow {
  const ref = required(row["ref"], "a reference");
  const reading = required(READINGS[ref], `the reading of ${ref}`);
  const amountFen = amountOf(row);
  const counts = countsOf(row, reading);
  const exact = row["amount_precision"] === "exact";
  return {
    ref,
    citation: citation(row),
    fields: {
      organisation: required(row["org_code"], `the organisation of ${ref}`),
      programme: required(PROGRAMME_OF[row["programme"] ?? ""], `the programme of ${ref}`),
      aidCategory: reading.aidCategory,
      recipientKind: reading.recipientKind,
      form: required(FORM_OF[row["form"] ?? ""], `the form of ${ref}`),
      fiscalYear: PUBLISHED_YEAR,
      ...periodOf(row),
      amountFen: amountFen?.toString() ?? null,
      amountKind: amountFen === null ? "unvalued" : exact ? "exact" : "estimated",
      amountWording: amountFen === null || exact ? null : (row["amount_as_published"] ?? null),
      rate: reading.rate ?? null,
      counts,
      shares: sharesOf(amountFen, reading),
      note: noteOf(row, reading, counts, amountFen),
    },
  };
}

function allotmentOf(row: CsvRow): PublishedAllotment {
  const ref = required(row["ref"], "a reference");
  return {
    ref,
    citation: citation(row),
    organisation: required(row["org_code"], `the organisation of ${ref}`),
    programme: required(PROGRAMME_OF[row["programme"] ?? ""], `the programme of ${ref}`),
    amountFen: required(amountOf(row) ?? undefined, `the amount of ${ref}`),
    note: "通过全总项目平台申报争取的困难职工帮扶资金，原文未载资金来源和到账日期。",
  };
}

const projectOf = (row: CsvRow): PublishedProject => ({
  ref: `${required(row["ref"], "a reference")}-P`,
  citation: citation(row),
  organisation: required(row["org_code"], "the organisation of a project"),
  name: `${PUBLISHED_YEAR}年困难职工帮扶项目`,
  // 子女就学 is the autumn's programme
  programmes: ["困难职工帮扶", "金秋助学"].map((name) => required(PROGRAMME_OF[name], name)),
  purpose: "困难职工家庭生活、医疗和子女就学等方面的实际困难；通过全总项目平台申报。",
});

export function publishedRows(): {
  disbursements: PublishedRow[];
  allotments: PublishedAllotment[];
  /** In the order of the allotments that they won. */
  projects: PublishedProject[];
} {
  const rows = publishedCsv();
  const isBudget = (row: CsvRow) => row["form"] === "budget";
  return {
    disbursements: rows.filter((row) => !isBudget(row)).map(rowOf),
    allotments: rows.filter(isBudget).map(allotmentOf),
    projects: rows.filter(isBudget).map(projectOf),
  };
}
