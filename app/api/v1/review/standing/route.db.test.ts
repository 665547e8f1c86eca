import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { GET as standing } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

const ask = (person: TestPerson, ids: string) =>
  call(standing, person, { path: `/api/v1/review/standing?ids=${ids}` });

test("tells where records stand, of those within reach", async () => {
  const one = await as(clerk).submit(await as(clerk).create());
  const two = await as(clerk).withdraw(await as(clerk).submit(await as(clerk).create()));
  const { body } = await ask(reviewer, `${one.id},${two.id},999999`);
  expect(body["items"]).toEqual([
    { id: one.id, version: 2, status: "submitted" },
    { id: two.id, version: 3, status: "draft" },
  ]);
  const elsewhere = await actors.reviewer("632200");
  expect((await ask(elsewhere, one.id)).body["items"]).toEqual([]);
});

test.each(["", "1,", "x", Array.from({ length: 201 }, (_, n) => n + 1).join(",")])(
  "is bounded: %#",
  async (ids) => expect((await ask(reviewer, ids)).status).toBe(400),
);
