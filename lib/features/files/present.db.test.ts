import { getReference } from "@/lib/features/reference/queries";
import { namesOf } from "@/lib/features/reference/present";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import { labelsOf } from "@/lib/platform/words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";
import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { columnWords, LEDGER_COLUMNS, ledgerWords } from "./labels";
import { csvLine } from "@/lib/kernel/csv";
import { plainYuan } from "./rules";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { listDisbursements } = await import("@/lib/features/ledger/queries");
const { getLedgerFile } = await import("./queries");
const actors = testActors(database);

/** What a clerk may write, and the bytes of it in csv. */
const NASTY: [note: string, cell: string][] = [
  ['=HYPERLINK("http://x","慰问")', `"'=HYPERLINK(""http://x"",""慰问"")"`],
  ["+1", "'+1"],
  ["-慰问", "'-慰问"],
  ["-1332.50", "-1332.50"],
  ["-14.1%", "-14.1%"],
  ["-1.", "'-1."],
  ["-１２", "'-１２"],
  ["-1\n", `"'-1\n"`],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["＝1＋1", "'＝1＋1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠x", "'＠x"],
  ["\tx", "'\tx"],
  ["\rx", `"'\rx"`],
  ["\n=1", `"'\n=1"`],
  ["两行\r\n=第二行", `"两行\r\n=第二行"`],
  ["慰问, 现金", `"慰问, 现金"`],
  ["慰问，现金", "慰问，现金"],
  ['他说"好"', `"他说""好"""`],
  ['"', `""""`],
  ["", ""],
  [" 空格 ", " 空格 "],
  ["—", "—"],
  ["\\N", "\\N"],
  ["a\\r\\n", "a\\r\\n"],
  ["%s%%", "%s%%"],
  ["'=1", "'=1"],
  ["a<b>&amp;", "a<b>&amp;"],
  ["\u0001\u001f\ufffe", "\u0001\u001f\ufffe"],
  ["_x000D_ _x0001_x0002_", "_x000D_ _x0001_x0002_"],
  ["𠮷🎁", "𠮷🎁"],
];

let province: TestPerson;
let csv: string;
let written: DisbursementRow[];
beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(600, dice(7));
  await office.close();
  const { owner } = actors;
  await owner.query("SET session_replication_role = replica");
  const texts = NASTY.map(([note]) => note);
  await owner.query(
    `UPDATE disbursements SET note = ($1::text[])[1 + id % cardinality($1::text[])], amount_wording =
       CASE WHEN id % 3 = 0 THEN ($1::text[])[1 + (id / 3) % cardinality($1::text[])] END`,
    [texts],
  );
  await owner.query(`UPDATE disbursements SET amount_fen = (ARRAY[5, 99, 100, 1000000000000])[1 + id % 4]
      * CASE entry_kind WHEN 'REVERSAL' THEN -1 ELSE 1 END
    WHERE amount_fen IS NOT NULL AND id % 5 = 0`);
  await owner.query(
    "UPDATE disbursement_shares SET amount_fen = NULL WHERE disbursement_id % 7 = 0",
  );
  await owner.query(
    "UPDATE disbursements SET id = 123456789 WHERE id = (SELECT max(id) FROM disbursements)",
  );
  await owner.query(
    `UPDATE programmes SET name_zh = '-春"节",' || chr(10) WHERE id = (SELECT min(id) FROM programmes)`,
  );
  await owner.query(
    `UPDATE fund_sources SET name_zh = '=省级,' || code, sort_order = -id WHERE id % 2 = 0`,
  );
  await owner.query("SET session_replication_role = DEFAULT");
  csv = new TextDecoder().decode(await fileOf("csv", "zh-CN"));
  written = await screenRows();
}, 120_000);

async function fileOf(
  format: "csv" | "xlsx",
  locale: Locale,
  more: { sheetRows?: number } = {},
): Promise<Uint8Array> {
  return readAs(province.session, async (context) => {
    const now = new Date("2026-11-22T08:05:00Z");
    const file = await getLedgerFile({ ...context, locale, now, query: { format }, ...more });
    return new Uint8Array(await new Response(file.body).arrayBuffer());
  });
}

/** The rows the screen reads, page by page. */
async function screenRows(): Promise<DisbursementRow[]> {
  return readAs(province.session, async ({ db, scope }) => {
    const rows: DisbursementRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDisbursements({ db, scope, filter: { limit: 100, cursor } });
      rows.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return rows;
  });
}

/** The same cells out of what the screen reads, one at a time: money stays fen. */
async function screenCells(locale: Locale) {
  const reference = await readAs(province.session, ({ db }) => getReference({ db }));
  const names = namesOf(reference, locale);
  const labels = labelsOf(locale);
  return (row: DisbursementRow): (string | number | bigint | null)[] => [
    row.reference,
    labels.status[row.status],
    labels.entryKind[row.entryKind],
    row.organisation,
    names.organisation(row.organisation),
    names.programme(row.programme),
    row.campaign && names.campaign(row.campaign),
    row.aidCategory && names.aidCategory(row.aidCategory),
    row.recipientKind && names.recipientKind(row.recipientKind),
    row.form && labels.form[row.form],
    row.fiscalYear,
    row.month === 0 ? ledgerWords(locale).monthUnknown : row.month,
    row.paidOn,
    row.periodFrom,
    row.periodTo,
    row.amountFen === null ? null : BigInt(row.amountFen),
    labels.amountKind[row.amountKind],
    row.amountWording,
    ...COUNT_UNITS.map((unit) => row.counts[unit] ?? null),
    row.shares
      .map((share) => {
        const amount =
          share.amountFen === null
            ? KNOWN_WORDS[locale].unvalued
            : plainYuan(BigInt(share.amountFen));
        return `${names.fundSource(share.fundSource)} ${amount}`;
      })
      .join(locale === "en" ? "; " : "；"),
    row.note,
    labels.origin[row.origin],
  ];
}

describe("the cells of the ledger as a file", () => {
  it.each(["zh-CN", "en"] as const)(
    "csv is byte for byte what csvLine writes: %s",
    async (locale) => {
      const text = new TextDecoder().decode(await fileOf("csv", locale));
      const words = columnWords(locale, labelsOf(locale));
      const heading = csvLine(LEDGER_COLUMNS.map((column) => words[column]));
      const cells = await screenCells(locale);
      expect(written.length).toBeGreaterThan(200);
      expect(written.filter((row) => row.shares.length > 1).length).toBeGreaterThan(10);
      const expected = written.map((row) =>
        csvLine(cells(row).map((cell) => (typeof cell === "bigint" ? plainYuan(cell) : cell))),
      );
      expect(text.slice(text.indexOf(heading) + heading.length)).toBe(expected.join(""));
    },
  );

  it.each(NASTY)("a note of %j stands as %j", (note, cell) => {
    const rows = written.filter((row) => row.note === note);
    expect(rows.length).toBeGreaterThan(0);
    const origins = labelsOf("zh-CN").origin;
    for (const row of rows) {
      const at = csv.indexOf(`\r\n${row.reference},`);
      const next = csv.indexOf(`,${cell},${origins[row.origin]}\r\n`, at);
      expect(next).toBeGreaterThan(at);
      expect(csv.slice(at + 2, next)).not.toMatch(/\r\n63\d{4}-/);
    }
  });

  it.each(["zh-CN", "en"] as const)(
    "a workbook holds the same values, typed: %s",
    async (locale) => {
      const [sheet] = (await readXlsx(await fileOf("xlsx", locale))).sheets;
      const cells = await screenCells(locale);
      const found = sheet?.rows.slice(-written.length) ?? [];
      const expected = written.map((row) =>
        cells(row).map((cell) => (typeof cell === "bigint" ? Number(plainYuan(cell)) : cell)),
      );
      const filled = (row: readonly unknown[]) => LEDGER_COLUMNS.map((_, at) => row[at] ?? null);
      expect(found.map(filled)).toEqual(expected.map(filled));
    },
  );

  it("goes on in further sheets, under its headings, where one is full", async () => {
    const whole = (await readXlsx(await fileOf("xlsx", "zh-CN"))).sheets[0]?.rows ?? [];
    const { sheets } = await readXlsx(await fileOf("xlsx", "zh-CN", { sheetRows: 100 }));
    expect(sheets.length).toBe(Math.ceil((whole.length - 100) / 99) + 1);
    const [first, ...further] = sheets;
    const heading = whole.at(-written.length - 1);
    expect(heading?.[0]).toBe("编号");
    for (const sheet of further) expect(sheet.rows[0]).toEqual(heading);
    expect(sheets.map((sheet) => sheet.name).slice(0, 3)).toEqual(["发放台账", "发放台账_2", "发放台账_3"]); // prettier-ignore
    expect([first?.rows, ...further.map((sheet) => sheet.rows.slice(1))].flat()).toEqual(whole);
  });
});
