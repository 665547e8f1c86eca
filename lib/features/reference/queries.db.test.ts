import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/testing/database";
import { ORGANISATIONS } from "@/prisma/seed/data/organisations";
import { seedReference } from "@/prisma/seed/reference";
import { openSession } from "@/prisma/seed/session";
import { referenceSchema } from "./schema";
import type { Reference } from "./types";

const database = await testDatabase();
const { closeDb, readAs } = await import("@/lib/platform/db");
const { getReference } = await import("./queries");

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
