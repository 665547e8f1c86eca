import { beforeAll, describe, expect, test } from "vitest";
import type { ExplainPage, LedgerPage } from "./schema";
import { listRecords, toRow } from "@/lib/features/disbursements/queries";
import { queryFigures } from "@/lib/features/figures/queries";
import { resolveFilter } from "@/lib/features/filter/queries";
import { SORTS, type FigureFilter, type SortKey } from "@/lib/features/filter/types";
import { findRecords } from "@/lib/features/search/queries";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as } from "@/testing/records";
import { explainFigure, listDisbursements, mostSources } from "./queries";

const actors = testActors(await testDatabase());
type Filter = Parameters<typeof listDisbursements>[0]["filter"];
const people: Record<string, TestPerson> = {};
let province: TestPerson;

/** The same numbers every run. */
function chooser(seed: number) {
  let state = BigInt(seed);
  return (below: number) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    return Number((state >> 30n) % BigInt(below));
  };
}

const ORGS = ["630123", "630104", "630100", "632222", "630000"];
const PROGRAMMES = ["golden-autumn", "cool-summer", "needy-worker-aid", "mutual-medical-aid"];
const SOURCES = ["county-union", "donation", "county-treasury"];

beforeAll(async () => {
  province = await actors.province();
  for (const org of ORGS) people[org] = await actors.clerk(org);
  const pick = chooser(7);
  for (let i = 0; i < 40; i++) {
    const clerk = people[ORGS[pick(ORGS.length)] ?? ""] ?? province;
    const day = `2026-0${1 + pick(9)}-1${pick(10)}`;
    const unvalued = pick(6) === 0;
    const amount = 1 + pick(9_000_000);
    const first = pick(amount);
    const shares = unvalued
      ? [{ fundSource: "donation", amountFen: null }]
      : [
          { fundSource: SOURCES[pick(2)] ?? "", amountFen: first.toString() },
          { fundSource: "county-treasury", amountFen: (amount - first).toString() },
        ];
    const fields = {
      programme: PROGRAMMES[pick(PROGRAMMES.length)] ?? "",
      ...(pick(4) === 0
        ? { paidOn: null, periodFrom: "2026-01-01", periodTo: "2026-10-31" }
        : { paidOn: day }),
      ...(unvalued
        ? { amountKind: "unvalued" as const, amountFen: null }
        : { amountFen: amount.toString() }),
      counts: { persons: pick(50) },
      shares,
      note: `第${i}批`,
    };
    if (pick(5) === 0) await as(clerk).create(fields);
    else await approvedRecord(clerk, province, fields);
  }
}, 120_000);

const list = (person: TestPerson, filter: Filter = {}) =>
  as(person).read(({ db, scope }) => listDisbursements({ db, scope, filter }));
const explain = (filter: Filter) =>
  as(province).read(({ db, scope }) => explainFigure({ db, scope, filter }));

/** Every page, one after another. */
async function all<P extends LedgerPage | ExplainPage>(
  page: (cursor: string | undefined) => Promise<P>,
): Promise<P["items"]> {
  const items: P["items"][number][] = [];
  let cursor: string | undefined;
  do {
    const { items: some, nextCursor } = await page(cursor);
    items.push(...some);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const dayOf = (r: { paidOn: string | null; periodTo: string | null }) =>
  r.paidOn ?? r.periodTo ?? "";

describe("the ledger", () => {
  test("pages through every record once, newest first, in every status", async () => {
    const whole = await list(province, { limit: 200 });
    expect(whole.items).toHaveLength(40);
    expect(whole.nextCursor).toBeNull();
    const paged = await all((cursor) => list(province, { limit: 7, cursor }));
    expect(paged.map((r) => r.id)).toEqual(whole.items.map((r) => r.id));
    const days = whole.items.map((r) => r.paidOn ?? r.periodTo ?? "");
    expect(days).toEqual([...days].sort().reverse());
    expect(new Set(whole.items.map((r) => r.status))).toEqual(new Set(["draft", "approved"]));
  });

  const BY: Record<SortKey, (r: LedgerPage["items"][number] & { updated: string }) => unknown[]> = {
    ledgerOn: (r) => [dayOf(r), Number(r.id)],
    amountFen: (r) => [r.amountFen === null ? null : Number(r.amountFen), Number(r.id)],
    organisation: (r) => [r.organisation],
    updatedAt: (r) => [r.updated, Number(r.id)],
  };

  test.each(SORTS)("put in order by %s, it pages through every record once", async (sort) => {
    const { rows: changed } = await actors.owner.query<{ id: string; at: Date }>(
      "SELECT id::text, updated_at AS at FROM disbursements",
    );
    const updated = new Map(changed.map(({ id, at }) => [id, at.toISOString()]));
    const paged = await all((cursor) => list(province, { limit: 7, cursor, sort }));
    const down = sort.startsWith("-");
    const by = BY[(down ? sort.slice(1) : sort) as SortKey];
    const keyed = (r: (typeof paged)[number]) => by({ ...r, updated: updated.get(r.id) ?? "" });
    const whole = (await list(province, { limit: 200 })).items;
    const expected = [...whole].sort((a, b) => {
      for (const [i, left] of keyed(a).entries()) {
        const right = keyed(b)[i];
        if (left === right) continue;
        if (left === null || right === null) return left === null ? 1 : -1;
        return (String(left) !== left ? Number(left) < Number(right) : left < String(right)) ===
          down
          ? 1
          : -1;
      }
      return 0;
    });
    expect(paged.map((r) => r.id)).toEqual(expected.map((r) => r.id));
    const few = await all((cursor) =>
      list(province, { limit: 3, cursor, sort, org: "630100", amountKind: ["exact", "unvalued"] }),
    );
    const belongs = (r: (typeof whole)[number]) =>
      ["630100", "630123", "630104"].includes(r.organisation);
    expect(few.map((r) => r.id)).toEqual(expected.filter(belongs).map((r) => r.id));
    const other = await list(province, { limit: 7, sort });
    for (const page of [1, 2, 4])
      expect((await list(province, { limit: 9, sort, page })).items.map((r) => r.id)).toEqual(
        expected.slice(9 * (page - 1), 9 * page).map((r) => r.id),
      );
    const foreign = { cursor: other.nextCursor ?? "", sort: SORTS[(SORTS.indexOf(sort) + 1) % 8] };
    await expect(list(province, foreign)).rejects.toMatchObject({ code: "VALIDATION" });
  });

  test("totals count the approved, and say what they leave out", async () => {
    const { items, totals, leftOut } = await list(province, { limit: 200 });
    const relief = items.filter((r) => r.programme !== "mutual-medical-aid");
    const counted = relief.filter((r) => r.status === "approved");
    const sum = (rows: typeof items) =>
      rows.reduce((a, r) => a + BigInt(r.amountFen ?? 0), 0n).toString();
    expect(totals).toMatchObject({ amountFen: sum(counted), records: counted.length });
    expect(leftOut.draft).toBe(items.filter((r) => r.status === "draft").length);
    expect(leftOut.unvalued).toBe(counted.filter((r) => r.amountFen === null).length);
    const mutual = items.filter(
      (r) => r.programme === "mutual-medical-aid" && r.status === "approved",
    );
    expect(leftOut.contributory).toMatchObject({ records: mutual.length, amountFen: sum(mutual) });
  });

  test.each<[string, Filter, (r: LedgerPage["items"][number]) => boolean]>([
    [
      "org means the subtree",
      { org: "630100" },
      (r) => ["630100", "630123", "630104"].includes(r.organisation),
    ],
    [
      "organisation means exactly it",
      { organisation: "630100" },
      (r) => r.organisation === "630100",
    ],
    [
      "several subtrees are taken together, each once",
      { org: ["630100", "630123", "632222"] },
      (r) => ["630100", "630123", "630104", "632222"].includes(r.organisation),
    ],
    [
      "of several organisations each will do, within the subtree that is asked for",
      { organisation: ["630104", "632222", "630100"], org: "630100" },
      (r) => ["630104", "630100"].includes(r.organisation),
    ],
    [
      "of several prefectures each will do",
      { prefecture: ["632200", "630000"] },
      (r) => ["632222", "630000"].includes(r.organisation),
    ],
    [
      "prefecture gathers its subtree",
      { prefecture: "632200" },
      (r) => r.organisation === "632222",
    ],
    [
      "the province's own stands apart",
      { prefecture: "630000" },
      (r) => r.organisation === "630000",
    ],
    [
      "programme",
      { programme: ["cool-summer", "golden-autumn"] },
      (r) => /summer|autumn/.test(r.programme),
    ],
    ["status", { status: ["draft"] }, (r) => r.status === "draft"],
    ["month", { month: 3 }, (r) => r.month === 3],
    ["month unknown", { month: 0 }, (r) => r.month === 0],
    [
      "a source takes part",
      { fundSource: ["donation"] },
      (r) => r.shares.some((s) => s.fundSource === "donation"),
    ],
    ["kinds of amount", { amountKind: ["unvalued"] }, (r) => r.amountKind === "unvalued"],
    [
      "days, the first and the last counted in",
      { paidFrom: "2026-03-10", paidTo: "2026-06-19" },
      (r) => "2026-03-10" <= dayOf(r) && dayOf(r) <= "2026-06-19",
    ],
    [
      "whole amounts, both ends counted in",
      { amountFrom: "1000000", amountTo: "5000000" },
      (r) => r.amountFen !== null && 1e6 <= Number(r.amountFen) && Number(r.amountFen) <= 5e6,
    ],
    ["another year", { year: 2025 }, () => false],
    ["words", { q: "第1批" }, (r) => r.note === "第1批"],
    ["an organisation's name", { q: "湟源" }, (r) => r.organisation === "630123"],
    [
      "a programme's name and words",
      { q: "清凉  第2" },
      (r) => r.programme === "cool-summer" && /第2/.test(r.note ?? ""),
    ],
    ["signs are no wildcards", { q: "%" }, () => false],
    ["nor the underscore or backslash", { q: "第_批\\" }, () => false],
  ])("%s", async (_, filter, belongs) => {
    const { items } = await list(province, { limit: 200 });
    const found = await list(province, { ...filter, limit: 200 });
    expect(found.items.map((r) => r.id)).toEqual(items.filter(belongs).map((r) => r.id));
    expect(found.rows).toBe(found.items.length);
    const third = await list(province, { ...filter, limit: 2, page: 3 });
    expect(third.items.map((r) => r.id)).toEqual(found.items.slice(4, 6).map((r) => r.id));
  });

  test("a search sums what it found", async () => {
    const { items, totals } = await list(province, { q: "湟源", limit: 200 });
    const counted = items.filter(
      (r) => r.status === "approved" && r.programme !== "mutual-medical-aid",
    );
    const sum = counted.reduce((a, r) => a + BigInt(r.amountFen ?? 0), 0n);
    expect(totals).toMatchObject({ amountFen: sum.toString(), records: counted.length });
  });

  test("a record is found by its reference, or its number alone", async () => {
    const [row] = (await list(province, { limit: 1 })).items;
    for (const q of [row?.reference ?? "", row?.id ?? ""])
      expect((await list(province, { q })).items.map((r) => r.id)).toContain(row?.id);
    expect((await list(province, { q: "630123-2026-999999" })).items).toEqual([]);
    expect((await list(province, { q: "9".repeat(40) })).items).toEqual([]);
  });

  test("a county sees its own records and no others, whatever it asks for", async () => {
    const clerk = people["630123"] ?? province;
    const { items } = await list(clerk, { limit: 200 });
    expect(new Set(items.map((r) => r.organisation))).toEqual(new Set(["630123"]));
    expect((await list(clerk, { q: "第", limit: 200 })).items).toHaveLength(items.length);
    await expect(list(clerk, { org: "630104" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const axis of ["org", "organisation", "prefecture"] as const)
      await expect(list(clerk, { [axis]: ["630123", "632200"] })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    await expect(list(await actors.admin())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test.each([
    "x",
    "!!",
    Buffer.from("-ledgerOn:2026-13-01/5").toString("base64url"),
    Buffer.from("-ledgerOn:2026-01-01/0").toString("base64url"),
    Buffer.from("-ledgerOn:2026-01-01/5; DROP").toString("base64url"),
    Buffer.from("ledgerOn:2026-01-01/5").toString("base64url"),
    Buffer.from("-amountFen:5/5").toString("base64url"),
  ])("a cursor nobody gave out is refused: %s", async (cursor) => {
    await expect(list(province, { cursor })).rejects.toMatchObject({ code: "VALIDATION" });
  });
});

describe("explaining a figure", () => {
  const cases: FigureFilter[] = [
    {},
    ...ORGS.map((organisation) => ({ organisation })),
    ...["630000", "630100", "632200"].map((prefecture) => ({ prefecture })),
    { org: ["630123", "632222"] },
    { org: ["630100", "630123"], month: 8 },
    { organisation: ["630100", "632222"], fundSource: ["county-treasury"] },
    { org: ["630100"], organisation: ["630104", "632222"] },
    { prefecture: ["630000", "632200"] },
    ...PROGRAMMES.map((programme) => ({ programme: [programme] })),
    ...SOURCES.map((source) => ({ fundSource: [source] })),
    { fundSource: ["donation", "county-treasury"] },
    ...[0, 1, 5, 8].map((month) => ({ month, year: 2026 })),
    { org: "630100", programme: ["cool-summer"], fundSource: ["county-treasury"], month: 0 },
    { amountKind: ["unvalued"] },
    { amountKind: ["exact"], fundSource: ["county-treasury"] },
    { paidFrom: "2026-03-15", paidTo: "2026-09-01", org: "630100" },
    { amountFrom: "2000000", fundSource: ["donation"] },
    { status: ["draft"], fundSource: ["county-union"] },
  ];

  test.each(cases.map((filter) => [JSON.stringify(filter), filter] as const))(
    "its vouchers sum to it, to the fen: %s",
    async (_, filter) => {
      const items = await all((cursor) => explain({ ...filter, limit: 5, cursor }));
      const listed = await list(province, { ...filter, only: "counted", limit: 200 });
      expect(listed.items.map((r) => r.id)).toEqual(items.map((r) => r.id));
      expect(listed.rows).toBe(items.length);
      const { totals } = await explain({ ...filter, limit: 1 });
      const sum = items.reduce((a, item) => a + BigInt(item.countedFen), 0n);
      expect([sum.toString(), items.length]).toEqual([totals.amountFen, totals.records]);
      expect((await explain({ ...filter, limit: 1 })).vouchers).toBe(items.length);
      const persons = items.reduce((a, item) => a + (item.counts.persons ?? 0), 0);
      expect(persons).toBe(totals.persons);
    },
  );

  test("every cell of a table opens on exactly its own vouchers", async () => {
    const axes = ["organisation", "programme", "month", "fundSource"] as const;
    for (const axis of axes) {
      const { rows } = await as(province).read(({ db, scope }) =>
        queryFigures({ db, scope, filter: { year: 2026 }, groupBy: [axis] }),
      );
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        const value = row[axis];
        const asked = axis === "programme" || axis === "fundSource" ? [value] : value;
        const page = await explain({ year: 2026, [axis]: asked, limit: 200 });
        const sum = page.items.reduce((a, item) => a + BigInt(item.countedFen), 0n);
        expect([axis, value, sum.toString()]).toEqual([axis, value, row.amountFen]);
      }
    }
  });

  test("a corrected record leaves the figure where the correction puts it", async () => {
    const clerk = people["632222"] ?? province;
    const original = await approvedRecord(clerk, province, {
      paidOn: "2026-08-09",
      amountFen: "1000000",
      shares: [{ fundSource: "donation", amountFen: null }],
    });
    const before = await explain({ organisation: "632222", month: 8 });
    const { adjustments } = await as(clerk).adjust(original, {
      programme: "golden-autumn",
      paidOn: "2026-08-09",
      amountFen: "400000",
      counts: { persons: 3 },
      shares: [{ fundSource: "donation", amountFen: null }],
    });
    const sent = await as(clerk).submit(await as(clerk).get(adjustments[0]?.reversalId ?? ""));
    await as(province).approve(sent);
    const after = await explain({ organisation: "632222", month: 8, limit: 200 });
    expect(BigInt(after.totals.amountFen) - BigInt(before.totals.amountFen)).toBe(-600_000n);
    const sum = after.items.reduce((a, item) => a + BigInt(item.countedFen), 0n);
    expect(sum.toString()).toBe(after.totals.amountFen);
    const whole = await list(province, { limit: 200 });
    expect(whole.rows).toBe(whole.items.length);
  });
});

test("a page says of a record what the record says of itself, planned once or for its values", async () => {
  const clerk = people["630123"] ?? province;
  const sources = ["donation", "county-union", "county-treasury"];
  const shares = sources.map((fundSource) => ({ fundSource, amountFen: "100" }));
  await as(clerk).create({ paidOn: "2026-10-01", amountFen: "300", shares });
  await as(clerk).create({ paidOn: "2026-10-02", amountFen: "300", shares: [] });
  const once = await list(province);
  const anew = await list(province, { limit: 49 });
  const records = await as(province).read(({ db, scope }) =>
    listRecords({ db, scope, ids: once.items.map(({ id }) => id) }),
  );
  const said = new Map(records.map((record) => [record.id, toRow(record)]));
  expect(once.items.length).toBeGreaterThan(40);
  expect(once.items).toEqual(once.items.map(({ id }) => said.get(id)));
  expect(anew.items).toEqual(once.items);
});

test.each<[most: number, filter: Filter]>([
  [3, {}],
  [3, { org: "630123", status: ["draft"] }],
  [2, { status: ["approved"] }],
  [2, { fundSource: ["donation"], status: ["approved"] }],
  [1, { fundSource: ["employer"] }],
  [3, { year: 2026, month: 10 }],
  [2, { year: 2026, throughMonth: 9 }],
  [3, { form: ["transfer"] }],
  [2, { only: "counted" }],
  [3, { q: "湟源" }],
  [3, { amountTo: "300" }],
])("of the ledger's records one has %i sources at most under %o", async (most, filter) => {
  const { items } = await list(province, { ...filter, limit: 200 });
  expect(Math.max(1, ...items.map((r) => r.shares.length))).toBe(most);
  const found = await as(province).read(async ({ db, scope }) => {
    const { q, only, ...rest } = filter;
    const resolved = await resolveFilter({ db, scope, filter: rest });
    return mostSources(db, { resolved, search: await findRecords(db, { q, resolved }), only });
  });
  expect(found).toBe(most);
});
