import { beforeAll, describe, expect, test } from "vitest";
import { SHIPPED } from "@/lib/features/layouts/labels";
import type { Layout } from "@/lib/features/layouts/types";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { DELETE as remove, GET as read, PATCH as change } from "./[id]/route";
import { GET as list, POST as create } from "./route";

const actors = testActors(await testDatabase());
let province: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
});

const ask = (handler: RouteHandler, person: TestPerson, body?: unknown, id?: string) =>
  call(handler, person, {
    method: handler === create ? "POST" : handler === change ? "PATCH" : "DELETE",
    ...(id === undefined ? {} : { params: { id } }),
    headers: { "Idempotency-Key": crypto.randomUUID(), "sec-fetch-site": "same-origin" },
    ...(body === undefined ? {} : { body }),
  });
const readBy = (person: TestPerson, id: string) => call(read, person, { params: { id } });

let titles = 0;
const layoutOf = (over: object = {}): Layout => ({
  ...SHIPPED["cool-summer"],
  title: { zh: `自定 ${++titles}`, en: "" },
  ...over,
});
async function made(layout = layoutOf()): Promise<string> {
  const answer = await ask(create, province, { layout });
  expect([answer.status, answer.body.error]).toEqual([201, undefined]);
  return String(answer.body["id"]);
}

describe("a report form of one's own", () => {
  test("travels as json: what is read is what was sent, and is taken again", async () => {
    for (const shipped of Object.values(SHIPPED)) {
      const layout = { ...shipped, title: { zh: `抄 ${++titles}`, en: "Copy" } };
      const id = await made(layout);
      const { body } = await readBy(clerk, id);
      expect(body).toMatchObject({ id, shipped: false, version: 1, layout });
      const again = JSON.parse(JSON.stringify(body["layout"])) as Layout;
      expect(again).toEqual(layout);
      const other = { ...again, title: { ...again.title, zh: `再抄 ${titles}` } };
      expect((await readBy(province, await made(other))).body["layout"]).toEqual(other);
    }
  });

  test("is read below the province, and drawn, changed and removed by the province alone", async () => {
    const id = await made();
    const listed = await call(list, clerk, { path: "/api/v1/layouts" });
    expect((listed.body["items"] as { id: string }[]).map((one) => one.id)).toContain(id);
    expect((await readBy(clerk, "cool-summer")).body).toMatchObject({ shipped: true });
    expect((await ask(create, clerk, { layout: layoutOf() })).status).toBe(403);
    expect((await ask(change, clerk, { version: 1, layout: layoutOf() }, id)).status).toBe(403);
    expect((await ask(remove, clerk, undefined, id)).status).toBe(403);
    for (const handler of [change, remove])
      expect(
        (await ask(handler, province, handler === change ? { version: 1, layout: layoutOf() } : undefined, "annual")).status, // prettier-ignore
      ).toBe(404);
  });

  test("changes one version after the other, and is removed once", async () => {
    const id = await made();
    const next = layoutOf({ numbered: false });
    const changed = await ask(change, province, { version: 1, layout: next }, id);
    expect(changed.body).toMatchObject({ version: 2, layout: next });
    expect((await ask(change, province, { version: 1, layout: layoutOf() }, id)).status).toBe(409);
    expect((await ask(remove, province, undefined, id)).status).toBe(200);
    expect((await ask(remove, province, undefined, id)).status).toBe(404);
    expect((await readBy(province, id)).status).toBe(404);
    await made(next);
    const { rows } = await actors.owner.query<{ action: string; body: string }>(
      `SELECT action, body FROM audit_entries WHERE subject_type = 'layout' AND subject_id = $1 ORDER BY position`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "layout.create",
      "layout.update",
      "layout.remove",
    ]);
    expect(JSON.stringify(rows)).not.toContain("自定");
  });

  test.each([
    ["schema", { schema: 2 }, "layout.schema", "别的版本"],
    ["axis", { rows: "colour" }, "layout.rows", "可选的值"],
    ["codes", { filter: { programme: ["no-such-thing"] } }, "layout", "no-such-thing"],
    ["word", { colour: "red" }, "layout.colour", "没有这一项"],
    ["title", { title: { zh: " ", en: "" } }, "layout.title.zh", "请填写"],
    ["parts", { blocks: [] }, "layout.blocks", "至少 1 项"],
  ])("that cannot be read is refused in words: %s", async (_, over, field, said) => {
    const { status, body } = await ask(create, province, { layout: layoutOf(over) });
    expect(status).toBe(400);
    const errors = body.error?.fieldErrors as Record<string, string[]>;
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]?.join()).toContain(said);
  });

  test("has a title that the province has given no other", async () => {
    const layout = layoutOf();
    await made(layout);
    const again = await ask(create, province, { layout });
    expect(again.body.error?.fieldErrors).toEqual({ "layout.title.zh": ["本省已有同名的表样"] });
  });
});
