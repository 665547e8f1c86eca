import { beforeAll, describe, expect, test } from "vitest";
import { GET as ledger } from "@/app/api/v1/disbursements/route";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { approvedRecord } from "@/testing/records";
import { DELETE as remove, PATCH as change } from "./[id]/route";
import { GET as list, POST as create } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let colleague: TestPerson;
let stranger: TestPerson;
let prefecture: TestPerson;
let province: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  colleague = await actors.reviewer("630123");
  stranger = await actors.clerk("632723");
  prefecture = await actors.reviewer("630100");
  province = await actors.province();
});

const ask = (handler: RouteHandler, person: TestPerson, body?: unknown, id?: string) =>
  call(handler, person, {
    method: handler === create ? "POST" : handler === change ? "PATCH" : "DELETE",
    ...(id === undefined ? {} : { params: { id } }),
    headers: { "Idempotency-Key": crypto.randomUUID(), "sec-fetch-site": "same-origin" },
    ...(body === undefined ? {} : { body }),
  });

let names = 0;
const view = (over: object = {}) => ({
  page: "ledger",
  name: `视图 ${++names}`,
  query: "year=2026&programme=xia-song-qingliang,warmth&sort=-amountFen&columns=when,amount",
  ...over,
});
async function made(person: TestPerson, over: object = {}): Promise<string> {
  const answer = await ask(create, person, view(over));
  expect(answer.status).toBe(201);
  return String(answer.body["id"]);
}
type Listed = { id: string; name: string; own: boolean; query: string };
async function listed(person: TestPerson): Promise<Listed[]> {
  const { body } = await call(list, person, { path: "/api/v1/views?page=ledger" });
  return body["items"] as Listed[];
}
const ids = async (person: TestPerson) => (await listed(person)).map(({ id }) => id);

describe("a view", () => {
  test("is kept as its page would write the address, and found again", async () => {
    const query = "columns=when,amount&sort=-amountFen&org=630123&q=%E6%85%B0%E9%97%AE&year=2026";
    const answer = await ask(create, clerk, view({ name: " 慰问 ", query }));
    expect(answer.body).toMatchObject({ name: "慰问", own: true, sharedWith: null, version: 1 });
    expect(answer.body["query"]).toBe(
      "year=2026&org=630123&q=%E6%85%B0%E9%97%AE&sort=-amountFen&columns=when,amount",
    );
    expect(await listed(clerk)).toContainEqual(answer.body);
  });

  test.each(["colour=red", "year=1066", "sort=luck", "page=3", "cursor=x", "columns=<b>"])(
    "that its page could not read is refused: %s",
    async (query) => {
      const answer = await ask(create, clerk, view({ query }));
      expect([answer.status, answer.body.error?.fieldErrors]).toEqual([
        400,
        { query: [expect.any(String)] },
      ]);
    },
  );

  test("is not shared: nobody else's to read, change or remove", async () => {
    const id = await made(clerk);
    expect(await ids(colleague)).not.toContain(id);
    expect(await ids(province)).not.toContain(id);
    expect((await ask(change, colleague, { version: 1, name: "我的" }, id)).status).toBe(404);
    expect((await ask(remove, colleague, undefined, id)).status).toBe(404);
  });

  test("shared is read by the subtree, and by nobody beside or above it", async () => {
    const id = await made(prefecture, { sharedWith: "630100" });
    for (const person of [clerk, colleague, prefecture]) expect(await ids(person)).toContain(id);
    for (const person of [stranger, province]) expect(await ids(person)).not.toContain(id);
    const found = (await listed(clerk)).find((one) => one.id === id);
    expect(found).toMatchObject({ own: false, sharedWith: "630100" });
    expect((await ask(change, clerk, { version: 1, name: "我的" }, id)).status).toBe(404);
    expect((await ask(remove, clerk, undefined, id)).status).toBe(404);
    const taken = { version: 1, sharedWith: null };
    expect((await ask(change, prefecture, taken, id)).status).toBe(200);
    expect(await ids(clerk)).not.toContain(id);
  });

  test("is shared from where one works, and nowhere else", async () => {
    const answer = await ask(create, clerk, view({ sharedWith: "630100" }));
    expect(answer.body.error?.fieldErrors).toHaveProperty("sharedWith");
  });

  test("carries no right: whoever opens it is answered as if they had typed it", async () => {
    const record = await approvedRecord(clerk, colleague);
    const id = await made(clerk, { sharedWith: "630123", query: "org=630123" });
    const { query } = (await listed(colleague)).find((one) => one.id === id) ?? { query: "" };
    const seenBy = async (person: TestPerson, asked: string) => {
      const { status, body } = await call(ledger, person, {
        path: `/api/v1/disbursements?${asked}`,
      });
      const items = (body["items"] ?? []) as { id: string }[];
      return [status, items.some((item) => item.id === record.id)];
    };
    expect(await seenBy(colleague, query)).toEqual([200, true]);
    expect(await seenBy(stranger, query)).toEqual([404, false]);
    expect(await seenBy(stranger, "")).toEqual([200, false]);
  });

  test("is renamed and changed by its owner, each version once", async () => {
    const id = await made(clerk);
    const renamed = await ask(change, clerk, { version: 1, name: "新名" }, id);
    expect(renamed.body).toMatchObject({ name: "新名", version: 2 });
    expect((await ask(change, clerk, { version: 1, name: "旧名" }, id)).status).toBe(409);
    const narrowed = await ask(change, clerk, { version: 2, query: "year=2025" }, id);
    expect(narrowed.body).toMatchObject({ name: "新名", query: "year=2025", version: 3 });
  });

  test("has a name that its owner has given no other", async () => {
    await made(clerk, { name: "同名" });
    const again = await ask(create, clerk, view({ name: "同名" }));
    expect(again.body.error?.fieldErrors).toEqual({ name: ["您已有同名的视图"] });
    await made(colleague, { name: "同名" });
    const other = await made(clerk);
    const taken = await ask(change, clerk, { version: 1, name: "同名" }, other);
    expect(taken.status).toBe(400);
  });

  test.each([["二行\n名"], ["名".repeat(61)], [" "]])(
    "has a name of one line: %j",
    async (name) => {
      expect((await ask(create, clerk, view({ name }))).status).toBe(400);
    },
  );

  test("is removed once; its name is free again, and the chain tells of all of it in no words", async () => {
    const id = await made(clerk, { name: "王五家" });
    await ask(change, clerk, { version: 1, name: "王五和李四" }, id);
    expect((await ask(remove, clerk, undefined, id)).status).toBe(200);
    expect((await ask(remove, clerk, undefined, id)).status).toBe(404);
    expect(await ids(clerk)).not.toContain(id);
    await made(clerk, { name: "王五和李四" });
    const { rows } = await actors.owner.query<{ action: string; body: string }>(
      `SELECT action, body FROM audit_entries WHERE subject_type = 'view' AND subject_id = $1 ORDER BY position`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual(["view.create", "view.update", "view.remove"]);
    expect(JSON.stringify(rows)).not.toContain("王五");
  });

  test("stops at a hundred, in words", async () => {
    const person = await actors.clerk("630123");
    await actors.owner.query(
      `INSERT INTO saved_views (owner_id, page, name, query)
       SELECT $1, 'LEDGER', 'v' || n, '' FROM generate_series(1, 100) AS n`,
      [person.userId],
    );
    const refused = await ask(create, person, view());
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      409,
      expect.stringContaining("100"),
    ]);
  });

  test("is nothing for an administrator", async () => {
    const admin = await actors.admin();
    expect((await call(list, admin, { path: "/api/v1/views" })).status).toBe(403);
    expect((await ask(create, admin, view())).status).toBe(403);
  });
});
