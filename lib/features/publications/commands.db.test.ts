import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";

const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { closeYear } = await import("@/lib/features/years/commands");
const { listYears } = await import("@/lib/features/years/queries");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { listAuditEntries } = await import("@/lib/features/audit/queries");
const { publishYear, withdrawPublication } = await import("./commands");
const { listPublications } = await import("./queries");
const { answerData } = await import("./loaders");
const { ALL, PUBLIC_COUNTS } = await import("./types");
const actors = testActors(database);
const now = new Date("2026-11-22T08:00:00Z");
const YEAR = 2025;

let province: TestPerson;
let clerk: TestPerson;

const publish = (person = province, year = YEAR) =>
  writeAs(person.session, (context) =>
    publishYear({ ...context, input: { year, licence: "CC BY 4.0", contact: "权益保障部" } }),
  );
const list = () => readAs(province.session, ({ db }) => listPublications(db, { year: YEAR }));
const fetchData = (file: string, headers = {}) => answerData(file, new Headers(headers));

type Row = Record<"line" | "line_kind" | "programme_code" | "state", string> & {
  amount_yuan: string | null;
  persons: number | null;
  households: number | null;
};
async function rowsOf(): Promise<Row[]> {
  const answer = await fetchData(`${String(YEAR)}.json`);
  return ((await answer.json()) as { rows: Row[] }).rows;
}

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  const office = await openOffice(database, {
    clerk: await actors.clerk("630100"),
    reviewer: await actors.province(),
    organisations: ["630123", "630104", "630121"],
  });
  await office.deeds(250, dice(5));
  await office.close();
});

test("an open year is not published, and nothing is there before anything was", async () => {
  await expect(publish()).rejects.toMatchObject({
    code: "CONFLICT",
    fieldErrors: { year: [{ key: "yearNotClosed" }] },
  });
  expect((await fetchData("2025.csv")).status).toBe(404);
  expect((await fetchData("../../etc.csv")).status).toBe(404);
});

test("the province publishes a closed year: what everybody reads is the figures, and less", async () => {
  await writeAs(province.session, async (context) => {
    const [view] = await listYears({ ...context, now, year: YEAR });
    const input = { version: view?.version ?? 0, acceptOpen: true };
    await closeYear({ ...context, now, year: YEAR, input });
  });
  await expect(publish(clerk)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const made = await publish();
  expect(made).toMatchObject({ no: 1, standing: true, contact: "权益保障部", reason: null });
  const [entry] = (
    await readAs(province.session, (context) =>
      listAuditEntries({ ...context, query: { limit: 1 } } as never),
    )
  ).items;
  expect(entry).toMatchObject({ action: "publication.create", subjectId: made.id });

  const rows = await rowsOf();
  const figures = await readAs(province.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter: { year: YEAR }, groupBy: ["programme"] }),
  );
  const yuan = (fen: string) => (Number(fen) / 100).toFixed(2);
  let compared = 0;
  for (const { programme, amountFen, persons } of figures.rows) {
    const sum = rows.find(
      (row) => row.line_kind === "province" && row.programme_code === programme,
    );
    if (!sum || sum.state !== "shown") continue;
    expect(sum.amount_yuan).toBe(yuan(amountFen));
    expect(sum.persons ?? 0).toBe(persons);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(0);
  for (const row of rows) {
    if (row.state === "hidden") expect([row.amount_yuan, row.persons]).toEqual([null, null]);
    for (const count of [row.persons, row.households]) expect(count ?? 5).toBeGreaterThan(4);
    if (row.programme_code === ALL) expect(row.persons).toBeNull();
  }
  expect(made.hidden).toBe(rows.filter(({ state }) => state === "hidden").length);
  expect(PUBLIC_COUNTS).toContain("persons");
});

test("the files are kept a minute, are known again, and hold no formula and nobody", async () => {
  const csv = await fetchData("2025.csv");
  expect(csv.headers.get("cache-control")).toContain("max-age=60");
  const etag = csv.headers.get("etag") ?? "";
  expect((await fetchData("2025.csv", { "if-none-match": etag })).status).toBe(304);
  const text = await csv.text();
  expect(text.split("\r\n").filter((line) => /(^|,)[=+@]/.test(line))).toEqual([]);
  const about = await (await fetchData("2025.package.json")).text();
  expect(about).toContain("CC BY 4.0");
  const { rows } = await actors.owner.query<{ name: string }>(
    `SELECT DISTINCT name_zh AS name FROM users UNION
     SELECT name_zh FROM organisations WHERE kind NOT IN ('PROVINCE', 'PREFECTURE', 'COUNTY')`,
  );
  for (const { name } of rows) expect(text + about).not.toContain(name);
});

test("whoever asks too often waits, and others do not", async () => {
  const from = (address: string) => fetchData("1999.csv", { "x-nz-address": address });
  const answers: number[] = [];
  for (let at = 0; at < 70; at += 1) answers.push((await from("203.0.113.9")).status);
  expect(answers[0]).toBe(404);
  expect(answers.at(-1)).toBe(429);
  expect((await from("203.0.113.10")).status).toBe(404);
});

test("a later publication hides what the first hid; withdrawn, there is nothing of the year", async () => {
  const hidden = async () =>
    (await rowsOf())
      .filter(({ state }) => state === "hidden")
      .map((row) => `${row.line} ${row.programme_code}`);
  const before = await hidden();
  const second = await publish();
  expect(second.no).toBe(2);
  const after = new Set(await hidden());
  expect(before.filter((key) => !after.has(key))).toEqual([]);
  expect((await list()).map(({ standing }) => standing)).toEqual([true, false]);
  const { rows } = await actors.owner.query<{ payload: string; sha256: string }>(
    "SELECT payload, sha256::text FROM publications",
  );
  for (const { payload, sha256 } of rows)
    expect(createHash("sha256").update(payload).digest("hex")).toBe(sha256);

  const withdraw = (person: TestPerson) =>
    writeAs(person.session, (context) =>
      withdrawPublication({ ...context, id: second.id, input: { reason: "口径有误" } }),
    );
  await expect(withdraw(clerk)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await withdraw(province)).toMatchObject({ standing: false, reason: "口径有误" });
  await expect(withdraw(province)).rejects.toMatchObject({ code: "STALE" });
  expect((await fetchData("2025.json")).status).toBe(404);
});
