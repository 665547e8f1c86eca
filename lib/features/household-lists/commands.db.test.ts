import { beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/v1/households/export/route";
import { fileHouseholds, revealHousehold } from "@/lib/features/households/commands";
import { getHousehold } from "@/lib/features/households/queries";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { file, freshNumber, holder, NOW } from "@/testing/households";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { importHouseholds } from "./commands";
import { LIST_HEAD, readList } from "./rules";
import type { ImportHouseholdsInput, ListedHousehold } from "./types";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  stranger = await actors.clerk("632222");
}, 60_000);

const count = async (text: string, ...values: unknown[]) =>
  Number((await owner.query<{ n: string }>(text, values)).rows[0]?.n);
const files = () => count("SELECT count(*) AS n FROM households");
const listed = (
  line: number,
  number: string,
  more: Partial<ListedHousehold["input"]> = {},
): ListedHousehold => ({
  // prettier-ignore
  lines: [line],
  input: {
    ...{ filedOn: "2026-03-01", tier: "deep", kind: "urban", level: "county", cause: "illness" },
    ...{ otherCauses: [], members: [holder({ idNumber: number })] },
    ...more,
  },
});
const bring = (
  person: TestPerson,
  households: ListedHousehold[],
  more: Partial<ImportHouseholdsInput> = {},
) =>
  // prettier-ignore
  as(person).write((c) =>
    importHouseholds({
      ...{ ...c, now: NOW, file: fileHouseholds },
      input: { organisation: "630123", dry: false, households, ...more },
    }),
  );

test("looked through, filed, and never doubled", async () => {
  const [there, elsewhere, fresh] = [freshNumber(), freshNumber(), freshNumber()];
  const { code } = await file(clerk, { members: [holder({ idNumber: there })] });
  await file(stranger, { organisation: "632222", members: [holder({ idNumber: elsewhere })] });
  const before = await files();
  const list = [
    listed(2, fresh),
    listed(3, there),
    listed(4, elsewhere),
    listed(5, "639901198001010015"),
    listed(6, fresh),
    listed(7, freshNumber(), { code }),
  ];
  const dry = await bring(clerk, list, { dry: true });
  expect(dry.results.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual([
    "2 new",
    "3 exists",
    // what stands elsewhere is told when it is filed
    "4 new",
    "5 faulty",
    "6 faulty",
    "7 exists",
  ]);
  expect(dry.results[1]).toMatchObject({ code });
  expect(dry.results[3]?.faults).toMatchObject([
    { line: 5, field: "idNumber", key: "idCheckDigit" },
  ]);
  expect(dry.results[4]?.faults).toMatchObject([{ field: "idNumber", key: "twiceInList", values: { line: 2 } }]); // prettier-ignore
  expect(await files()).toBe(before);
  expect(await count("SELECT count(*) AS n FROM household_refusals WHERE user_id = $1", clerk.userId)).toBe(0); // prettier-ignore
  const done = await bring(clerk, list);
  expect(done.results.map(({ outcome }) => outcome)).toEqual(["created", "exists", "elsewhere", "faulty", "faulty", "exists"]); // prettier-ignore
  expect(await files()).toBe(before + 1);
  expect(await count("SELECT sum(people) AS n FROM household_refusals WHERE user_id = $1", clerk.userId)).toBe(1); // prettier-ignore
  expect(await count("SELECT count(*) AS n FROM households WHERE origin = 'IMPORTED'")).toBe(1);
  const again = await bring(clerk, list);
  expect(again.results.map(({ outcome }) => outcome)).toEqual(["exists", "exists", "elsewhere", "faulty", "faulty", "exists"]); // prettier-ignore
  expect(JSON.stringify([dry, done, again])).not.toMatch(/才让|6399|139097/);
});

const noted = (person: TestPerson) => count("SELECT coalesce(sum(people), 0) AS n FROM household_refusals WHERE user_id = $1", person.userId); // prettier-ignore
const outcomes = async (person: TestPerson, households: ListedHousehold[]) =>
  (await bring(person, households, { organisation: person.organisation })).results.map(
    ({ outcome }) => outcome,
  );

test("twenty answers about people elsewhere are the end of a day; what is left waits, whoever it is, and says so", async () => {
  const person = await actors.clerk("630104");
  const numbers = Array.from({ length: 22 }, freshNumber);
  for (const number of numbers) await file(stranger, { organisation: "632222", members: [holder({ idNumber: number })] }); // prettier-ignore
  const elsewhere = numbers.map((number, n) => listed(n + 2, number));
  const undocumented = listed(40, "", { members: [holder({ idNumber: null, name: "南加" })] });
  // those before the end are filed in the same request
  const list = [
    listed(1, freshNumber()),
    ...elsewhere.slice(0, 19),
    listed(30, freshNumber()),
    ...elsewhere.slice(19),
    listed(31, freshNumber()),
    undocumented,
  ];
  const before = await files();
  expect(await outcomes(person, list)).toEqual([
    "created",
    ...Array.from({ length: 19 }, () => "elsewhere"),
    "created",
    "elsewhere",
    // held elsewhere or by nobody: the answer is the same
    ...["later", "later", "later"],
    "created",
  ]);
  expect(await files()).toBe(before + 3);
  expect(await noted(person)).toBe(20);
  expect(await outcomes(person, [listed(31, freshNumber()), elsewhere[20] ?? undocumented])).toEqual(["later", "later"]); // prettier-ignore
  expect(await noted(person)).toBe(20);
});

test("two of one clerk at once are told twenty together", async () => {
  const person = await actors.clerk("630105");
  const numbers = Array.from({ length: 30 }, freshNumber);
  for (const number of numbers) await file(stranger, { organisation: "632222", members: [holder({ idNumber: number })] }); // prettier-ignore
  const list = numbers.map((number, n) => listed(n + 2, number));
  const told = (await Promise.all([outcomes(person, list.slice(0, 15)), outcomes(person, list.slice(15))])).flat(); // prettier-ignore
  expect(told.filter((one) => one === "elsewhere")).toHaveLength(20);
  expect(await noted(person)).toBe(20);
});

test("codes follow one another, behind those that the list brings; one code twice is a fault", async () => {
  const place = await actors.clerk("630121");
  const one = (line: number, code: string | null) => listed(line, freshNumber(), { code });
  const list = [one(2, null), one(3, "630121-0007"), one(4, null), one(5, "630121-0007")];
  const { results } = await bring(place, list, { organisation: "630121" });
  expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual(["630121-0008", "630121-0007", "630121-0009", "faulty"]); // prettier-ignore
  expect(results[3]?.faults).toMatchObject([{ line: 5, field: "code", key: "codeInList", values: { line: 3 } }]); // prettier-ignore
  const told = await count("SELECT count(*) AS n FROM audit_entries a JOIN households h ON h.id::text = a.subject_id WHERE a.action = 'household.create' AND h.code LIKE '630121-%'"); // prettier-ignore
  expect(told).toBe(3);
});

test("by clerks of the place alone", async () => {
  const list = [listed(2, freshNumber())];
  await expect(bring(stranger, list)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const person of [await actors.reviewer("630123"), await actors.province()])
    await expect(bring(person, list)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("out again in the same shape, counted in the chain; not what is closed", async () => {
  const ask = (person: TestPerson, query: string) =>
    call(GET, person, { path: `/api/v1/households/export?${query}` });
  const answer = await ask(clerk, "org=630123&format=csv&reason=reporting");
  expect(answer.status).toBe(200);
  const text = String(answer.body["text"]);
  const rows = text.replace(/^\uFEFF/, "").trim().split("\r\n").map((line) => line.split(",")); // prettier-ignore
  expect(rows[0]).toEqual(LIST_HEAD);
  const { households, faults } = readList(rows, "2026-11-27");
  expect(faults).toEqual([]);
  expect(households.length).toBe(await count("SELECT count(*) AS n FROM households h JOIN organisations o ON o.id = h.organisation_id WHERE o.code = '630123' AND h.status <> 'CLOSED'")); // prettier-ignore
  expect(answer.headers.get("content-disposition")).not.toMatch(/才让|6399/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const { rows: told } = await owner.query<{ body: string }>(
    "SELECT body FROM audit_entries WHERE action = 'export.create' AND actor_id = $1",
    [clerk.userId],
  );
  expect(told.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
    { org: "630123", format: "csv", taken: "reporting", households: households.length },
  ]);
  await owner.query("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [clerk.userId]); // prettier-ignore
  const unproven = await ask(clerk, "org=630123&format=csv&reason=reporting");
  expect(unproven.body).toMatchObject({ error: { code: "STEP_UP" } });
});

test("piece after piece, without a number each is new", async () => {
  const before = await files();
  for (let at = 0; at < 100; at += 50) {
    const list = Array.from({ length: 50 }, (_, n) => listed(at + n + 2, "", { members: [holder({ idNumber: null, name: "才让" }), { relation: "child", name: "南加" }] })); // prettier-ignore
    await bring(clerk, list);
  }
  expect(await files()).toBe(before + 100);
});

test("the other fields of the national list come in, are sealed and masked, and go out again", async () => {
  const person = await actors.clerk("630102");
  const judge = await actors.reviewer("630102");
  const head = ["姓名", "身份证号", "困难类别", "主要致困原因", "建档日期", "住房类型", "家庭年度总收入", "是否单亲", "本人月平均收入", "银行卡号", "工作状态", "最高技能"]; // prettier-ignore
  const row = ["才让", freshNumber(), "深度困难", "其他", "2026-03-01", "租赁公房", "18000.50", "是", "1500元", "6217 0000 1234 5678 901", "灵活就业", "钳工"]; // prettier-ignore
  const { households, faults, unknown } = readList([head, row], "2026-11-27");
  expect([faults, unknown]).toEqual([[], ["最高技能"]]);
  const [read] = households;
  expect(read?.input.details).toEqual({ housing: "租赁公房", yearIncomeFen: "1800050", singleParent: "yes" }); // prettier-ignore
  const { results } = await bring(person, households, { organisation: "630102" });
  expect(results).toMatchObject([{ outcome: "created" }]);
  const { rows: [made] } = await owner.query<{ id: string }>("SELECT id FROM households WHERE code = $1", [results[0]?.code]); // prettier-ignore
  const id = made?.id ?? "";
  const see = (who: TestPerson) => as(who).read((c) => getHousehold({ ...c, id, today: "2026-11-27" })); // prettier-ignore
  expect(await see(person)).toMatchObject({ details: { yearIncomeFen: "1800050" }, members: [{ details: { incomeFen: "150000", account: "6217 0000 1234 5678 901" } }] }); // prettier-ignore
  expect(await see(judge)).toMatchObject({ details: { housing: "***", singleParent: "***" }, members: [{ details: { incomeFen: "***", account: "***" } }] }); // prettier-ignore
  const reveal = (fields: ("name" | "details")[]) =>
    as(judge).write((c) => revealHousehold({ ...c, id, input: { fields, reason: "verify" } }));
  expect((await reveal(["name"])).details).toBeNull();
  expect(await reveal(["details"])).toMatchObject({ members: [{}], details: { home: { housing: "租赁公房" }, members: [{ employment: "灵活就业" }] } }); // prettier-ignore
  const { rows } = await owner.query<{ text: string }>("SELECT to_jsonb(h)::text || (SELECT string_agg(to_jsonb(m)::text, '') FROM household_members m WHERE m.household_id = h.id) AS text FROM households h WHERE h.id = $1", [id]); // prettier-ignore
  expect(rows[0]?.text).not.toMatch(/租赁公房|1800050|150000|6217|灵活就业/);
  const out = await call(GET, person, { path: "/api/v1/households/export?org=630102&format=csv&reason=reporting" }); // prettier-ignore
  const table = String(out.body["text"]).replace(/^\uFEFF/, "").trim().split("\r\n").map((line) => line.split(",")); // prettier-ignore
  expect(readList(table, "2026-11-27").households[0]?.input).toMatchObject({ details: read?.input.details, members: [{ details: read?.input.members[0]?.details }] }); // prettier-ignore
  const wrong = readList(
    [head, [...row.slice(0, 6), "很多", "也许", ...row.slice(8)]],
    "2026-11-27",
  );
  expect(wrong.faults).toMatchObject([{ line: 2, field: "yearIncomeFen", key: "number" }, { line: 2, field: "singleParent", key: "listWord" }]); // prettier-ignore
  const [other] = readList([head, ["才让", freshNumber(), ...row.slice(2, 9), "卡号", "13909712345", ""]], "2026-11-27").households; // prettier-ignore
  const told = await bring(person, other ? [other] : [], { organisation: "630102", dry: true });
  expect(told.results[0]?.faults).toMatchObject([{ line: 2, field: "employment", key: "numberElsewhere" }, { line: 2, field: "account", key: "phone" }]); // prettier-ignore
});
