import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "@/lib/kernel/actor";
import { testDatabase } from "@/testing/database";
import { ORGANISATIONS } from "@/prisma/seed/data/organisations";
import { seedReference } from "@/prisma/seed/reference";
import { openSession } from "@/prisma/seed/session";
import { organisationsQuerySchema, referenceSchema } from "./schema";
import type { Reference } from "./types";

const database = await testDatabase();
const { closeDb, readAs } = await import("@/lib/platform/db");
const { findOrganisations, getPageReference, getReference, withNamed } = await import("./queries");

const owner = new pg.Client({ connectionString: database.ownerUrl });
let reference: Reference;

beforeAll(async () => {
  await owner.connect();
  await seedReference(owner);
  // Somebody without any role: names of organisations are no secret among those who are signed in.
  const { rows } = await owner.query<{ id: string }>(
    "INSERT INTO users (username, name_zh, name_en) VALUES ('reader', '读者', 'Reader') RETURNING id",
  );
  const session = await openSession(owner, rows[0]?.id ?? "");
  reference = await readAs(session, ({ db }) => getReference({ db }));
});
afterAll(async () => {
  await closeDb();
  await owner.end();
});

test("the answer is what the contract promises", () => {
  expect(referenceSchema.parse(reference)).toEqual(reference);
  expect(reference.organisations).toHaveLength(ORGANISATIONS.length);
});

test("organisations stand in the order of their codes", () => {
  const codes = reference.organisations.map((o) => o.code);
  expect(codes).toEqual([...codes].sort());
});

test("each organisation knows its prefecture; what hangs under the province has the province's", () => {
  const prefectureOf = Object.fromEntries(
    reference.organisations.map((o) => [o.code, [o.parentCode, o.prefectureCode]]),
  );
  expect(prefectureOf).toMatchObject({
    "630000": [null, "630000"],
    "630000-I01": ["630000", "630000"],
    "630100": ["630000", "630100"],
    "630123": ["630100", "630100"],
    "632857": ["632800", "632800"],
  });
});

test("enums cross in lower case", () => {
  const breakfast = reference.programmes.find((p) => p.code === "love-breakfast");
  expect(breakfast).toMatchObject({
    season: "breakfast",
    defaultForm: "goods",
    allowedForms: ["goods", "voucher", "service", "transfer"],
    defaultAidCategory: "meals",
    seasonMonths: [],
  });
  expect(reference.years).toContainEqual({ year: 2026, status: "open" });
});

describe("where unions are many", () => {
  const actors: Record<string, string> = {};
  type Asked = Partial<Parameters<typeof findOrganisations>[0]["query"]>;
  const find = (who: string, query: Asked) =>
    readAs(actors[who] ?? "", async (c) =>
      (await findOrganisations({ ...c, query: { q: "", limit: 20, ...query } })).items.map(
        ({ code }) => code,
      ),
    );
  const page = (who: string, named: string[] = [], entering = false) =>
    readAs(actors[who] ?? "", (c) => getPageReference({ ...c, named, entering }));
  const codesOf = ({ organisations }: Reference) => organisations.map(({ code }) => code);

  /** A person with these roles, each at an organisation. */
  async function person(name: string, roles: [Role, string][]): Promise<void> {
    const { rows } = await owner.query<{ id: string }>(
      "INSERT INTO users (username, name_zh, name_en) VALUES ($1, $1, $1) RETURNING id",
      [name],
    );
    for (const [role, organisation] of roles)
      await owner.query(
        `INSERT INTO memberships (user_id, organisation_id, role)
         SELECT $1, id, $2 FROM organisations WHERE code = $3`,
        [rows[0]?.id, role, organisation],
      );
    actors[name] = await openSession(owner, rows[0]?.id ?? "");
  }

  beforeAll(async () => {
    await owner.query(
      `INSERT INTO organisations (id, code, name_zh, name_en, kind, parent_id, path)
       SELECT u.id, p.code || '-G' || lpad(u.n::text, 3, '0'), '第' || u.n || '车间工会', 'Workshop ' || u.n, 'GRASS_ROOTS',
         p.id, p.path || u.id || '/'
       FROM (SELECT n, nextval('organisations_id_seq') AS id FROM generate_series(1, 300) AS n) u, organisations p
       WHERE p.code = '630123'`,
    );
    await person("clerk", [["CLERK", "630123"]]);
    await person("neighbour", [["CLERK", "630121"]]);
    await person("union", [["CLERK", "630123-G007"]]);
    await person("mixed", [
      ["AUDITOR", "630000"],
      ["CLERK", "630121"],
    ]);
    await person("admin", [["ADMIN", "630000"]]);
    await person("nobody", []);
  });

  test("a page is given the organisations within reach while they are few, and those above", async () => {
    const few = await page("neighbour");
    expect(few.listed).toBe(true);
    expect(codesOf(few)).toEqual(["630000", "630100", "630121"]);
    const alone = await page("union");
    expect(alone.listed).toBe(true);
    expect(codesOf(alone)).toEqual(["630000", "630100", "630123", "630123-G007"]);
  });

  test("beyond that, those that it names and where the reader works", async () => {
    const many = await page("clerk", ["630123-G299"]);
    expect(many.listed).toBe(false);
    expect(codesOf(many)).toEqual(["630000", "630100", "630123", "630123-G299"]);
    expect(many.programmes).toEqual(reference.programmes);
    expect(referenceSchema.parse(many)).toMatchObject({ years: reference.years });
  });

  test("where one enters may be a short list though one reads everything", async () => {
    expect((await page("mixed")).listed).toBe(false);
    const entry = await page("mixed", [], true);
    expect(entry.listed).toBe(true);
    expect(codesOf(entry)).toEqual(["630000", "630100", "630121"]);
  });

  test("what turns out to be named is added, once", async () => {
    const [before, after] = await readAs(actors["clerk"] ?? "", async (c) => {
      const start = await getPageReference({ ...c, named: [] });
      return [start, await withNamed(c, start, ["630123-G002", "630123-G002", "630123", null])];
    });
    expect(codesOf(after)).toEqual([...codesOf(before), "630123-G002"]);
  });

  test("an organisation is found by its name, as it is said, by its code, in English", async () => {
    expect(await find("clerk", { q: "第299车间" })).toEqual(["630123-G299"]);
    expect(await find("clerk", { q: "workshop 299" })).toEqual(["630123-G299"]);
    expect(await find("clerk", { q: "G299" })).toEqual(["630123-G299"]);
    expect(await find("neighbour", { q: "大通县" })).toEqual(["630121"]);
    expect(await find("neighbour", { q: "大通 自治县" })).toEqual(["630121"]);
    expect(await find("clerk", { q: "%" })).toEqual([]);
    expect(await find("clerk", { q: "_" })).toEqual([]);
  });

  test("the code itself comes first, then what begins with the words; never more than asked for", async () => {
    expect((await find("clerk", { q: "630123" }))[0]).toBe("630123");
    expect(await find("clerk", { q: "", limit: 3 })).toEqual([
      "630123",
      "630123-G001",
      "630123-G002",
    ]);
    expect(await find("clerk", { q: "第1", limit: 2 })).toEqual(["630123-G001", "630123-G010"]);
    expect(organisationsQuerySchema.safeParse({ limit: 51 }).success).toBe(false);
  });

  test("nothing out of reach is found, whatever the words", async () => {
    for (const q of ["", "630123-G001", "第1车间工会", "湟源"])
      expect(
        (await find("neighbour", { q, limit: 50 })).filter((code) => code !== "630121"),
      ).toEqual([]);
    expect(await find("union", { q: "630123", limit: 50 })).toEqual(["630123-G007"]);
    expect(await find("nobody", { q: "630123" })).toEqual([]);
    expect(await find("mixed", { q: "第299车间" })).toEqual(["630123-G299"]);
    expect(await find("mixed", { q: "第299车间", entering: "true" })).toEqual([]);
  });

  test("accounts are kept everywhere, at organisations of the kinds asked for, in use", async () => {
    expect(await find("admin", { q: "第299车间" })).toEqual(["630123-G299"]);
    expect(await find("admin", { q: "630123", kind: ["COUNTY"] })).toEqual(["630123"]);
    await owner.query("UPDATE organisations SET active = false WHERE code = '630123-G299'");
    expect(await find("admin", { q: "第299车间", active: "true" })).toEqual([]);
    expect((await page("admin")).listed).toBe(false);
  });
});
