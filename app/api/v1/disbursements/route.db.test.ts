import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { GET as explain } from "@/app/api/v1/figures/explain/route";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { POST as approve } from "@/app/api/v1/disbursements/[id]/approve/route";
import { GET as get, PATCH as update } from "@/app/api/v1/disbursements/[id]/route";
import { POST as submit } from "@/app/api/v1/disbursements/[id]/submit/route";
import { GET as list, POST as create } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

/** The example of the API's own description. */
const EXAMPLE = {
  organisation: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  paidOn: "2026-08-28",
  amountFen: "15390000",
  counts: { households: 21 },
  shares: [
    { fundSource: "provincial-treasury", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
};

const write = (
  handler: RouteHandler,
  person: TestPerson,
  body: unknown,
  id?: string,
  key?: string,
) =>
  call(handler, person, {
    method: handler === update ? "PATCH" : "POST",
    body,
    ...(id ? { params: { id } } : {}),
    headers: { "Idempotency-Key": key ?? crypto.randomUUID(), "sec-fetch-site": "same-origin" },
  });
const read = (handler: RouteHandler, person: TestPerson, query = "", params = {}) =>
  call(handler, person, { path: `/api/v1/x${query}`, params });

test("from draft to figure through the door, as the API describes it", async () => {
  const key = crypto.randomUUID();
  const made = await write(create, clerk, EXAMPLE, undefined, key);
  expect([made.status, made.body["status"]]).toEqual([201, "draft"]);
  const id = String(made.body["id"]);
  const again = await write(create, clerk, EXAMPLE, undefined, key);
  expect(again.body["id"]).toBe(id);
  const sent = await write(submit, clerk, { version: 1 }, id);
  expect([sent.status, sent.body["status"]]).toEqual([200, "submitted"]);
  const done = await write(approve, reviewer, { version: 2 }, id);
  expect([done.status, done.body["status"]]).toEqual([200, "approved"]);
  const ledger = await read(list, clerk, "?year=2026&programme=golden-autumn&limit=5");
  expect(ledger.body["totals"]).toMatchObject({ amountFen: "15390000", records: 1 });
  const cell = await read(explain, clerk, "?year=2026&month=8&fundSource=county-union");
  expect(cell.body["items"]).toMatchObject([{ id, countedFen: "5390000" }]);
});

test("every refusal names the field and what to do, in the reader's language", async () => {
  const bad = await write(create, clerk, { ...EXAMPLE, organisation: "630104", amountFen: "1" });
  expect([bad.status, bad.body.error?.fieldErrors]).toEqual([
    404,
    { organisation: ["没有“630104”这个代码"] },
  ]);
  const made = await write(create, clerk, { ...EXAMPLE, amountFen: "15390001" });
  const stopped = await write(submit, clerk, { version: 1 }, String(made.body["id"]));
  expect(stopped.status).toBe(422);
  expect(stopped.body.error).toMatchObject({
    code: "FINDINGS",
    fieldErrors: {
      shares: ["各资金来源之和不等于金额。来源合计 153,900.00 元 − 金额 153,900.01 元 = -0.01 元"],
    },
  });
});

test.each<[string, object]>([
  ["provenance", { origin: "published", sourceRef: "X" }],
  ["a status", { status: "approved" }],
  ["somebody else's name", { createdBy: "x" }],
  ["an operator", { organisation: { not: "630123" } }],
  ["a float", { amountFen: 1.5 }],
  ["a negative amount", { amountFen: "-1" }],
  ["an amount beyond all measure", { amountFen: "9".repeat(18) }],
  ["a day that never was", { paidOn: "2026-02-30" }],
  ["half a count", { counts: { persons: 0.5 } }],
])("a body may not carry %s", async (_, extra) => {
  expect((await write(create, clerk, { ...EXAMPLE, ...extra })).status).toBe(400);
});

test.each(["0", "-1", "x", "1; DROP TABLE users", "99999999999999999999"])(
  "a number that is none is refused: %s",
  async (id) => {
    const { status } = await read(get, clerk, "", { id });
    expect([400, 404]).toContain(status);
    expect((await write(update, clerk, { version: 1 }, id)).status).toBe(status);
  },
);

test.each([
  "?cursor=abc",
  "?limit=0",
  "?limit=201",
  "?month=13",
  "?year=x",
  "?status=gone",
  "?colour=red",
  "?fundSource=none",
])(
  // prettier-ignore
  "a question that means nothing is refused: %s",
  async (query) => {
    expect((await read(list, clerk, query)).status).toBe(400);
    if (!query.includes("cursor")) expect((await read(explain, clerk, query)).status).toBe(400);
  },
);

test.each([
  [
    "zh-CN",
    {
      form: ["“金秋助学”一般不采用实物。形式不在该项目的允许范围内", "上报时须对此作出说明"],
      paidOn: ["“金秋助学”通常不在这个月发放。发放在 3 月；通常为 8、9 月", "上报时须对此作出说明"],
      rate: ["计算式与金额不符。6.00 元 × 21 户 × 1 次 = 126.00 元 ≠ 金额 153,900.00 元"],
    },
  ],
  [
    "en",
    {
      form: [
        expect.stringMatching(/^Golden Autumn .*is not usually given as Goods: the form /),
        expect.any(String),
      ],
      paidOn: [expect.stringMatching(/^Golden Autumn /), expect.any(String)],
      rate: [expect.stringContaining("6.00 yuan × 21 households × 1 times = 126.00 yuan")],
    },
  ],
])("a refused submission is told in names and units: %s", async (locale, expected) => {
  const rate = { unitFen: "600", count: 21, times: 1 };
  const odd = { ...EXAMPLE, form: "goods", paidOn: "2026-03-05", rate };
  const { body } = await write(create, clerk, odd);
  const refused = await call(submit, clerk, {
    ...{ method: "POST", body: { version: 1 }, params: { id: String(body["id"]) } },
    headers: {
      "Idempotency-Key": crypto.randomUUID(),
      "sec-fetch-site": "same-origin",
      "accept-language": locale,
    },
  });
  expect(refused.body.error?.fieldErrors).toMatchObject(expected);
});

test("a create and a submit make six trips to the database, an approval five, from the door to the commit", async () => {
  const query = vi.spyOn(pg.Client.prototype, "query");
  const trips = async (work: () => ReturnType<typeof write>) => {
    query.mockClear();
    const answer = await work();
    expect(answer.status).toBeLessThan(300);
    return [query.mock.calls.length, answer.body] as const;
  };
  const [creating, made] = await trips(() => write(create, clerk, { ...EXAMPLE, amountFen: "777", shares: [{ fundSource: "county-union", amountFen: "777" }] })); // prettier-ignore
  const id = String(made["id"]);
  const [submitting, sent] = await trips(() => write(submit, clerk, { version: 1 }, id));
  const version = sent["version"];
  const [approving] = await trips(() => write(approve, reviewer, { version }, id));
  query.mockRestore();
  expect({ creating, submitting, approving }).toEqual({ creating: 6, submitting: 6, approving: 5 });
});
