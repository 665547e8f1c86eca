import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, cookieFor } from "@/testing/http";
import { dice, openOffice } from "@/testing/office";

const database = await testDatabase();
const actors = testActors(database);
const figures = await import("@/app/api/v1/figures/route");
const ledger = await import("@/app/api/v1/exports/ledger/route");
const summary = await import("@/app/api/v1/exports/year-summary/route");

let province: TestPerson;
const entries = async () =>
  (
    await actors.owner.query<{ actor_id: string; subject_id: string; body: string }>(
      "SELECT actor_id, subject_id, body FROM audit_entries WHERE action = 'export.create' ORDER BY position",
    )
  ).rows;

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630100"),
    reviewer: await actors.province(),
    organisations: ["630123", "630104"],
  });
  await office.deeds(150, dice(3));
  await office.close();
});

test("a download carries its Chinese name, is written down first, and says what the figures say", async () => {
  const path = "/api/v1/exports/year-summary?year=2025&format=csv";
  const answer = await call(summary.GET, province, { path });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const name = "暖账_2025年度汇总表_青海省_元.csv";
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent(name));
  const shown = await call(figures.GET, province, {
    path: "/api/v1/figures?year=2025&measures=amountFen",
  });
  const { amountFen } = shown.body["totals"] as { amountFen: string };
  expect(shown.body["totals"]).toEqual({ amountFen });
  const yuan = `${amountFen.slice(0, -2)}.${amountFen.slice(-2)}`;
  expect(String(answer.body["text"])).toContain(`青海省总工会合计,630000,—,${yuan},`);
  const [entry] = await entries();
  expect(entry).toMatchObject({ actor_id: province.userId, subject_id: name });
  expect(JSON.parse(entry?.body ?? "{}")).toMatchObject({ kind: "year-summary", amountFen });
});

test("the ledger streams out of one snapshot, in the reader's language", async () => {
  const clerk = await actors.clerk("630123");
  const before = (await entries()).length;
  const answer = await call(ledger.GET, clerk, {
    path: "/api/v1/exports/ledger?year=2025&format=csv",
    headers: { "accept-language": "en-GB,en" },
  });
  const text = String(answer.body["text"]);
  expect(text).toContain("Ledger of disbursements");
  expect(text).toContain("630123-2025-");
  expect(text).not.toContain("630104-2025-");
  expect((await entries()).length).toBe(before + 1);
});

test("what is refused leaves no trace of a download", async () => {
  const before = (await entries()).length;
  const clerk = await actors.clerk("630123");
  const ask = (query: string, person = clerk) =>
    call(summary.GET, person, { path: `/api/v1/exports/year-summary?${query}` });
  expect((await ask("year=2025&org=632222")).status).toBe(404);
  expect((await ask("year=2025&format=pdf")).status).toBe(400);
  expect((await ask("org=630123")).status).toBe(400);
  expect((await ask("year=2025", await actors.admin())).status).toBe(403);
  expect((await entries()).length).toBe(before);
});

test("a file is sent as it is read, a few hundred records at a time", async () => {
  const clerk = await actors.clerk("632222");
  const { owner } = actors;
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO disbursements (organisation_id, prefecture_id, county_id, fiscal_year, month, paid_on, ledger_on, programme_id,
       form, amount_fen, status, note, created_by, last_edited_by)
     SELECT o.id, o.parent_id, o.id, 2026, 3, date '2026-03-05', date '2026-03-05', (SELECT min(id) FROM programmes),
       'CASH', n, 'DRAFT', repeat('慰问', 100), $1::uuid, $1::uuid
     FROM organisations o, generate_series(1, 600) AS n WHERE o.code = '632222'`,
    [clerk.userId],
  );
  await owner.query("SET session_replication_role = DEFAULT");
  const request = new Request("http://nuanzhang.test/api/v1/exports/ledger?format=csv", {
    headers: { host: "nuanzhang.test", cookie: await cookieFor(clerk) },
  });
  const { body } = await ledger.GET(request, { params: Promise.resolve({}) });
  const sizes: number[] = [];
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) sizes.push(chunk.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(400_000);
  expect(Math.max(...sizes)).toBeLessThan(256_000);
});
