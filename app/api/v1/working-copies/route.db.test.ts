import { beforeAll, describe, expect, test } from "vitest";
import { POST as adjust } from "@/app/api/v1/disbursements/[id]/adjust/route";
import { POST as submit } from "@/app/api/v1/disbursements/[id]/submit/route";
import { PATCH as update } from "@/app/api/v1/disbursements/[id]/route";
import { POST as create } from "@/app/api/v1/disbursements/route";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { ALL_ANSWERED, as, sampleFields } from "@/testing/records";
import { DELETE as discard, GET as get, PUT as save } from "./[id]/route";
import { GET as list } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let colleague: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  colleague = await actors.clerk("630123");
});

const typed = (over: Record<string, unknown> = {}) => ({
  version: 0,
  kind: "disbursement",
  title: "金秋助学",
  subject: null,
  baseVersion: null,
  edits: 1,
  body: { amount: "约30", paidOn: "8月" },
  ...over,
});

const ask = (handler: RouteHandler, person: TestPerson, id: string, body?: unknown) =>
  call(handler, person, {
    method: handler === save ? "PUT" : handler === discard ? "DELETE" : "GET",
    params: { id },
    headers: { "sec-fetch-site": "same-origin" },
    ...(body === undefined ? {} : { body }),
  });
const write = (handler: RouteHandler, person: TestPerson, body: unknown, id?: string) =>
  call(handler, person, {
    method: handler === update ? "PATCH" : "POST",
    body,
    ...(id ? { params: { id } } : {}),
    headers: { "Idempotency-Key": crypto.randomUUID(), "sec-fetch-site": "same-origin" },
  });
const listed = async (person: TestPerson) => {
  const { body } = await call(list, person, { path: "/api/v1/working-copies" });
  return (body["items"] as { id: string }[]).map(({ id }) => id);
};
async function begun(person: TestPerson, over: Record<string, unknown> = {}): Promise<string> {
  const id = crypto.randomUUID();
  expect((await ask(save, person, id, typed(over))).status).toBe(200);
  return id;
}

describe("what is being typed", () => {
  test("is kept as text, listed and found again, the latest first", async () => {
    const first = await begun(clerk);
    const second = await begun(clerk, { title: "第二份" });
    expect((await listed(clerk)).slice(0, 2)).toEqual([second, first]);
    const changed = typed({ version: 1, edits: 4, body: { amount: "约30万", note: "　" } });
    expect((await ask(save, clerk, first, changed)).body).toMatchObject({ version: 2, edits: 4 });
    expect((await listed(clerk))[0]).toBe(first);
    const { body } = await ask(get, clerk, first);
    expect(body).toMatchObject({ version: 2, body: { amount: "约30万", note: "　" } });
  });

  test("is nobody else's to list, read, change or discard", async () => {
    const id = await begun(clerk);
    expect(await listed(colleague)).not.toContain(id);
    expect((await ask(get, colleague, id)).status).toBe(404);
    expect((await ask(save, colleague, id, typed())).status).toBe(409);
    expect((await ask(save, colleague, id, typed({ version: 1 }))).status).toBe(409);
    expect((await ask(discard, colleague, id)).status).toBe(404);
    expect((await ask(get, clerk, id)).body).toMatchObject({ version: 1 });
  });

  test("in two windows is refused to the second, and the first's stands", async () => {
    const id = await begun(clerk);
    const [one, other] = [typed({ version: 1, title: "甲" }), typed({ version: 1, title: "乙" })];
    const answers = await Promise.all([ask(save, clerk, id, one), ask(save, clerk, id, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body["title"];
    expect((await ask(get, clerk, id)).body).toMatchObject({ title: won, version: 2 });
  });

  test("is discarded once", async () => {
    const id = await begun(clerk);
    expect((await ask(discard, clerk, id)).status).toBe(200);
    expect((await ask(discard, clerk, id)).status).toBe(404);
    expect((await ask(save, clerk, id, typed({ version: 1 }))).status).toBe(409);
  });

  test("of a record out of reach is refused", async () => {
    const stranger = await actors.clerk("630222");
    const record = await as(clerk).create();
    const of = typed({ subject: record.id, baseVersion: 1 });
    expect((await ask(save, stranger, crypto.randomUUID(), of)).status).toBe(404);
    expect((await ask(save, clerk, crypto.randomUUID(), of)).status).toBe(200);
    const half = typed({ subject: record.id });
    expect((await ask(save, clerk, crypto.randomUUID(), half)).status).toBe(400);
  });

  test("stops at a hundred, in words", async () => {
    const person = await actors.clerk("630123");
    await actors.owner.query(
      `INSERT INTO working_copies (id, owner_id, kind, edits, body)
       SELECT gen_random_uuid(), $1, 'DISBURSEMENT', 1, '{}' FROM generate_series(1, 100)`,
      [person.userId],
    );
    const refused = await ask(save, person, crypto.randomUUID(), typed());
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      409,
      expect.stringContaining("100"),
    ]);
  });
});

describe("a working copy ends with what takes it", () => {
  const fields = { ...sampleFields, organisation: "630123" };

  test("a draft saved, a draft changed, a submission", async () => {
    const ids = [await begun(clerk), await begun(clerk), await begun(clerk)];
    const made = await write(create, clerk, { ...fields, workingCopy: ids[0] });
    const id = String(made.body["id"]);
    expect([made.status, (await ask(get, clerk, ids[0] ?? "")).status]).toEqual([201, 404]);
    const changed = await write(update, clerk, { version: 1, note: "改", workingCopy: ids[1] }, id);
    expect([changed.status, (await ask(get, clerk, ids[1] ?? "")).status]).toEqual([200, 404]);
    const sent = await write(
      submit,
      clerk,
      { version: 2, answers: ALL_ANSWERED, workingCopy: ids[2] },
      id,
    );
    expect([sent.status, (await ask(get, clerk, ids[2] ?? "")).status]).toEqual([200, 404]);
  });

  test("a correction", async () => {
    const reviewer = await actors.reviewer("630100");
    const original = await as(reviewer).approve(await as(clerk).submit(await as(clerk).create()));
    const of = { kind: "correction", subject: original.id, baseVersion: original.version };
    const nowhere = typed({ kind: "correction" });
    expect((await ask(save, clerk, crypto.randomUUID(), nowhere)).status).toBe(400);
    const copy = await begun(clerk, of);
    const wrong = { version: 99, reason: "amount-wrong", words: "多发", replacement: null };
    const body = { ...wrong, workingCopy: copy };
    expect((await write(adjust, clerk, body, original.id)).status).toBe(409);
    expect((await ask(get, clerk, copy)).status).toBe(200);
    const made = await write(adjust, clerk, { ...body, version: original.version }, original.id);
    expect([made.status, (await ask(get, clerk, copy)).status]).toEqual([200, 404]);
  });

  test("what is refused ends nothing, and nobody ends another's", async () => {
    const own = await begun(clerk);
    const bad = { ...fields, programme: "no-such-programme", workingCopy: own };
    expect((await write(create, clerk, bad)).status).toBe(400);
    expect((await write(create, colleague, { ...fields, workingCopy: own })).status).toBe(201);
    expect((await ask(get, clerk, own)).status).toBe(200);
  });
});
