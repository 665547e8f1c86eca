import { beforeAll, describe, expect, it } from "vitest";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { FUND_SOURCES } from "@/prisma/seed/data/axes";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice, type Dice } from "@/testing/office";
import type { ChangeLine } from "./schema";
import type { ChangesFilter } from "./types";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { queryBalance, queryFigures } = await import("@/lib/features/figures/queries");
const { createAllotment, voidAllotment } = await import("@/lib/features/allotments/commands");
const { approvedRecord, as, sampleFields } = await import("@/testing/records");
const { listChanges } = await import("./queries");
const { minus, nothing, plus, sumsOf } = await import("./rules");
const actors = testActors(database);

let province: TestPerson;
let clerk: TestPerson;
let reviewer: TestPerson;
beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

type Asked = { since: string; until?: string; cursor?: string; limit?: number };
const changes = (filter: ChangesFilter, asked: Asked, person = province) =>
  readAs(person.session, ({ db, scope }) => listChanges({ db, scope, filter, ...asked }));
const figure = async (filter: ChangesFilter, seq?: number) =>
  sumsOf(
    await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { ...filter, seq }, groupBy: [] }),
    ),
  );
const head = async () =>
  (
    await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: {}, groupBy: [] }),
    )
  ).seq;

/** Every line, page by page. */
async function everyLine(filter: ChangesFilter, asked: Asked): Promise<ChangeLine[]> {
  const lines: ChangeLine[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await changes(filter, { ...asked, limit: 40, ...(cursor && { cursor }) });
    lines.push(...page.lines);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}
const ofFigure = ({ kind }: ChangeLine) => kind === "approved" || kind === "corrected";
const sumOf = (lines: ChangeLine[]) => lines.reduce((sum, line) => plus(sum, line.sum), nothing());

const SOURCES = FUND_SOURCES.map(([code]) => code);
function randomFilter(roll: Dice): ChangesFilter {
  const maybe = <T>(value: T) => (roll.below(5) === 0 ? value : undefined);
  return {
    year: maybe(roll.pick([2024, 2025, 2026])),
    month: maybe(roll.below(13)),
    organisation: maybe("630123"),
    prefecture: maybe("630100"),
    programme: maybe(roll.pick([["cool-summer"], ["golden-autumn", "mutual-medical-aid"]])),
    fundSource: roll.below(2) === 0 ? SOURCES.filter(() => roll.below(3) === 0) : undefined,
    amountKind: maybe(["exact", "unvalued"] as const) as ChangesFilter["amountKind"],
    amountTo: maybe("9000000"),
  };
}

describe("between any two positions, while others write", () => {
  let last = 0;
  beforeAll(async () => {
    const hands = await actors.clerk("630000");
    const places = [["630123"], ["630123"], ["630000", "630100", "630104"]];
    const offices = await Promise.all(
      places.map((organisations) =>
        openOffice(database, { clerk: hands, reviewer: province, organisations }),
      ),
    );
    await Promise.all(offices.map((office, n) => office.deeds(200, dice(77 + n))));
    last = await head();
    void Promise.all(offices.map((office, n) => office.deeds(60, dice(7 + n)))).then(() =>
      Promise.all(offices.map((office) => office.close())),
    );
  }, 240_000);

  it("the lines add up to the difference of the figures, in every measure", async () => {
    const roll = dice(31);
    let corrected = 0;
    for (let n = 0; n < 80; n += 1) {
      const filter = randomFilter(roll);
      const [a, b] = [roll.below(last + 1), roll.below(last + 1)].sort((x, y) => x - y);
      const asked = { since: String(a), until: String(b) };
      const answer = await changes(filter, asked);
      const name = JSON.stringify({ filter, asked });
      const [before, after] = [
        await figure(filter, answer.since.seq),
        await figure(filter, answer.until.seq),
      ];
      expect({ before: answer.before, after: answer.after }, name).toEqual({ before, after });
      expect(answer.sum, name).toEqual(minus(after, before));
      const lines = await everyLine(filter, asked);
      expect(sumOf(lines.filter(ofFigure)), name).toEqual(answer.sum);
      expect(lines.filter(({ kind }) => kind === "approved").length).toBe(answer.counts.approved);
      expect(lines.filter(({ kind }) => kind === "corrected").length).toBe(answer.counts.corrected);
      expect(new Set(lines.map(({ seq }) => seq)).size).toBe(lines.length);
      corrected += answer.counts.corrected;
    }
    expect(corrected).toBeGreaterThan(0);
  }, 240_000);

  it("shows nothing where figure and records disagree", async () => {
    const asked = { since: "0", until: String(last) };
    await expect(changes({ year: 2026 }, asked)).resolves.toMatchObject({ definition: 1 });
    const { rows } = await actors.owner.query<{ id: number }>(
      `UPDATE figure_deltas SET amount_fen = amount_fen + 1 WHERE id = (SELECT max(id) FROM figure_deltas
         WHERE fiscal_year = 2026 AND fund_source_id = 0 AND status = 'APPROVED') RETURNING id`,
    );
    expect(rows).toHaveLength(1);
    await expect(changes({ year: 2026 }, asked)).rejects.toMatchObject({ code: "INTERNAL" });
    await actors.owner.query("SELECT guard.rebuild_figures()");
  });
});

describe("what moved a figure", () => {
  const paid = (amountFen: string | null) => ({
    ...sampleFields,
    amountFen,
    amountKind: amountFen === null ? ("unvalued" as const) : ("exact" as const),
    shares: [{ fundSource: "county-union", amountFen }],
  });
  const pay = (amountFen: string | null) => approvedRecord(clerk, reviewer, paid(amountFen));
  const correct = async (
    { id }: { id: string },
    replacement: Partial<DisbursementFields> | null,
    amountFen = "700000",
  ) => {
    const fields = replacement && { ...paid(amountFen), ...replacement };
    const { adjustments } = await as(clerk).adjust(await as(clerk).get(id), fields);
    const reversal = await as(clerk).get(adjustments[0]?.reversalId ?? "");
    await as(reviewer).approve(await as(clerk).submit(reversal));
  };
  const since = async () => String(await head());

  it("a payment and its correction: two lines, each with its vouchers, who and when", async () => {
    const start = await since();
    const record = await pay("10000000");
    const middle = await since();
    await correct(record, {}, "9000000");
    const whole = await changes({ year: 2026 }, { since: start });
    expect(whole.counts).toEqual({ approved: 1, corrected: 1, received: 0, takenBack: 0 });
    expect(whole.sum).toMatchObject({ amountFen: "9000000", records: 1 });
    const [correction, payment] = whole.lines;
    expect(correction).toMatchObject({ kind: "corrected", sum: { amountFen: "-1000000", records: 0, households: 0 } }); // prettier-ignore
    expect(correction?.legs.map((leg) => [leg.entryKind, leg.amountFen, leg.inside])).toEqual([
      ["reversal", "-10000000", true],
      ["replacement", "9000000", true],
    ]);
    expect(payment).toMatchObject({
      kind: "approved",
      organisation: "630123",
      programme: "golden-autumn",
      legs: [{ id: record.id, inside: true }],
      sum: { amountFen: "10000000", records: 1, households: 21 },
      by: { nameZh: expect.stringMatching(/^测试/) as string },
    });
    const later = await changes({ year: 2026 }, { since: middle });
    expect(later.lines.map(({ kind }) => kind)).toEqual(["corrected"]);
  });

  it("approved and taken out again between two stamps is told, and moves nothing", async () => {
    const start = await since();
    const record = await pay("5000000");
    await correct(record, null);
    const { sum, counts, lines } = await changes({ year: 2026 }, { since: start });
    expect(sum).toEqual({ ...nothing(), reversals: 1 });
    expect(counts).toMatchObject({ approved: 1, corrected: 1 });
    expect(lines).toHaveLength(2);
  });

  it("a correction into another programme names the leg that lies there", async () => {
    const record = await pay("700000");
    const start = await since();
    await correct(record, { programme: "cool-summer" });
    const from = await changes({ programme: ["golden-autumn"] }, { since: start });
    expect(from.sum).toMatchObject({ amountFen: "-700000", records: -1 });
    expect(from.lines[0]?.legs.map((leg) => [leg.programme, leg.inside])).toEqual([
      ["golden-autumn", true],
      ["cool-summer", false],
    ]);
    const both = await changes({ programme: ["golden-autumn", "cool-summer"] }, { since: start });
    expect(both.lines).toHaveLength(1);
    expect(both.sum).toMatchObject({ amountFen: "0", records: 0 });
    const into = await changes({ programme: ["cool-summer"] }, { since: start });
    expect(into.lines[0]).toMatchObject({ kind: "corrected", sum: { amountFen: "700000" } });
  });

  it("what had no price gets one: more money, no more records, one unpriced less", async () => {
    const record = await pay(null);
    const start = await since();
    await correct(record, {}, "1200000");
    const { sum } = await changes({ year: 2026 }, { since: start });
    expect(sum).toMatchObject({ amountFen: "1200000", records: 0, unvalued: -1 });
  });

  it("money received and taken back stands beside it, and moves no spending", async () => {
    const start = await since();
    const input = {
      organisation: "630123",
      fiscalYear: 2026,
      fundSource: "county-union",
      amountKind: "exact" as const,
      amountFen: "203907000",
    };
    const made = await as(province).write((c) => createAllotment({ ...c, input }));
    const middle = await since();
    const balance = await readAs(province.session, ({ db, scope }) =>
      queryBalance({ db, scope, filter: { year: 2026 }, groupBy: "organisation" }),
    );
    await as(province).write((c) =>
      voidAllotment({ ...c, id: made.id, input: { version: made.version, reason: "重复登记" } }),
    );
    const first = await changes({ year: 2026 }, { since: start, until: middle });
    expect(first.sum).toEqual(nothing());
    expect(first.received).toMatchObject({ afterFen: balance.totals.receivedFen, sumFen: "203907000" }); // prettier-ignore
    const whole = await changes({ year: 2026 }, { since: start });
    expect(whole.lines.map(({ kind, sum }) => [kind, sum.amountFen])).toEqual([
      ["takenBack", "-203907000"],
      ["received", "203907000"],
    ]);
    expect(whole.received).toMatchObject({ sumFen: "0" });
    expect((await changes({ programme: ["cool-summer"] }, { since: start })).received).toBeNull();
  });

  it("is nobody's who may not read it, and has an order", async () => {
    const now = await since();
    await expect(changes({ organisation: "630104" }, { since: "0" }, clerk)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const mine = await changes({}, { since: "0" }, clerk);
    expect(new Set(mine.lines.map(({ organisation }) => organisation))).toEqual(
      new Set(["630123"]),
    );
    await expect(changes({}, { since: now, until: "1" })).rejects.toMatchObject({
      fieldErrors: { since: [{ key: "sinceAfterUntil" }] },
    });
    await expect(changes({}, { since: "99999999" })).rejects.toMatchObject({
      fieldErrors: { since: [{ key: "notYet" }] },
    });
  });
});
