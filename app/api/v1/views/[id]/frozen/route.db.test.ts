import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { PATCH as change, DELETE as remove } from "@/app/api/v1/views/[id]/route";
import { POST as create } from "@/app/api/v1/views/route";
import { GET as changes } from "@/app/api/v1/changes/route";
import { GET as figures } from "@/app/api/v1/figures/route";
import { verifySubjects } from "@/prisma/verify/subjects";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { approvedRecord, as, sampleFields } from "@/testing/records";
import { POST as freeze } from "../freeze/route";
import { GET as one } from "./[no]/route";
import { GET as list } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;
let stranger: TestPerson;
let elsewhere: TestPerson;
let prefecture: TestPerson;
let province: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  stranger = await actors.clerk("632222");
  elsewhere = await actors.reviewer("632200");
  prefecture = await actors.reviewer("630100");
  province = await actors.province();
  await approvedRecord(clerk, reviewer, { paidOn: "2026-08-01" });
  await approvedRecord(stranger, elsewhere, { paidOn: "2026-08-02", amountFen: "7000000", shares: [{ fundSource: "county-union", amountFen: "7000000" }] }); // prettier-ignore
}, 120_000);

const write = (handler: RouteHandler, method: string, person: TestPerson, over: object) =>
  call(handler, person, {
    method,
    headers: { "Idempotency-Key": crypto.randomUUID(), "sec-fetch-site": "same-origin" },
    ...over,
  });

let names = 0;
async function view(person: TestPerson, over: object = {}): Promise<string> {
  const body = { page: "dashboard", name: `数 ${++names}`, query: "year=2026", ...over };
  const answer = await write(create, "POST", person, { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return String(answer.body["id"]);
}
const frozen = (person: TestPerson, id: string, version = 1) =>
  write(freeze, "POST", person, { params: { id }, body: { version } });
const shown = (person: TestPerson, id: string, no = 1) =>
  call(one, person, { params: { id, no: String(no) } });

type Sums = { amountFen: string; records: number };
type Axis = { axis: string; rows: { code: string; then: Sums | null; now: Sums | null }[] };
const sumsIn = (body: unknown) =>
  body as { then: Sums; now: Sums; axes: Axis[]; check: string | null; seq: number } & {
    shown: { code: string } | null;
    changes: { sum: Sums; counts: Record<string, number> };
  };

/** Corrects a record to another amount; both halves are approved. */
async function corrected(id: string, to: string) {
  const original = await as(clerk).get(id);
  const { adjustments } = await as(clerk).adjust(original, {
    ...sampleFields,
    amountFen: to,
    shares: [{ fundSource: "county-union", amountFen: to }],
  });
  const replacement = await as(clerk).get(adjustments[0]?.replacementId ?? "");
  await as(reviewer).approve(await as(clerk).submit(replacement));
}

describe("a frozen view", () => {
  test("keeps what its figures were, and says what moved them since, to the fen and for each reader", async () => {
    const id = await view(province, { sharedWith: "630000" });
    const before = await approvedRecord(clerk, reviewer);
    const stamp = await frozen(province, id);
    expect(stamp.status, JSON.stringify(stamp.body)).toBe(201);
    expect(stamp.body).toMatchObject({ no: 1, place: { code: "630000" }, definition: 1 });
    const whole = sumsIn((await shown(province, id)).body);
    expect(whole).toMatchObject({ check: "holds", now: whole.then, shown: { code: "630000" } });

    await approvedRecord(clerk, reviewer, { paidOn: "2026-09-01" });
    await corrected(before.id, "15000000");
    await approvedRecord(stranger, elsewhere, { paidOn: "2026-09-02" });

    const later = sumsIn((await shown(province, id)).body);
    expect(later.then).toEqual(whole.then);
    expect(later.check).toBe("holds");
    expect(later.changes.counts).toMatchObject({ approved: 2, corrected: 1 });
    const fen = BigInt(sampleFields.amountFen);
    const moved = 2n * fen + (15_000_000n - fen);
    expect(later.changes.sum.amountFen).toBe(String(moved));
    expect(BigInt(later.now.amountFen) - BigInt(later.then.amountFen)).toBe(moved);
    for (const { rows } of later.axes) {
      const sum = (side: "then" | "now") =>
        rows.reduce((all, row) => all + BigInt(row[side]?.amountFen ?? 0), 0n);
      expect([sum("then"), sum("now")]).toEqual([
        BigInt(later.then.amountFen),
        BigInt(later.now.amountFen),
      ]);
    }

    // a county sees its own part, of the same position, and never what was kept of the province
    const own = await shown(clerk, id);
    const part = sumsIn(own.body);
    expect(part).toMatchObject({ shown: { code: "630123" }, check: null, seq: later.seq });
    expect(own.body["sha256"]).toBeNull();
    const asked = await call(figures, clerk, {
      path: `/api/v1/figures?year=2026&seq=${part.seq}`,
    });
    expect(part.then).toMatchObject(asked.body["totals"] as object);
    expect(part.changes.counts).toMatchObject({ approved: 1, corrected: 1 });
    const listed = await call(changes, clerk, {
      path: `/api/v1/changes?year=2026&org=630123&since=${part.seq}`,
    });
    expect(listed.body["sum"]).toEqual(part.changes.sum);
    expect(JSON.stringify(own.body)).not.toContain(whole.then.amountFen);
    expect(JSON.stringify(own.body)).not.toContain("632222");
    expect(JSON.stringify(own.body)).not.toContain(String(stamp.body["sha256"]));
  });

  test("is of nothing for whoever reads none of its place, and not there for whom it is not shared with", async () => {
    const id = await view(province, { sharedWith: "630000", query: "year=2026&org=632200" });
    await frozen(province, id);
    const { status, body } = await shown(clerk, id);
    expect([status, body["shown"], body["then"], body["axes"], body["changes"]]).toEqual([
      200,
      null,
      null,
      [],
      null,
    ]);
    const kept = await view(prefecture);
    await frozen(prefecture, kept);
    for (const person of [clerk, province, stranger]) {
      expect((await shown(person, kept)).status).toBe(404);
      expect((await call(list, person, { params: { id: kept } })).status).toBe(404);
      expect((await frozen(person, kept)).status).toBe(404);
    }
  });

  test("frozen again has one more version, each with its own conditions; the older ones stay", async () => {
    const id = await view(prefecture, { page: "cross", query: "year=2026&rows=month" });
    expect((await frozen(prefecture, id)).body["no"]).toBe(1);
    const first = (await shown(prefecture, id)).body;
    expect((first["axes"] as Axis[]).map(({ axis }) => axis)).toEqual(["month", "programme"]);
    await write(change, "PATCH", prefecture, {
      params: { id },
      body: { version: 1, query: "year=2026&rows=fundSource" },
    });
    expect((await frozen(prefecture, id)).status).toBe(409);
    expect((await frozen(prefecture, id, 2)).body["no"]).toBe(2);
    const { body } = await call(list, prefecture, { params: { id } });
    const items = body["items"] as { no: number; query: string }[];
    expect(items.map(({ no, query }) => [no, query])).toEqual([
      [2, "year=2026&org=630100&rows=fundSource"],
      [1, "year=2026&org=630100&rows=month"],
    ]);
    expect((await shown(prefecture, id)).body["query"]).toBe(first["query"]);
    expect((await shown(prefecture, id, 3)).status).toBe(404);
  });

  test("goes with its view", async () => {
    const id = await view(prefecture);
    await frozen(prefecture, id);
    await write(remove, "DELETE", prefecture, { params: { id } });
    expect((await shown(prefecture, id)).status).toBe(404);
  });

  test("is of figures alone", async () => {
    const id = await view(clerk, { page: "ledger" });
    expect((await frozen(clerk, id)).body.error?.fieldErrors).toEqual({
      id: ["台账的视图只存条件，没有数字可冻结"],
    });
    const drafts = await view(clerk, { page: "cross", query: "year=2026&status=draft" });
    expect((await frozen(clerk, drafts)).status).toBe(400);
  });

  test("has a digest of exactly what is kept; what a hand changed later is told", async () => {
    const id = await view(prefecture);
    const { body } = await frozen(prefecture, id);
    const { rows } = await actors.owner.query<{ id: string; payload: string }>(
      `SELECT f.id::text, x.payload FROM frozen_figures x JOIN frozen_views f ON f.id = x.frozen_id WHERE f.view_id = $1`,
      [id],
    );
    const payload = rows[0]?.payload ?? "";
    expect(createHash("sha256").update(payload).digest("hex")).toBe(body["sha256"]);
    expect(await verifySubjects(actors.owner)).toEqual([]);
    const forged = payload.replace(/"records":(\d+)/, '"records":9$1');
    await actors.owner.query("ALTER TABLE frozen_figures DISABLE TRIGGER append_only");
    await actors.owner.query(
      "UPDATE frozen_figures SET payload = $2, sha256 = encode(sha256(convert_to($2, 'UTF8')), 'hex') WHERE frozen_id = $1",
      [rows[0]?.id, forged],
    );
    await actors.owner.query("ALTER TABLE frozen_figures ENABLE TRIGGER append_only");
    expect((await shown(prefecture, id)).body["check"]).toBe("otherwise");
    expect(await verifySubjects(actors.owner)).toHaveLength(1);
  });
});
