// Who sees whose records, where grass-roots unions lie below counties: each query three times, held by both
// walls, by its own alone (past row-level security) and by the policies alone (with the scope of the province).
import { beforeAll, describe, expect, test } from "vitest";
import { listAllotments } from "@/lib/features/allotments/queries";
import { copyRows } from "@/lib/features/rows/queries";
import { listAuditEntries } from "@/lib/features/audit/queries";
import { listRecords, toChecked } from "@/lib/features/disbursements/queries";
import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import { judge, judgeUnstored } from "@/lib/features/findings/queries";
import { explainFigure, listDisbursements } from "@/lib/features/ledger/queries";
import { listReviewQueue } from "@/lib/features/review/queries";
import { getWorkbench } from "@/lib/features/workbench/queries";
import { listYears } from "@/lib/features/years/queries";
import type { Role } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import type { ReadContext } from "@/lib/platform/db";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { rewrite } from "@/testing/laws";
import { pastPolicies } from "@/testing/past-policies";
import { approvedRecord, as, TEST_NOW } from "@/testing/records";

const actors = testActors(await testDatabase());
const PROVINCE = "630000";
const INDUSTRIAL = ["630000-I01", "630000-I01-G1"];
const DATONG = ["630121", "630121-G1"];
const HUANGYUAN = ["630123", "630123-G1", "630123-G2"];
const XINING = ["630100", ...DATONG, ...HUANGYUAN];
const QILIAN = ["632222", "632222-G1"];
const HAIBEI = ["632200", ...QILIAN];
const ALL = [PROVINCE, ...INDUSTRIAL, ...XINING, ...HAIBEI];

const READERS: Record<string, { role: Role; at: string[]; sees: string[] }> = {
  "the province": { role: "PROVINCE", at: [PROVINCE], sees: ALL },
  "a prefecture": { role: "REVIEWER", at: ["630100"], sees: XINING },
  "a county": { role: "REVIEWER", at: ["630123"], sees: HUANGYUAN },
  "a grass-roots union": { role: "REVIEWER", at: ["630123-G1"], sees: ["630123-G1"] },
  "an industrial union": { role: "REVIEWER", at: ["630000-I01"], sees: INDUSTRIAL },
  "two counties": { role: "REVIEWER", at: ["630123", "632222"], sees: [...HUANGYUAN, ...QILIAN] },
  "a prefecture and a county of it": { role: "REVIEWER", at: ["630123", "630100"], sees: XINING },
  "a prefecture and a union elsewhere": {
    role: "REVIEWER",
    at: ["630100", "632222-G1"],
    sees: [...XINING, "632222-G1"],
  },
};
const readers: Record<string, TestPerson> = {};
let everywhere: Scope;
let ids: string[];
let checked: ReturnType<typeof toChecked>[];
let forms: { checked: ReturnType<typeof toChecked>; row: object }[];

async function personAt(role: Role, [first = "", ...others]: string[]): Promise<TestPerson> {
  const person = await actors.person(role, first);
  await actors.owner.query(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, $2 FROM organisations WHERE code = ANY ($3)`,
    [person.userId, role, others],
  );
  await actors.owner.query("UPDATE sessions SET revoked_at = NULL, end_reason = NULL WHERE user_id = $1", [person.userId]); // prettier-ignore
  return person;
}

beforeAll(async () => {
  const { owner } = actors;
  await owner.query(
    `INSERT INTO organisations (id, code, name_zh, name_en, kind, parent_id, path)
     SELECT u.id, u.code, '基层工会', 'Union', 'GRASS_ROOTS', p.id, p.path || u.id || '/'
     FROM (SELECT code, nextval('organisations_id_seq') AS id FROM unnest($1::text[]) AS code) u
     JOIN organisations p ON p.code = left(u.code, -3)`,
    [ALL.filter((code) => code.includes("-G"))],
  );
  const approver = await actors.province();
  everywhere = await as(approver).read(({ scope }) => Promise.resolve(scope));
  for (const code of ALL) {
    const clerk = await actors.clerk(code);
    await approvedRecord(clerk, approver, { counts: {}, note: "冬衣" });
    await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-29" }));
  }
  await owner.query("BEGIN");
  await owner.query("SELECT set_config('app.session', $1, true)", [approver.session]);
  await owner.query(
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
     SELECT id, 2026, (SELECT min(id) FROM fund_sources), 100, $1, now() FROM organisations WHERE code = ANY ($2)`,
    [approver.userId, ALL],
  );
  await owner.query("COMMIT");
  await owner.query("SELECT guard.fold_figures(20)");
  const { rows } = await owner.query<{ id: string }>(
    "SELECT id::text FROM disbursements WHERE status = 'APPROVED'",
  );
  ids = rows.map(({ id }) => id);
  const records = await as(approver).read((c) => listRecords({ ...c, ids }));
  checked = records.map(toChecked);
  const programmes = await owner.query<{ id: number }>(
    "SELECT id FROM programmes WHERE code = 'golden-autumn'",
  );
  const programmeId = programmes.rows[0]?.id;
  forms = records.map((record, n) => ({
    checked: { ...toChecked(record), id: String(-1 - n) },
    row: { id: String(-1 - n), organisationId: record.organisationId, programmeId, fiscalYear: 2026, status: "DRAFT", ledgerOn: "2026-08-28" }, // prettier-ignore
  }));
  for (const [name, { role, at }] of Object.entries(READERS))
    readers[name] = await personAt(role, at);
}, 120_000);

/** What reads past the policies holds its callers as they do; past it too, the query's own wall is alone. */
const PAST_GUARDS = [
  "finding_context(bigint[], disbursements[], disbursement_shares[], bigint, int)",
  "read_records(bigint[])",
].map((guard) => rewrite(guard, "c.ancestor_id = ANY (v_homes)", "true"));
type Walls = "both walls" | "the query's own wall" | "the policies" | "no wall";
const asReader = async <T>(name: string, walls: Walls, work: (c: ReadContext) => Promise<T>) => {
  const reader = readers[name];
  if (!reader) throw new Error(`nobody reads for ${name}`);
  const past = walls === "the query's own wall" || walls === "no wall";
  await actors.owner.query("BEGIN");
  await actors.owner.query("SELECT set_config('app.session', $1, true)", [reader.session]);
  if (past) for (const text of PAST_GUARDS) await actors.owner.query(text);
  return as(reader)
    .read((c) =>
      work({
        ...c,
        ...(past ? { db: pastPolicies(actors.owner) } : {}),
        ...(walls === "the policies" || walls === "no wall" ? { scope: everywhere } : {}),
      }),
    )
    .finally(() => actors.owner.query("ROLLBACK"));
};

const sorted = (codes: Iterable<string | null | undefined>) =>
  [...new Set(codes)].map(String).sort();
const filter = { year: 2026, limit: 200 };

/** Each query, as the codes of the organisations it answers for. */
const QUERIES: Record<string, (c: ReadContext) => Promise<(string | null | undefined)[]>> = {
  ledger: async (c) => (await listDisbursements({ ...c, filter })).items.map((r) => r.organisation),
  search: async (c) =>
    (await listDisbursements({ ...c, filter: { q: "冬衣", limit: 200 } })).items.map(
      (r) => r.organisation,
    ),
  figures: async (c) =>
    (await queryFigures({ ...c, filter: { year: 2026 }, groupBy: ["organisation"] })).rows.map(
      (r) => r.organisation,
    ),
  "fine figures": async (c) =>
    (
      await queryFigures({ ...c, filter: { year: 2026 }, groupBy: ["organisation", "form"] })
    ).rows.map((r) => r.organisation),
  vouchers: async (c) => (await explainFigure({ ...c, filter })).items.map((r) => r.organisation),
  balance: async (c) =>
    (await queryBalance({ ...c, filter: { year: 2026 }, groupBy: "organisation" })).rows.map(
      (r) => r.organisation,
    ),
  records: async (c) => (await listRecords({ ...c, ids })).map((r) => r.organisation),
  findings: async (c) => {
    const found = await judge({ ...c, records: checked, now: TEST_NOW });
    return checked.filter((r) => found.get(r.id)?.length).map((r) => r.organisation);
  },
  forms: async (c) => {
    const asked = forms.map(({ checked: record, row }) => ({
      record,
      rows: { record: row, shares: [] },
    }));
    const judged = await judgeUnstored({ ...c, now: TEST_NOW, forms: asked });
    return asked.flatMap(({ record }) => (judged(record).context ? record.organisation : []));
  },
  "rows to copy": async (c) => {
    const found: string[] = [];
    for (const organisation of new Set(checked.map((record) => record.organisation))) {
      const query = { organisation, programme: "golden-autumn", year: 2026, by: "year" as const };
      const copied = copyRows({ ...c, locale: "en", now: TEST_NOW, query });
      if ((await foundIn(copied))?.items.length) found.push(organisation);
    }
    return found;
  },
  allotments: async (c) =>
    (await listAllotments({ ...c, filter })).items.map((r) => r.organisation),
  audit: async (c) =>
    (
      await listAuditEntries({ ...c, query: { limit: 200, subjectType: "disbursement" } })
    ).items.map((r) => r.organisation),
};

/** A place out of reach is not found. */
async function foundIn<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

describe.each(Object.entries(READERS))("from %s", (name, { sees }) => {
  test.each(Object.entries(QUERIES))("%s", async (what, query) => {
    for (const walls of ["both walls", "the query's own wall", "the policies"] as const)
      expect(sorted(await asReader(name, walls, query)), walls).toEqual(sorted(sees));
    // it reads in a function of the database that has the reader's scope in itself, and is not rewritten here
    const unwalled = what === "search" ? sees : ALL;
    expect(sorted(await asReader(name, "no wall", query))).toEqual(sorted(unwalled));
  });

  test("sums count what is seen, once", async () => {
    for (const walls of ["both walls", "the query's own wall", "the policies"] as const) {
      const [figures, found, years] = await asReader(name, walls, async (c) => [
        await queryFigures({ ...c, filter: { year: 2026 }, groupBy: [] }),
        await listDisbursements({ ...c, filter: { q: "冬衣" } }),
        await listYears({ ...c, now: new Date() }),
      ]);
      expect(figures.totals.records, walls).toBe(sees.length);
      expect(figures.leftOut.submitted, walls).toBe(sees.length);
      expect(found.totals.records, walls).toBe(sees.length);
      expect(years.find(({ year }) => year === 2026)?.waiting?.submitted, walls).toBe(sees.length);
    }
  });

  test("what waits for review, and the working day", async () => {
    for (const walls of ["both walls", "the query's own wall"] as const) {
      const [queue, day] = await asReader(name, walls, async (c) => [
        await listReviewQueue({ ...c, now: TEST_NOW }),
        await getWorkbench({ ...c, now: TEST_NOW }),
      ]);
      expect(sorted(queue.items.map(({ record }) => record.organisation)), walls).toEqual(
        sorted(sees),
      );
      const passed = day.approved.map((row) => row.organisation);
      expect(passed, walls).toHaveLength(Math.min(8, sees.length));
      expect(sees, walls).toEqual(expect.arrayContaining(passed));
    }
  });
});

type Asked = { org?: string; organisation?: string; prefecture?: string };
const NARROWED: [reader: string, asked: Asked, sees: string[] | "NOT_FOUND"][] = [
  ["the province", { org: PROVINCE }, ALL],
  ["the province", { org: "630100" }, XINING],
  ["the province", { org: "630123" }, HUANGYUAN],
  ["the province", { org: "630000-I01" }, INDUSTRIAL],
  ["the province", { organisation: "630123" }, ["630123"]],
  ["the province", { organisation: PROVINCE }, [PROVINCE]],
  ["the province", { organisation: "630123-G2" }, ["630123-G2"]],
  ["the province", { prefecture: "630100" }, XINING],
  ["the province", { prefecture: PROVINCE }, [PROVINCE, ...INDUSTRIAL]],
  ["the province", { org: "630123", organisation: "630123-G1" }, ["630123-G1"]],
  ["the province", { org: "630123", organisation: "632222" }, []],
  ["the province", { org: "630123", prefecture: "630100" }, HUANGYUAN],
  ["the province", { org: "630123", prefecture: "632200" }, []],
  ["the province", { organisation: "632222", prefecture: "632200" }, ["632222"]],
  ["a prefecture", { org: PROVINCE }, "NOT_FOUND"],
  ["a prefecture", { org: "630121" }, DATONG],
  ["a prefecture", { prefecture: "630100" }, XINING],
  ["a prefecture", { prefecture: "632200" }, "NOT_FOUND"],
  ["a prefecture", { organisation: "632222" }, "NOT_FOUND"],
  ["a county", { org: "630100" }, "NOT_FOUND"],
  ["a county", { organisation: "630123" }, ["630123"]],
  ["a county", { org: "630123-G1" }, ["630123-G1"]],
  ["a county", { org: "630121-G1" }, "NOT_FOUND"],
  ["a county", { prefecture: "630100" }, HUANGYUAN],
  ["a county", { prefecture: PROVINCE }, "NOT_FOUND"],
  ["an industrial union", { prefecture: PROVINCE }, INDUSTRIAL],
  ["two counties", { prefecture: "632200" }, QILIAN],
  ["two counties", { org: "632222" }, QILIAN],
  ["two counties", { org: "632200" }, "NOT_FOUND"],
  ["a prefecture and a union elsewhere", { prefecture: "632200" }, ["632222-G1"]],
];

test.each(NARROWED)("%s narrows to %j", async (name, asked, sees) => {
  for (const walls of ["both walls", "the query's own wall"] as const) {
    const answer = asReader(name, walls, async (c) => {
      const page = await listDisbursements({ ...c, filter: { ...filter, ...asked } });
      const figures = await queryFigures({
        ...c,
        filter: { year: 2026, ...asked },
        groupBy: ["organisation"],
      });
      const vouchers = await explainFigure({ ...c, filter: { ...filter, ...asked } });
      return [page.items, figures.rows, vouchers.items].map((rows) =>
        sorted(rows.map((row) => row.organisation)),
      );
    });
    if (sees === "NOT_FOUND") await expect(answer, walls).rejects.toMatchObject({ code: sees });
    else expect(await answer, walls).toEqual([sorted(sees), sorted(sees), sorted(sees)]);
  }
});

test("an administrator's scope is nowhere", async () => {
  const admin = await actors.admin();
  const scope = await as(admin).read((c) => Promise.resolve(c.scope));
  expect(scope).toEqual({ homes: [], everything: false });
  const past = { db: pastPolicies(actors.owner), scope };
  await expect(listDisbursements({ ...past, filter })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await listRecords({ ...past, ids })).toEqual([]);
});

test("the outermost homes alone are told, the province's as everything", async () => {
  const homesOf = async (name: string) =>
    asReader(name, "both walls", async ({ scope }) => ({
      homes: scope.homes.map(({ kind, leaf }) => ({ kind, leaf })),
      everything: scope.everything,
    }));
  expect(await homesOf("the province")).toEqual({
    homes: [{ kind: "PROVINCE", leaf: false }],
    everything: true,
  });
  expect(await homesOf("a prefecture and a county of it")).toEqual({
    homes: [{ kind: "PREFECTURE", leaf: false }],
    everything: false,
  });
  expect(await homesOf("a grass-roots union")).toEqual({
    homes: [{ kind: "GRASS_ROOTS", leaf: true }],
    everything: false,
  });
});
