import { describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { Reader, Sql } from "@/lib/platform/db";
import { csvLines } from "@/testing/libreoffice";
import { messagesOf } from "@/lib/i18n/messages";
import { namesOf } from "@/lib/features/reference/present";
import { wordsFor } from "./labels";
import { factsOf } from "./present";
import type { AuditFilter } from "./schema";

const NO_NAMES = {
  ...{ organisations: [], programmes: [], aidCategories: [], recipientKinds: [] },
  ...{ fundSources: [], campaigns: [], years: [] },
};

const database = await testDatabase();
const actors = testActors(database);
const { readAs, sql } = await import("@/lib/platform/db");
const { getAuditFile, listAuditEntries } = await import("./queries");
const { approvedRecord, as, sampleFields } = await import("@/testing/records");
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

describe("a record's entries", () => {
  test("are found by the number everybody sees, and say it back", async () => {
    const { huangyuan, record } = await history();
    const auditor = await actors.auditor();
    for (const written of [
      record.reference,
      ` ${record.reference} `,
      record.id,
      `００${record.id}`,
      record.reference.replaceAll("-", "－"),
    ]) {
      const { items, total } = await list(auditor, { record: written });
      expect([items.map((entry) => entry.subjectName), total], written).toEqual([
        [record.reference],
        1,
      ]);
    }
    expect((await list(huangyuan, { record: record.reference })).items).toHaveLength(1);
    expect((await list(await actors.clerk("632222"), { record: record.reference })).total).toBe(0);
  });
});

describe("the head of the chain", () => {
  test("is the last entry, for those who read the whole chain; the total counts what the filter finds", async () => {
    const { huangyuan } = await history();
    const auditor = await actors.auditor();
    const page = await list(auditor, {}, undefined, 1);
    expect(page.head).toEqual({ position: page.items[0]?.id, hash: page.items[0]?.hash, at: page.items[0]?.at }); // prettier-ignore
    const { rows } = await actors.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM audit_entries",
    );
    expect(page.total).toBe(rows[0]?.n);
    expect((await list(huangyuan)).head).toBeNull();
    expect((await list(await actors.auditor("630100"))).head).toBeNull();
    expect((await list(await actors.admin())).head).toBeNull();
  });
});

test("a correction's entries name the records they speak of by the numbers on their vouchers", async () => {
  const clerk = await actors.clerk("630123");
  const original = await approvedRecord(clerk, await actors.reviewer("630100"));
  const { adjustments } = await as(clerk).adjust(original, { ...sampleFields, amountFen: "100" });
  const { references, reversalId, replacementId } = adjustments[0]!;
  const told = wordsFor(messagesOf("zh-CN"), namesOf(NO_NAMES, "zh-CN"), "zh-CN");
  const factsOfThe = async (subjectId: string, action: string) => {
    const { items } = await list(clerk, { subjectType: "disbursement", subjectId, action });
    return factsOf(items[0]!, told).map(({ field, after }) => `${field} ${after}`);
  };
  expect(new Set(await factsOfThe(original.id, "disbursement.adjust"))).toEqual(
    new Set([
      `原记录 ${references.original}`,
      `冲红记录 ${references.reversal}`,
      `更正记录 ${references.replacement}`,
      "原因 金额有误",
    ]),
  );
  expect(await factsOfThe(reversalId, "disbursement.create")).toEqual([
    `冲销的记录 ${references.original}`,
  ]);
  expect(await factsOfThe(replacementId!, "disbursement.create")).toContain(
    `替换的记录 ${references.original}`,
  );
});

describe("the entries as a file", () => {
  const fileFor = (person: TestPerson, query: AuditFilter = {}) =>
    readAs(person.session, async (c) => {
      const file = await getAuditFile({ ...c, locale: "zh-CN", now: new Date(), query });
      return { file, lines: csvLines(await new Response(file.body).text()) };
    });

  test("hold every entry once, oldest first, in words and as the chain keeps them", async () => {
    const { record } = await history();
    const auditor = await actors.auditor();
    const { file, lines } = await fileFor(auditor, { record: record.reference });
    const page = await list(auditor, { record: record.reference });
    expect(lines[1]).toEqual(["序号", page.head?.position, "哈希", page.head?.hash]);
    const [entry] = page.items;
    expect(lines.slice(3).filter((cells) => cells.length > 1)).toEqual([
      [
        entry?.id,
        expect.stringMatching(/^20\d\d-/),
        entry?.actor?.username,
        `新建发放记录 ${record.reference}`,
        "630123",
        expect.stringContaining("金额 153,900.00 元"),
        JSON.stringify(entry?.body),
        entry?.hash,
      ],
    ]);
    expect(file.record.body).toMatchObject({ kind: "audit", filter: { record: record.reference } });
    const all = (await fileFor(auditor)).lines.slice(3).filter((cells) => cells.length > 1);
    expect(all.map(([position]) => Number(position))).toEqual(all.map((_, index) => index + 1));
  });

  test("are not a clerk's to take", async () => {
    const { huangyuan } = await history();
    await expect(fileFor(huangyuan)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(fileFor(await actors.admin())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the audit of a figure", () => {
  const figure = "year=2026&org=630123&programme=golden-autumn";
  const told = async (person: TestPerson, asked: AuditFilter = { figure }) =>
    (await list(person, asked, undefined, 200)).items.map(({ action, subjectId }) => `${action} ${subjectId}`); // prettier-ignore
  const steps = (id: string) =>
    ["approve", "submit", "create"].map((step) => `disbursement.${step} ${id}`);

  test("names who entered, changed and approved the records that stand in it, and no other", async () => {
    const [clerk, reviewer] = [await actors.clerk("630123"), await actors.reviewer("630100")];
    const auditor = await actors.auditor();
    const before = await told(auditor);
    const [record] = [await approvedRecord(clerk, reviewer)];
    await as(clerk).create();
    await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-27" }));
    await approvedRecord(clerk, reviewer, { programme: "love-breakfast", paidOn: "2026-08-26" });
    const stranger = await actors.clerk("632222");
    for (const reader of [auditor, clerk, reviewer])
      expect((await told(reader)).slice(0, 3)).toEqual(steps(record.id));
    expect(await told(auditor)).toHaveLength(before.length + 3);
    await expect(told(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await told(stranger, { figure: "year=2026&programme=golden-autumn" })).not.toContain(`disbursement.create ${record.id}`); // prettier-ignore
    expect(await told(auditor, { figure, action: "disbursement.approve" })).toContain(`disbursement.approve ${record.id}`); // prettier-ignore
    await expect(told(await actors.admin())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("as of a position holds what counted and was done up to there", async () => {
    const [clerk, reviewer] = [await actors.clerk("630123"), await actors.reviewer("630100")];
    const auditor = await actors.auditor();
    const first = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-25" });
    const { head } = await list(auditor);
    const second = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-24" });
    const then = await told(auditor, { figure: `${figure}&seq=${head?.position}` });
    expect(then.slice(0, 3)).toEqual(steps(first.id));
    expect(then.some((line) => line.endsWith(` ${second.id}`))).toBe(false);
    expect((await told(auditor)).slice(0, 3)).toEqual(steps(second.id));
  });

  test("of thousands of records is the same list, found the other way", async () => {
    const [clerk, reviewer] = [await actors.clerk("632222"), await actors.reviewer("632200")];
    const auditor = await actors.auditor();
    const record = await approvedRecord(clerk, reviewer);
    const many = { figure: "year=2026&org=632222&programme=golden-autumn" };
    const few = await told(auditor, many);
    expect(few.slice(0, 3)).toEqual(steps(record.id));
    await actors.owner.query(
      `SET session_replication_role = replica;
       INSERT INTO disbursements SELECT (jsonb_populate_record(d, jsonb_build_object('id', 10000000 + n))).*
       FROM disbursements d, generate_series(1, 2001) AS n WHERE d.id = ${record.id};
       SET session_replication_role = DEFAULT`,
    );
    expect(await told(auditor, many)).toEqual(few);
    expect(await told(clerk, many)).toEqual(few);
  });
});
