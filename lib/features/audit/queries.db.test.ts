import { describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { Reader, Sql } from "@/lib/platform/db";
import type { AuditFilter } from "./schema";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, sql } = await import("@/lib/platform/db");
const { listAuditEntries } = await import("./queries");
const { as } = await import("@/testing/records");
const { openSession } = await import("@/lib/platform/sign-in");

const list = (person: TestPerson, filter: AuditFilter = {}, cursor?: string, limit = 50) =>
  readAs(person.session, (c) =>
    listAuditEntries({ ...c, query: { ...filter, limit, ...(cursor ? { cursor } : {}) } }),
  );

const kinds = async (person: TestPerson, filter?: AuditFilter) => [
  ...new Set((await list(person, filter)).items.map((entry) => entry.subjectType)),
];

async function history() {
  const huangyuan = await actors.clerk("630123");
  const qilian = await actors.clerk("632222");
  const record = await as(huangyuan).create();
  await as(qilian).create();
  await openSession(huangyuan.userId, new Date());
  return { huangyuan, qilian, record };
}

describe("the audit list", () => {
  test("shows records to those who read them, accounts to administrators and the province", async () => {
    const { huangyuan, qilian, record } = await history();
    const subject = { subjectType: "disbursement", subjectId: record.id };
    expect((await list(huangyuan, subject)).items).toHaveLength(1);
    expect((await list(qilian, subject)).items).toEqual([]);
    expect(await kinds(huangyuan)).toEqual(["disbursement"]);
    expect(await kinds(await actors.admin())).toEqual(["user"]);
    expect((await kinds(await actors.auditor())).sort()).toEqual(["disbursement", "user"]);
    expect(await kinds(await actors.auditor("630100"))).toEqual(["disbursement"]);
  });

  test("is walled by the database as well: a query that forgets its scope sees no more", async () => {
    const { qilian } = await history();
    const seen = await readAs(qilian.session, ({ db }) =>
      db.rows<{ n: number }>(sql`SELECT count(*)::int AS n FROM audit_entries a
        JOIN organisations o ON o.id = a.organisation_id WHERE o.code <> '632222'`),
    );
    expect(seen[0]?.n).toBe(0);
  });

  test("is walled by the query as well: without the database's wall it shows no more", async () => {
    const { huangyuan, qilian } = await history();
    const unwalled: Reader = {
      rows: async <T>(query: Sql) =>
        (await actors.owner.query({ text: query.text, values: query.values })).rows as T[],
    };
    const seen = (person: TestPerson) =>
      readAs(person.session, ({ scope, actor }) =>
        listAuditEntries({ db: unwalled, scope, actor, query: { limit: 200 } }),
      );
    const own = (await seen(qilian)).items;
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((entry) => entry.organisation === "632222")).toBe(true);
    expect((await seen(huangyuan)).items.every((e) => e.organisation === "630123")).toBe(true);
    const ofAdmin = (await seen(await actors.admin())).items;
    expect(ofAdmin.some((entry) => entry.subjectType === "disbursement")).toBe(false);
  });

  test("is read page by page without a gap or a repeat", async () => {
    await history();
    const auditor = await actors.auditor();
    const all = (await list(auditor)).items.map((entry) => entry.id);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(auditor, {}, cursor, 3);
      walked.push(...page.items.map((entry) => entry.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(walked).toEqual(all);
  });

  test("filters by person, action, union and China's days", async () => {
    const { huangyuan } = await history();
    const auditor = await actors.auditor();
    const count = async (filter: AuditFilter) => (await list(auditor, filter)).items.length;
    expect(await count({ actor: huangyuan.username })).toBe(2);
    expect(await count({ actor: huangyuan.username, action: "session" })).toBe(1);
    expect(await count({ actor: huangyuan.username, action: "session.start" })).toBe(1);
    expect(await count({ actor: huangyuan.username, action: "sess" })).toBe(0);
    expect(await count({ actor: huangyuan.username, org: "630100" })).toBe(1);
    expect(await count({ actor: huangyuan.username, org: "632200" })).toBe(0);
    // The days on which the two were written: a test may run at midnight.
    const { rows } = await actors.owner.query<{ first: string; last: string; dayBefore: string }>(
      `SELECT min(day)::text AS first, max(day)::text AS last, (min(day) - 1)::text AS "dayBefore"
       FROM (SELECT (at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM audit_entries WHERE actor_id = $1) AS x`,
      [huangyuan.userId],
    );
    const [{ first, last, dayBefore } = { first: "", last: "", dayBefore: "" }] = rows;
    expect(await count({ actor: huangyuan.username, from: first, to: last })).toBe(2);
    expect(await count({ actor: huangyuan.username, to: dayBefore })).toBe(0);
    expect(await count({ actor: huangyuan.username, to: "2020-01-01" })).toBe(0);
    await expect(list(auditor, { org: "nowhere" })).rejects.toMatchObject({ code: "VALIDATION" });
  });
});
