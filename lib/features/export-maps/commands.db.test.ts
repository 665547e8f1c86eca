import { beforeAll, describe, expect, test } from "vitest";
import type { SheetRow } from "@/lib/kernel/sheet-file";
import { readFile } from "@/lib/platform/sheets/read";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { matchHeader } from "@/lib/features/rows/labels";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import type { RowTexts } from "@/lib/features/rows/types";
import { mapColumns } from "./rules";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, writeAs } = await import("@/lib/platform/db");
const { getReference } = await import("@/lib/features/reference/queries");
const { getLedgerFile } = await import("@/lib/features/files/queries");
const { createMap, updateMap } = await import("./commands");
const { listMaps } = await import("./queries");
const { as, sampleFields } = await import("@/testing/records");

let admin: TestPerson;
let clerk: TestPerson;
const now = new Date("2026-11-22T08:05:00Z");

beforeAll(async () => {
  admin = await actors.admin();
  clerk = await actors.clerk("630123");
});

const kept = {
  ...sampleFields,
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer" as const,
};
const inTwoDays = {
  ...kept,
  paidOn: null,
  periodFrom: "2026-08-01",
  periodTo: "2026-08-31",
  amountFen: "5061650",
  amountKind: "estimated" as const,
  amountWording: null,
  counts: { households: 3, personTimes: 9, packs: 120, employers: 4, sessions: 2 },
  shares: [{ fundSource: "county-union", amountFen: "5061650" }],
};

const exported = (map: string, format: "xlsx" | "csv") =>
  readAs(clerk.session, async (context) => {
    const query = { format, map, organisation: ["630123"] };
    const file = await getLedgerFile({ ...context, locale: "zh-CN", now, query });
    const bytes = Buffer.from(await new Response(file.body as BodyInit).arrayBuffer());
    return { ...file, rows: (await readFile(bytes, file.name)).sheets[0]?.rows ?? [] };
  });

const textsOf = ({ cells }: SheetRow) => cells.map(({ text }) => text);

/** What is read of a file under the heads that it has. */
async function readBack(rows: readonly SheetRow[], headings: readonly string[]) {
  const at = rows.findIndex((row) => textsOf(row)[0] === headings[0]);
  const head = matchHeader(textsOf(rows[at] as SheetRow));
  const { reference } = await readAs(clerk.session, async ({ db }) => ({
    reference: await getReference({ db }),
  }));
  const context = rowContext({
    reference,
    locale: "zh-CN",
    reading: { today: "2026-11-22", openYears: [2026] },
    organisation: "630123",
    units: head.units,
  });
  return rows.slice(at + 1).map((row) => {
    const texts: RowTexts = {};
    textsOf(row).forEach((text, n) => {
      const column = head.columns[n];
      if (column) texts[column] = text;
    });
    return readRow(texts, context);
  });
}

describe("the ledger in a table of others", () => {
  test("is read back as it was written, in each of those that are shipped", async () => {
    await as(clerk).create(kept);
    await as(clerk).create(inTwoDays);
    const maps = await readAs(clerk.session, ({ db }) => listMaps(db));
    expect(maps.map(({ code }) => code)).toEqual([
      "cool-summer-table",
      "golden-autumn-table",
      "national-list",
      "warm-winter-ledger",
    ]);
    for (const { code, headings, nameZh } of maps)
      for (const format of ["xlsx", "csv"] as const) {
        const { name, rows, record } = await exported(code, format);
        expect(name).toContain(nameZh);
        expect(record.body).toMatchObject({ kind: "ledger", map: code, records: 0 });
        const [second, first] = await readBack(rows, headings);
        const has = new Set(mapColumns(headings).map(({ under }) => under));
        const problems = [first, second].map((row) =>
          Object.entries(row?.cells ?? {}).filter(([, cell]) => cell?.problem),
        );
        expect([code, format, ...problems]).toEqual([code, format, [], []]);
        const counted = (counts: object) =>
          Object.fromEntries(Object.entries(counts).filter(([unit]) => has.has(unit as "packs")));
        expect(first?.fields).toMatchObject({
          ...{ ...kept, counts: counted(kept.counts) },
          organisation: "630123",
        });
        const { amountWording: _, ...fields } = inTwoDays;
        expect(second?.fields).toMatchObject({ ...fields, counts: counted(fields.counts) });
      }
  });

  test("says what it has no column for, and keeps no record's second source back", async () => {
    const body = { code: "short", nameZh: "简表", nameEn: "Short", headings: ["项目", "经办人"] };
    await writeAs(admin.session, (context) => createMap({ ...context, body }));
    const { rows } = await exported("short", "csv");
    const head = rows.findIndex((row) => textsOf(row)[0] === "项目");
    expect(textsOf(rows[head] as SheetRow)).toEqual([
      ...["项目", "经办人", "资金来源", "金额1（元）", "资金来源2", "金额2（元）"],
    ]);
    expect(textsOf(rows.at(-1) as SheetRow).slice(0, 2)).toEqual(["金秋助学", ""]);
  });
});

describe("such a table", () => {
  const create = (headings: string[], who = admin) =>
    writeAs(who.session, (context) =>
      createMap({ ...context, body: { code: "mine", nameZh: "表", nameEn: "Table", headings } }),
    );
  const refused = (key: string) => ({
    code: "VALIDATION",
    fieldErrors: { headings: [expect.objectContaining({ key })] },
  });

  test("is refused where it could not be read back", async () => {
    await expect(create(["金额（元）", "发放金额"])).rejects.toMatchObject(refused("mapTwice"));
    await expect(create(["序号", "编号", "凭证号"])).rejects.toMatchObject(refused("mapTwice"));
    await expect(create(["项目", "慰问金"])).rejects.toMatchObject(refused("mapApart"));
    await expect(create(["单价（万元）"])).rejects.toMatchObject(refused("mapWan"));
    await expect(create(["带队领导"])).rejects.toMatchObject(refused("mapNothing"));
    await expect(create(["项目"], clerk)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is changed by whoever saw it last, and then is in use or not", async () => {
    const map = await create(["项目", "金额（元）"]);
    const change = (version: number, body: object) =>
      writeAs(admin.session, (context) =>
        updateMap({ ...context, params: { code: "mine" }, body: { version, ...body } }),
      );
    const longer = await change(map.version, { headings: ["项目", "金额（万元）"] });
    expect(longer).toMatchObject({ headings: ["项目", "金额（万元）"], version: 2 });
    await expect(change(1, { active: false })).rejects.toMatchObject({ code: "STALE" });
    await change(2, { active: false });
    await expect(exported("mine", "csv")).rejects.toMatchObject({
      fieldErrors: { map: [{ key: "mapGone" }] },
    });
    await expect(exported("nowhere", "csv")).rejects.toMatchObject({ code: "VALIDATION" });
    const told = await actors.owner.query(
      "SELECT action, body::json AS body FROM audit_entries WHERE subject_type = 'export-map' AND subject_id = 'mine' ORDER BY position",
    );
    expect(told.rows).toMatchObject([
      { action: "export-map.create", body: { headings: ["项目", "金额（元）"] } },
      { action: "export-map.update", body: { headings: ["项目", "金额（万元）"] } },
      { action: "export-map.update", body: { active: false } },
    ]);
  });
});
