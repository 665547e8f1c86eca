import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import type { CardCell } from "@/lib/features/dashboard/types";
import { cellNumber } from "@/lib/features/files/rules";
import type { FigureFilter } from "@/lib/features/filter/types";
import { wholeOf } from "@/lib/features/figures/rules";
import { knownSum, KNOWN_WORDS } from "@/lib/kernel/known";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { csvLines } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { approvedRecord, as } from "@/testing/records";
import { putRoster } from "@/lib/features/rosters/commands";
import { compareTable } from "./present";
import { compareAddressSchema } from "./schema";

const database = await testDatabase();
const { readAs, sql } = await import("@/lib/platform/db");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { getDashboard } = await import("@/lib/features/dashboard/queries");
const { getCompareFile, getCompareView } = await import("./queries");
const door = await import("@/app/api/v1/exports/compare/route");
const actors = testActors(database);

const now = new Date("2026-11-22T08:05:00Z");
const today = "2026-11-22";
const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
let province: TestPerson;
let clerk: TestPerson;

const viewOf = (query: object, person = province) =>
  readAs(person.session, (context) =>
    getCompareView({ ...context, query: compareAddressSchema.parse(query), today }),
  );
const figureOf = (filter: FigureFilter) =>
  readAs(province.session, ({ db, scope }) => queryFigures({ db, scope, filter, groupBy: [] }));

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(500, dice(17));
  await office.close();
  await actors.owner.query("INSERT INTO years (year) VALUES (2020)");
  await approvedRecord(clerk, await actors.reviewer("630100"), {
    paidOn: "2020-08-20",
    counts: { persons: 7 },
  });
}, 120_000);

/** Of 湟源 in 2020: what every record came to, and what of it is named and evidenced. */
async function proven() {
  const view = await viewOf({ of: "year", a: "2020", b: "2025", org: "630123" });
  const [side] = view.sides;
  return [side?.totals.amountFen, side?.named.namedFen, side?.evidenced.amountFen];
}

describe("what is named and evidenced", () => {
  it("is the spending of records with a roster or a file, and is taken back with them", async () => {
    const [before = "0"] = await proven();
    const desk = as(clerk);
    const fen = "60000";
    const shares = [{ fundSource: "county-union", amountFen: fen }];
    const draft = await desk.create({ paidOn: "2020-08-21", amountFen: fen, counts: { persons: 1 }, shares }); // prettier-ignore
    const input = { version: draft.version, lines: [{ name: "才让", amountFen: fen }] };
    await desk.write((c) => putRoster({ ...c, id: draft.id, input }));
    const sent = await desk.submit(await desk.get(draft.id));
    const approved = await as(await actors.reviewer("630100")).approve(sent);
    const both = (BigInt(before) + 60_000n).toString();
    expect(await proven()).toEqual([both, fen, "0"]);
    await actors.owner.query("SET session_replication_role = replica");
    await actors.owner.query(
      `INSERT INTO attachments (id, disbursement_id, organisation_id, no, kind, media_type, bytes, sha256, source_sha256, late, object_key, added_by, added_at)
       SELECT gen_random_uuid(), d.id, d.organisation_id, 1, 'PHOTO', 'image/jpeg', 1, sha256('1'), sha256('1'), false, 'ev/00/' || gen_random_uuid(), d.created_by, now()
       FROM disbursements d WHERE d.id = $1`,
      [draft.id],
    );
    await actors.owner.query("SET session_replication_role = origin");
    expect(await proven()).toEqual([both, fen, fen]);
    const elsewhere = as(await actors.clerk("632222"));
    expect(
      await elsewhere.read(({ db }) => db.rows(sql`SELECT guard.evidenced_records()`)),
    ).toEqual([]);
    const { adjustments } = await desk.adjust(approved, { programme: "golden-autumn", paidOn: "2020-08-21", amountFen: "50000", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "50000" }] }); // prettier-ignore
    const corrected = await desk.submit(await desk.get(adjustments[0]?.replacementId ?? ""));
    await as(await actors.reviewer("630100")).approve(corrected);
    expect(await proven()).toEqual([(BigInt(before) + 50_000n).toString(), "0", "0"]);
  });
});

const ASKED = {
  "two counties": { of: "org", a: "630123", b: "632222", year: "2025" },
  "three places, one county among them": { of: "org", a: "630123", b: "630100", c: "632222", year: "2025" }, // prettier-ignore
  "two programmes": { of: "programme", a: "golden-autumn", b: "warm-winter", year: "2025" },
  "two whole years": { of: "year", a: "2025", b: "2024" },
  "a year under way": { of: "year", a: "2026", b: "2025" },
  "one month of two years": { of: "year", a: "2026", b: "2025", month: "3" },
} as const;

describe.each(Object.entries(ASKED))("%s side by side", (_, asked) => {
  it("say of each cell what the figure of its filter says", async () => {
    const view = await viewOf(asked);
    const table = compareTable(view, words);
    const cells = table.sections
      .filter(({ id }) => id !== "perUnit")
      .flatMap(({ rows, totals }) => [...rows.flatMap((row) => row.cells), ...(totals ?? [])]);
    let compared = 0;
    for (const { value, opens } of cells) {
      if (!opens || (value.kind !== "money" && value.kind !== "unvalued")) continue;
      const answer = await figureOf(opens.filter);
      expect({ filter: opens.filter, value: knownSum(wholeOf(answer)) }).toEqual({
        filter: opens.filter,
        value,
      });
      compared += 1;
    }
    expect(compared).toBeGreaterThan(3);
  });

  it("add up: programmes or places, and months, each to the total of its side", async () => {
    const view = await viewOf(asked);
    const { sections } = compareTable(view, words);
    for (const id of ["split", "months"] as const) {
      const section = sections.find((one) => one.id === id);
      view.sides.forEach(({ totals }, at) => {
        const fen = (section?.rows ?? []).map(({ cells }) => moneyOf(cells[at]));
        expect(fen.reduce((sum, one) => sum + one, 0n)).toBe(BigInt(totals.amountFen));
      });
    }
  });
});

const moneyOf = (cell: CardCell | undefined) =>
  cell?.value.kind === "money" ? cell.value.fen : 0n;

it("a year under way is compared over its completed months alone, unless whole years are asked for", async () => {
  const part = await viewOf({ of: "year", a: "2026", b: "2025" });
  expect(part.throughMonth).toBe(10);
  expect(part.sides.map(({ filter }) => filter.throughMonth)).toEqual([10, 10]);
  const whole = await viewOf({ of: "year", a: "2026", b: "2025", span: "whole" });
  expect([whole.throughMonth, whole.partly]).toEqual([null, true]);
  const finished = await viewOf({ of: "year", a: "2025", b: "2024" });
  expect([finished.throughMonth, finished.partly]).toEqual([null, false]);
});

it("who sees one county has years side by side, and no place beyond it", async () => {
  const view = await viewOf({}, clerk);
  expect([view.of, view.sides.map(({ code }) => code)]).toEqual(["year", ["2025", "2026"]]);
  await expect(viewOf({ of: "org", a: "632222", b: "630123" }, clerk)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

it("names what is in no list, and takes it for nothing else", async () => {
  const view = await viewOf({ of: "programme", a: "golden-autumn", b: "nothing", year: "2025" });
  expect(view.ignored).toEqual(["nothing"]);
  expect((await viewOf({ of: "year", a: "2025", b: "20x4" })).ignored).toEqual(["20x4"]);
});

it("the file has every figure of the page, in both formats, and rates in yuan in either unit", async () => {
  const query = compareAddressSchema.parse({ of: "org", a: "630123", b: "632222", year: "2020" });
  const table = compareTable(await viewOf(query), { ...words, unit: "wan" });
  const bytes = async (format: "csv" | "xlsx") =>
    readAs(province.session, async (context) => {
      const asked = { ...query, format, unit: "wan" as const };
      const file = await getCompareFile({ ...context, locale: "zh-CN", now, query: asked });
      return file.body as Uint8Array;
    });
  const csv = csvLines(new TextDecoder().decode(await bytes("csv")));
  const [sheet] = (await readXlsx(await bytes("xlsx"))).sheets;
  const seen = new Set<string>();
  for (const section of table.sections) {
    const start = csv.findIndex(([name]) => name === section.title);
    const line = sheet?.rows.findIndex(([name]) => name === section.title) ?? -1;
    section.rows.forEach(({ cells }, row) =>
      cells.forEach(({ value }, column) => {
        seen.add(value.kind);
        const both = [
          csv[start + 1 + row]?.[column + 1],
          sheet?.rows[line + 1 + row]?.[column + 1],
        ];
        if (value.kind === "rate")
          expect([both[0]?.toString().replace(".", ""), both[1]]).toEqual([
            value.fen.toString().padStart(3, "0"),
            cellNumber(value.fen, "yuan"),
          ]);
        if (value.kind === "money") expect(both[1]).toBe(cellNumber(value.fen, "wan"));
        if (value.kind === "count") expect(both).toEqual([String(value.count), value.count]);
        if (value.kind === "unknown") expect(both).toEqual(Array(2).fill(KNOWN_WORDS["zh-CN"].unknown)); // prettier-ignore
      }),
    );
  }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(["count", "money", "permille", "rate", "unknown"]),
  );
});

it("one card as a file has its own section and no other", async () => {
  const query = compareAddressSchema.parse({ of: "year", a: "2025", b: "2024" });
  const view = await viewOf(query);
  const { sections, columns } = compareTable(view, words);
  const file = await readAs(province.session, (context) =>
    getCompareFile({
      ...{ ...context, locale: "zh-CN", now },
      query: { ...query, format: "csv", unit: "yuan", section: "months" },
    }),
  );
  const names = csvLines(new TextDecoder().decode(file.body as Uint8Array)).map(([name]) => name);
  const titles = sections.map(({ title }) => title);
  expect(names.filter((name) => titles.includes(name ?? ""))).toEqual(["各月支出"]);
  expect(file.name).toContain("各月支出");
  // a number after a Chinese word has a space before it
  expect(columns.map(({ group }) => group)).toContain("2024 年比 2025 年");
});

it("is handed out by its own door, to whom may see it", async () => {
  const path = "/api/v1/exports/compare?of=org&a=630123&b=632222&year=2025&format=csv";
  expect((await call(door.GET, clerk, { path })).status).toBe(404);
  const years = "/api/v1/exports/compare?of=year&a=2025&b=2024&format=csv";
  expect((await call(door.GET, clerk, { path: years })).status).toBe(200);
});

describe("the dashboard of one month", () => {
  const dashboardOf = (year: number, month: number) =>
    readAs(province.session, ({ db, scope, actor }) =>
      getDashboard({ db, scope, actor, asked: { year, month }, today }),
    );

  it.each([
    ["a completed month of a year under way", 2026, 3, true],
    ["the month under way", 2026, 11, false],
    ["no known month of a year under way", 2026, 0, false],
    ["no known month of a finished year", 2025, 0, true],
  ])("%s", async (_, year, month, isCompared) => {
    const view = await dashboardOf(year, month);
    const own = await figureOf({ year, month });
    const last = await figureOf({ year: year - 1, month });
    expect(view.now.totals).toEqual(wholeOf(own));
    expect(view.before?.totals ?? null).toEqual(isCompared ? wholeOf(last) : null);
    expect(view.same.totals).toEqual(view.now.totals);
    expect(view.balance).toBeNull();
    expect(view.now.byMonth.every((cell) => cell.month === month)).toBe(true);
  });
});
