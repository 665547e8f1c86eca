import { getReference } from "@/lib/features/reference/queries";
import { namesOf } from "@/lib/features/reference/present";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { KNOWN_WORDS, knownAmount, knownText } from "@/lib/kernel/known";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import type { Locale } from "@/lib/kernel/preferences";
import { labelsOf } from "@/lib/platform/words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { calculate, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { columnWord, DAYS, isMoney, ledgerColumns, ledgerWords, type LedgerColumn } from "./labels";
import { csvLine } from "@/lib/kernel/csv";

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

/** Whose steps a record went through and when, and which record it corrects, read past every query of ours. */
async function pathOf(locale: Locale) {
  const { rows } = await actors.owner.query<Record<string, string | null>>(
    `
    SELECT d.id::text, (SELECT concat(og.code, '-', o.fiscal_year, '-', lpad(o.id::text, greatest(6, length(o.id::text)), '0'))
        FROM adjustments a JOIN disbursements o ON o.id = a.original_id JOIN organisations og ON og.id = o.organisation_id
        WHERE a.reversal_id = d.id OR a.replacement_id = d.id) AS original,
      (SELECT string_agg(u.${locale === "en" ? "name_en" : "name_zh"}, $1 ORDER BY s.id) FROM approval_steps s
        JOIN users u ON u.id = s.actor_id WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT' AND s.round = m.round) AS sent,
      to_char(d.submitted_at + interval '8 hours', 'YYYY-MM-DD HH24:MI') AS "sentAt",
      (SELECT string_agg(u.${locale === "en" ? "name_en" : "name_zh"}, $1 ORDER BY s.id) FROM approval_steps s
        JOIN users u ON u.id = s.actor_id WHERE s.disbursement_id = d.id AND s.action = 'APPROVE' AND s.round = m.round) AS passed,
      to_char(d.approved_at + interval '8 hours', 'YYYY-MM-DD HH24:MI') AS "passedAt"
    FROM disbursements d
    LEFT JOIN LATERAL (SELECT max(round) AS round FROM approval_steps s WHERE s.disbursement_id = d.id) m ON true`,
    [locale === "en" ? "; " : "；"],
  );
  expect(rows.filter((row) => row["passed"]).length).toBeGreaterThan(50);
  expect(rows.filter((row) => row["original"]).length).toBeGreaterThan(5);
  return new Map(
    rows.map(({ id, original, sent, sentAt, passed, passedAt }) => [
      id ?? "",
      [original ?? null, sent ?? null, sentAt ?? null, passed ?? null, passedAt ?? null],
    ]),
  );
}

/** The same cells out of what the screen reads, one at a time: money stays fen. */
async function screenCells(locale: Locale) {
  const reference = await readAs(province.session, ({ db }) => getReference({ db }));
  const names = namesOf(reference, locale);
  const labels = labelsOf(locale);
  const path = await pathOf(locale);
  const most = Math.max(...written.map((row) => row.shares.length));
  const money = (fen: string | null, kind: DisbursementRow["amountKind"]) =>
    knownText(knownAmount({ amountKind: kind, amountFen: fen }), {
      locale,
      unit: "yuan",
      group: false,
    });
  const columns = ledgerColumns("csv", most);
  const cells = (row: DisbursementRow): (string | number | null)[] => [
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
    money(row.amountFen, row.amountKind),
    row.amountFen,
    labels.amountKind[row.amountKind],
    row.amountWording,
    ...COUNT_UNITS.map((unit) => row.counts[unit] ?? null),
    ...Array.from({ length: most }, (_, at) => {
      const share = row.shares[at];
      if (!share) return [null, null];
      const kind = share.amountFen === null ? "unvalued" : "exact";
      return [names.fundSource(share.fundSource), money(share.amountFen, kind)];
    }).flat(),
    row.note,
    labels.origin[row.origin],
    ...(path.get(row.id) ?? []),
  ];
  return { columns, cells };
}

describe("the cells of the ledger as a file", () => {
  it.each(["zh-CN", "en"] as const)(
    "csv is byte for byte what csvLine writes: %s",
    async (locale) => {
      const text = new TextDecoder().decode(await fileOf("csv", locale));
      const { columns, cells } = await screenCells(locale);
      const heading = csvLine(columns.map((one) => columnWord(one, locale, labelsOf(locale))));
      expect(columns.filter((one) => one.startsWith("share")).length).toBeGreaterThan(1);
      expect(written.length).toBeGreaterThan(200);
      expect(written.filter((row) => row.shares.length > 1).length).toBeGreaterThan(10);
      for (const said of Object.values(KNOWN_WORDS[locale])) expect(text).toContain(`,${said},,`);
      const expected = written.map((row) => csvLine(cells(row)));
      expect(text.slice(text.indexOf(heading) + heading.length)).toBe(expected.join(""));
    },
  );

  it.each(NASTY)("a note of %j stands as %j", (note, cell) => {
    const rows = written.filter((row) => row.note === note);
    expect(rows.length).toBeGreaterThan(0);
    const origins = labelsOf("zh-CN").origin;
    for (const row of rows) {
      const at = csv.indexOf(`\r\n${row.reference},`);
      const next = csv.indexOf(`,${cell},${origins[row.origin]},`, at);
      expect(next).toBeGreaterThan(at);
      expect(csv.slice(at + 2, next)).not.toMatch(/\r\n63\d{4}-/);
    }
  });

  it.each(["zh-CN", "en"] as const)(
    "a workbook holds the same values, typed: %s",
    async (locale) => {
      const [sheet] = (await readXlsx(await fileOf("xlsx", locale))).sheets;
      const { columns: all, cells } = await screenCells(locale);
      const columns = all.filter((column) => column !== "amountFen");
      const found = sheet?.rows.slice(-written.length) ?? [];
      const typed = (column: LedgerColumn, cell: string | number | null | undefined) =>
        isMoney(column) && /^-?[0-9]/.test(String(cell)) ? Number(cell) : cell;
      const expected = written.map((row) =>
        cells(row).flatMap((cell, at) => {
          const column = all[at] ?? "reference";
          return column === "amountFen" ? [] : [typed(column, cell)];
        }),
      );
      /** A moment has no second: what a float leaves of one goes. */
      const moment = (at: Date) => new Date(at.getTime() + 500).toISOString().slice(0, 16);
      const said = (value: unknown, column: LedgerColumn) =>
        !(value instanceof Date)
          ? (value ?? null)
          : DAYS.has(column)
            ? value.toISOString().slice(0, 10)
            : moment(value).replace("T", " ");
      const filled = (row: readonly unknown[]) =>
        columns.map((column, at) => said(row[at], column));
      expect(found.map(filled)).toEqual(expected.map(filled));
    },
  );

  it("is ready to be read and printed: headings in sight, filters over all rows, days that are days", async () => {
    const most = Math.max(...written.map((row) => row.shares.length));
    const columns = ledgerColumns("xlsx", most);
    const [sheet] = (await readXlsx(await fileOf("xlsx", "zh-CN"), { readStyles: true })).sheets;
    const heading = (sheet?.rows ?? []).findIndex((row) => row[0] === "编号");
    expect(sheet?.freezePane).toMatchObject({ rows: heading + 1, columns: 1 });
    expect(sheet?.autoFilter?.range).toBe(
      `A${heading + 1}:${sheetColumn(columns.length - 1)}${sheet?.rows.length}`,
    );
    expect(sheet?.pageSetup).toMatchObject({ orientation: "landscape", paperSize: "a4" });
    expect(sheet?.cells?.get(`${heading},0`)?.style?.font?.bold).toBe(true);
    const paidOn = columns.indexOf("paidOn");
    const days = (sheet?.rows ?? []).slice(heading + 1).flatMap((row) => row[paidOn] ?? []);
    expect(days.length).toBeGreaterThan(100);
    expect(days.every((day) => day instanceof Date)).toBe(true);
  });

  it.skipIf(!hasLibreOffice)(
    "is well-formed whatever was typed: LibreOffice shows every row",
    async () => {
      const grid = await calculate(await fileOf("xlsx", "zh-CN"));
      const heading = grid.findIndex((cells) => cells[0] === "编号");
      const shown = grid.slice(heading + 1).map((cells) => cells[0]);
      expect(written.filter((row) => row.note?.includes("\ufffe")).length).toBeGreaterThan(0);
      expect(shown).toEqual(written.map((row) => row.reference));
      const kind = grid[heading]?.indexOf("金额性质") ?? -1;
      const amount = grid[heading]?.indexOf("金额（元）") ?? -1;
      for (const cells of grid.slice(heading + 1))
        if (cells[kind] === "未计价") expect(cells[amount]).toBe("未计价");
    },
    180_000,
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
