import { randomUUID } from "node:crypto";
import { ApiActor } from "@/e2e/actors/api";
import { plainRecord, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const people = [
  "clerk.huangyuan",
  "clerk.qilian",
  "reviewer.xining",
  "reviewer.haibei",
  "auditor",
  "admin",
] as const;
let as: Record<(typeof people)[number], ApiActor>;
let theirs: RecordAnswer;

test.beforeAll(async ({ baseURL }) => {
  const signedIn = await Promise.all(people.map((name) => ApiActor.signIn(baseURL ?? "", name)));
  as = Object.fromEntries(people.map((name, i) => [name, signedIn[i]])) as typeof as;
  theirs = await as["clerk.huangyuan"].write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", { note: "只有湟源县能看到的一笔" }),
  );
});
test.afterAll(() => Promise.all(Object.values(as).map((person) => person.dispose())));

async function codeOf(response: { json(): Promise<unknown> }): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

test("a clerk of another county cannot see or touch a record, and cannot learn that it exists", async () => {
  const other = as["clerk.qilian"];
  const missing = await other.get("/disbursements/999999999999");
  const existing = await other.get(`/disbursements/${theirs.id}`);
  expect([existing.status(), await existing.text()]).toEqual([
    missing.status(),
    await missing.text(),
  ]);
  expect(existing.status()).toBe(404);
  for (const [verb, body] of [
    ["submit", { version: 1 }],
    ["void", { version: 1, reason: "entered-by-mistake", words: "x" }],
    ["return", { version: 1, reason: "other", words: "x" }],
    ["approve", { version: 1 }],
  ] as const) {
    const response = await other.send("POST", `/disbursements/${theirs.id}/${verb}`, body);
    expect(response.status(), verb).toBe(404);
  }
  const patch = await other.send("PATCH", `/disbursements/${theirs.id}`, {
    version: 1,
    note: "改",
  });
  expect(patch.status()).toBe(404);
  expect((await other.get("/disbursements?org=630123")).status()).toBe(404);
  expect((await other.get("/exports/ledger?org=630123&format=csv")).status()).toBe(404);
  const list = await other.read<{ items: { organisation: string }[] }>("/disbursements?limit=200");
  expect(new Set(list.items.map((item) => item.organisation))).toEqual(new Set(["632222"]));
  const audit = await other.get(`/audit?subjectType=disbursement&subjectId=${theirs.id}`);
  expect(await audit.text()).not.toContain("湟源");
});

test("nobody enters for a county that is not theirs", async () => {
  const response = await as["clerk.qilian"].send("POST", "/disbursements", plainRecord("630123"));
  expect(response.status()).toBe(404);
  const auditor = await as.auditor.send("POST", "/disbursements", plainRecord("630123"));
  expect(auditor.status()).toBe(403);
});

test("an auditor reads and never writes", async () => {
  expect((await as.auditor.get(`/disbursements/${theirs.id}`)).status()).toBe(200);
  const response = await as.auditor.send("PATCH", `/disbursements/${theirs.id}`, {
    version: 1,
    note: "改",
  });
  expect(response.status()).toBe(403);
});

test("an administrator sees no record and no amount", async () => {
  for (const path of [
    "/disbursements",
    `/disbursements/${theirs.id}`,
    "/figures?year=2024",
    "/figures/explain?year=2024",
    "/exports/year-summary?year=2024&format=csv",
    "/exports/card?card=months&year=2024&format=csv",
    "/allotments?year=2024",
    "/projects?year=2024",
  ]) {
    const response = await as.admin.get(path);
    expect(response.status(), path).toBe(403);
    expect(await response.text(), path).not.toMatch(/amountFen/);
  }
});

test("the same request sent ten times at once makes one record", async () => {
  const key = randomUUID();
  const note = `同一次提交 ${key}`;
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      as["clerk.qilian"].send("POST", "/disbursements", plainRecord("632222", { note }), key),
    ),
  );
  expect(answers.map((answer) => answer.status())).toEqual(Array.from({ length: 10 }, () => 201));
  const ids = await Promise.all(answers.map(async (a) => ((await a.json()) as RecordAnswer).id));
  expect(new Set(ids).size).toBe(1);
  const found = await as["clerk.qilian"].read<{ items: unknown[] }>(
    `/disbursements?q=${encodeURIComponent(note)}`,
  );
  expect(found.items).toHaveLength(1);
  const changed = await as["clerk.qilian"].send(
    "POST",
    "/disbursements",
    plainRecord("632222", { note: "别的" }),
    key,
  );
  expect([changed.status(), await codeOf(changed)]).toEqual([422, "IDEMPOTENCY_MISMATCH"]);
});

test("bad input is always answered with a sentence, never with a failure", async () => {
  const clerk = as["clerk.qilian"];
  const wrong: Record<string, unknown>[] = [
    {},
    { organisation: "632222" },
    plainRecord("632222", { amountFen: 15390000 }),
    plainRecord("632222", { amountFen: "1e9" }),
    plainRecord("632222", { amountFen: "-5" }),
    plainRecord("632222", { amountFen: "9".repeat(40) }),
    plainRecord("632222", { paidOn: "2026-02-30" }),
    plainRecord("632222", { programme: "no-such" }),
    plainRecord("632222", { programme: { equals: "x" } }),
    plainRecord("632222", { counts: { persons: 1.5 } }),
    plainRecord("632222", { counts: { persons: 1e15 } }),
    plainRecord("632222", { note: "\u0000" }),
    plainRecord("632222", { note: "字".repeat(5000) }),
    plainRecord("632222", { status: "approved" }),
    plainRecord("632222", {
      shares: [
        { fundSource: "county-union", amountFen: "1" },
        { fundSource: "county-union", amountFen: "2" },
      ],
    }),
    plainRecord("632222", { fiscalYear: 2099 }),
  ];
  for (const body of wrong) {
    const response = await clerk.send("POST", "/disbursements", body);
    expect(response.status(), JSON.stringify(body).slice(0, 120)).toBeGreaterThanOrEqual(400);
    expect(response.status(), JSON.stringify(body).slice(0, 120)).toBeLessThan(500);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.message.length).toBeGreaterThan(5);
  }
  for (const path of [
    "/disbursements?cursor=zzz",
    "/disbursements?limit=99999",
    "/disbursements?year=abc",
    "/disbursements?year=2024&year=2025",
    "/disbursements?status=nope",
    "/disbursements?nosuch=1",
    "/disbursements/abc",
    "/disbursements/-1",
    "/disbursements/99999999999999999999",
    "/figures?groupBy=nope",
    "/figures?year=2024&org=nope",
    "/figures?month=13",
    "/disbursements?q=%00",
    "/nowhere",
    "/exports/year-summary?year=2024&format=exe",
  ]) {
    const response = await clerk.get(path);
    expect(response.status(), path).toBeGreaterThanOrEqual(400);
    expect(response.status(), path).toBeLessThan(500);
    expect(await codeOf(response), path).toMatch(/^[A-Z_]+$/);
  }
});
