import { beforeAll, expect, test } from "vitest";
import { revealHousehold } from "@/lib/features/households/commands";
import { SEALED_TABLES } from "@/lib/features/keys/rules";
import { listReveals } from "@/lib/features/reveals/queries";
import en from "@/lib/i18n/messages/en/personalData.json";
import zh from "@/lib/i18n/messages/zh-CN/personalData.json";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { file, NOW } from "@/testing/households";
import { as } from "@/testing/records";
import { updateRetentionRule } from "./commands";
import { getPersonalData } from "./queries";

const actors = testActors(await testDatabase());
let admin: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  admin = await actors.admin();
  reviewer = await actors.reviewer("630123");
  const { id } = await file(await actors.clerk("630123"));
  for (const reason of ["visit", "verify"] as const)
    await as(reviewer).write((c) =>
      revealHousehold({ ...c, now: NOW, id, input: { fields: ["name", "health"], reason } }),
    );
}, 60_000);

const data = (person = admin) => as(person).read(getPersonalData);

test("what is kept is the code's own list, and has words in both languages", async () => {
  const { tables } = await data();
  expect(tables.map(({ table }) => table)).toEqual(SEALED_TABLES.map(({ table }) => table));
  const member = tables.find(({ table }) => table === "household_members");
  expect(member).toMatchObject({ kept: 1, forgotten: 0 });
  expect(member?.fields).toEqual(["name", "idNumber", "born", "sex", "phone", "health", "workplace", "details"]); // prettier-ignore
  for (const { tables: words } of [zh, en]) {
    for (const { table, fields } of tables) {
      for (const list of [words.name, words.ground, words.seen]) expect(list).toHaveProperty(table);
      for (const field of fields) expect(words.field).toHaveProperty(field);
    }
  }
});

test("looks into files stand beside those into rosters, by day and by month, and nobody's name of them", async () => {
  const { reveals } = await data();
  const own = reveals.filter(({ user }) => user.id === reviewer.userId);
  expect(own).toMatchObject([
    { what: "household", reveals: 2, lines: 1, fields: ["health", "name"], reasons: ["verify", "visit"] }, // prettier-ignore
  ]);
  expect(own[0]?.day).toMatch(/-01$/);
  const { items } = await as(admin).read((c) => listReveals({ ...c, query: { days: 30 } }));
  expect(items.filter(({ user }) => user.id === reviewer.userId)).toMatchObject([
    { what: "household", reveals: 2, lines: 1 },
  ]);
  expect(JSON.stringify([await data(), items])).not.toContain("才让");
});

test("to administrators alone; years are set once, and not below what the law asks for", async () => {
  for (const person of [reviewer, await actors.auditor(), await actors.province()])
    await expect(data(person)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const set = (person: TestPerson, kind: "reveals" | "roster-lines", years: number, version = 1) =>
    as(person).write((c) => updateRetentionRule({ ...c, kind, input: { version, years } }));
  await expect(set(admin, "reveals", 2)).rejects.toMatchObject({ code: "VALIDATION" });
  await expect(set(reviewer, "roster-lines", 8)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await set(admin, "roster-lines", 8)).toMatchObject({ years: 8, version: 2 });
  await expect(set(admin, "roster-lines", 9)).rejects.toMatchObject({ code: "STALE" });
  expect((await data()).rules).toContainEqual({ kind: "roster-lines", years: 8, version: 2 });
});
