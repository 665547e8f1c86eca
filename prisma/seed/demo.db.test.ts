import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getCalendar } from "@/lib/features/calendar/queries";
import { queryFigures } from "@/lib/features/figures/queries";
import { layoutTable } from "@/lib/features/layouts/present";
import { getLayoutView } from "@/lib/features/layouts/queries";
import { SHIPPED_IDS } from "@/lib/features/layouts/types";
import { cardSayings } from "@/lib/platform/card-words";
import { readAs } from "@/lib/platform/db";
import { testDatabase } from "@/testing/database";
import { as } from "@/testing/records";
import { seedDemo, DEMO_SEED, type DemoCounts } from "./demo";
import { demoPlan } from "@/prisma/seed/demo/plan";
import { sentenceOf } from "@/prisma/verify/faults";
import { verify } from "@/prisma/verify/verify";
import { seedReference } from "./reference";
import { endSessions, openSession } from "./session";

const database = await testDatabase();
const owner = new pg.Client({ connectionString: database.ownerUrl });
let counts: DemoCounts;

async function rows(text: string): Promise<Record<string, unknown>[]> {
  return (await owner.query<Record<string, unknown>>(text)).rows;
}

beforeAll(async () => {
  await owner.connect();
  await seedReference(owner);
  await owner.query("BEGIN");
  counts = await seedDemo(owner);
  await owner.query("COMMIT");
}, 600_000);
afterAll(() => owner.end());

test("about six thousand records, none in 2024, all labelled as demo", async () => {
  expect(counts.records).toBeGreaterThan(5_500);
  expect(counts.records).toBeLessThan(7_500);
  expect(
    await rows("SELECT DISTINCT fiscal_year AS year, origin FROM disbursements ORDER BY 1"),
  ).toEqual([2023, 2025, 2026].map((year) => ({ year, origin: "DEMO" })));
  expect(await rows("SELECT DISTINCT origin FROM allotments")).toEqual([{ origin: "DEMO" }]);
});

test("every county-level union has records in every demo year", async () => {
  const perCounty = await rows(
    `SELECT o.code, count(DISTINCT d.fiscal_year)::int AS years
     FROM organisations o LEFT JOIN disbursements d ON d.organisation_id = o.id
     WHERE o.kind = 'COUNTY' GROUP BY o.code`,
  );
  expect(perCounty).toHaveLength(45);
  expect(perCounty.filter((row) => row["years"] !== 3)).toEqual([]);
});

test("the same seed gives the same records, another seed others", () => {
  const text = (seed: number) =>
    JSON.stringify(demoPlan(seed), (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
  const first = text(DEMO_SEED);
  expect(text(DEMO_SEED)).toBe(first);
  expect(text(DEMO_SEED + 1)).not.toBe(first);
}, 120_000);

test("what waits for those who sign in: drafts, returned ones, queues", async () => {
  const waiting = await rows(
    `SELECT o.code, count(*) FILTER (WHERE d.status = 'DRAFT')::int AS draft,
       count(*) FILTER (WHERE d.status = 'RETURNED')::int AS returned
     FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
     WHERE o.code IN ('630123', '630104', '632222') GROUP BY o.code ORDER BY o.code`,
  );
  expect(waiting).toEqual([
    { code: "630104", draft: 2, returned: 1 },
    { code: "630123", draft: 3, returned: 2 },
    { code: "632222", draft: 2, returned: 1 },
  ]);
  const [queues] = await rows(
    `SELECT count(*) FILTER (WHERE o.code LIKE '6301%' AND d.approvals_given = 0)::int AS xining,
       count(*) FILTER (WHERE o.code LIKE '6322%' AND d.approvals_given = 0)::int AS haibei,
       count(*) FILTER (WHERE d.approvals_given = 1)::int AS second
     FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
     WHERE d.status = 'SUBMITTED' AND d.entry_kind <> 'REVERSAL'`,
  );
  expect(queues?.["xining"]).toBeGreaterThanOrEqual(12);
  expect(queues?.["haibei"]).toBeGreaterThanOrEqual(5);
  expect(queues?.["second"]).toBeGreaterThanOrEqual(3);
});

test("the calendar has what is done, late, due and declared nil", async () => {
  const userId = String(
    (await rows("SELECT id FROM users WHERE username = 'province'"))[0]?.["id"],
  );
  const session = await openSession(owner, userId);
  const province = as({
    userId,
    username: "province",
    role: "PROVINCE",
    organisation: "630000",
    session,
  });
  const { items } = await province.read((c) => getCalendar({ ...c, query: { year: 2026 } }));
  await endSessions(owner, [userId]);
  const states = new Set(items.map(({ state }) => state));
  for (const state of ["done", "late", "due", "nil", "ahead"]) expect(states).toContain(state);
  const done = items.filter(({ state }) => state === "done");
  expect(done.filter(({ daysLate }) => daysLate === null).length).toBeGreaterThan(done.length / 2);
});

test("each report form adds up to the figures of each year", async () => {
  const userId = String(
    (await rows("SELECT id FROM users WHERE username = 'province'"))[0]?.["id"],
  );
  const session = await openSession(owner, userId);
  const found = await readAs(session, async ({ db, scope, actor }) => {
    const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
    const asking = { db, scope, actor, locale: "zh-CN" as const, today: "2026-11-26" as const };
    const sums: { form: string; sum: bigint; figure: bigint; failed: string[] }[] = [];
    for (const year of [2023, 2025, 2026])
      for (const id of SHIPPED_IDS) {
        const view = await getLayoutView({ ...asking, id, query: { year } });
        if (view.laid === null) throw new Error(`${id} was refused`);
        const { paper } = layoutTable({ view, laid: view.laid, words });
        const cell = paper.rows[0]?.cells[0];
        const { totals } = await queryFigures({ db, scope, filter: view.filter, groupBy: [] });
        sums.push({
          form: `${id} ${year}`,
          sum: cell?.kind === "money" ? BigInt(cell.fen) : 0n,
          figure: BigInt(totals.amountFen),
          failed: paper.checks.filter(({ holds }) => !holds).map(({ text }) => text),
        });
      }
    return sums;
  });
  await endSessions(owner, [userId]);
  expect(found).toHaveLength(15);
  for (const { form, sum, figure, failed } of found) {
    expect([form, sum, failed]).toEqual([form, figure, []]);
    expect(sum).toBeGreaterThan(0n);
  }
}, 120_000);

test("three counties name whom they gave to, once a year; a list hung out, and a payment came back", async () => {
  const rosters = await rows(
    `SELECT o.code, d.fiscal_year::int AS year, d.status, sum(l.amount_fen) = d.amount_fen AND sum(l.persons) = d.persons AS adds_up, count(*) > 50 AS long
     FROM disbursements d JOIN organisations o ON o.id = d.organisation_id JOIN roster_lines l ON l.disbursement_id = d.id
     GROUP BY o.code, d.id ORDER BY 1, 2, long`,
  );
  const rostered = (code: string, year: number, long = false) => ({ code, year, status: "APPROVED", adds_up: true, long }); // prettier-ignore
  expect(rosters).toEqual([
    rostered("630104", 2025),
    rostered("630104", 2026),
    rostered("630123", 2025),
    rostered("630123", 2026),
    // longer than what one person may see of it at once
    rostered("630123", 2026, true),
    rostered("632222", 2025),
    rostered("632222", 2026),
  ]);
  expect(
    await rows(
      `SELECT (SELECT array_agg(n.status) FROM public_notices n) AS notices, (SELECT count(*)::int FROM sign_sheets) AS sheets,
         (SELECT count(*)::int FROM payment_results WHERE state = 'RETURNED') AS returned,
         (SELECT count(*) > 0 FROM payment_results WHERE state = 'PAID') AS paid`,
    ),
  ).toEqual([{ notices: ["CONFIRMED"], sheets: 1, returned: 1, paid: true }]);
});

test("corrections come in pairs, some still waiting", async () => {
  expect(counts.corrections).toBeGreaterThan(30);
  const states = await rows(
    `SELECT r.status, count(*)::int AS n FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
     JOIN disbursements p ON p.id = a.replacement_id AND p.status = r.status GROUP BY 1 ORDER BY 1`,
  );
  expect(states.map((row) => row["status"])).toEqual(["APPROVED", "SUBMITTED"]);
  expect(states.reduce((sum, row) => sum + Number(row["n"]), 0)).toBe(counts.corrections);
});

test("nobody spends more than arrived, and most of what arrives is spent", async () => {
  const [balance] = await rows(
    `WITH spent AS (
       SELECT d.organisation_id, d.fiscal_year, s.fund_source_id, sum(s.amount_fen) AS fen
       FROM disbursements d JOIN disbursement_shares s ON s.disbursement_id = d.id
       JOIN programmes p ON p.id = d.programme_id AND NOT p.contributory
       WHERE d.status IN ('SUBMITTED', 'APPROVED') GROUP BY 1, 2, 3
     ), received AS (
       SELECT organisation_id, fiscal_year, fund_source_id, sum(amount_fen) AS fen FROM allotments GROUP BY 1, 2, 3
     )
     SELECT count(*) FILTER (WHERE r.fen IS NULL OR r.fen < s.fen)::int AS overspent,
       (sum(s.fen) * 100 / sum(r.fen))::int AS percent
     FROM spent s LEFT JOIN received r USING (organisation_id, fiscal_year, fund_source_id)`,
  );
  expect(balance?.["overspent"]).toBe(0);
  expect(balance?.["percent"]).toBeGreaterThan(85);
});

test("figures equal the records, and no step was taken by the author", async () => {
  expect(await rows("SELECT guard.figure_differences()")).toEqual([]);
  expect(
    await rows(
      `SELECT FROM approval_steps s JOIN disbursements d ON d.id = s.disbursement_id
       WHERE s.action = 'APPROVE' AND s.actor_id IN (d.created_by, d.last_edited_by, d.submitted_by)`,
    ),
  ).toEqual([]);
});

test("the audit chain vouches for every record of it", async () => {
  const { faults, records } = await verify(owner);
  expect(faults.map(sentenceOf)).toEqual([]);
  expect(records).toBe(counts.records);
});

test("times follow one another and never lie after the demo's own day", async () => {
  expect(
    await rows(
      `SELECT d.id FROM disbursements d WHERE d.submitted_at < d.created_at OR d.approved_at < d.submitted_at
         OR d.updated_at > '2026-11-21' OR d.created_at < coalesce(d.paid_on, d.period_to)`,
    ),
  ).toEqual([]);
});

test("nine people can sign in, nobody else; no session is left open", async () => {
  expect(
    await rows(
      `SELECT u.username FROM users u JOIN credentials c ON c.user_id = u.id
       WHERE NOT u.is_system AND u.is_demo AND c.password_hash LIKE '$argon2id$v=19$m=65536,t=3,p=1$%' ORDER BY 1`,
    ),
  ).toEqual(
    [
      "admin",
      "admin2",
      "auditor",
      "clerk.chengxi",
      "clerk.huangyuan",
      "clerk.qilian",
      "province",
      "reviewer.haibei",
      "reviewer.xining",
    ].map((username) => ({ username })),
  );
  expect(await rows("SELECT FROM credentials c JOIN users u ON u.id = c.user_id WHERE u.is_system")).toEqual([]); // prettier-ignore
  expect(await rows("SELECT FROM sessions WHERE revoked_at IS NULL")).toEqual([]);
});

test("whoever signs in as a county's clerk can enter a payment and hand it in at once", async () => {
  const { closeDb } = await import("@/lib/platform/db");
  for (const organisation of ["630104", "630123", "632222"]) {
    const found = await rows(
      `SELECT u.id, u.username FROM users u JOIN memberships m ON m.user_id = u.id
       JOIN organisations o ON o.id = m.organisation_id
       WHERE o.code = '${organisation}' AND m.role = 'CLERK' AND u.username LIKE 'clerk.%'`,
    );
    const userId = String(found[0]?.["id"]);
    const session = await openSession(owner, userId);
    const username = String(found[0]?.["username"]);
    const clerk = as({ userId, username, role: "CLERK", organisation, session });
    const draft = await clerk.create({
      shares: [
        { fundSource: "provincial-treasury", amountFen: "10000000" },
        { fundSource: "county-union", amountFen: "5390000" },
      ],
    });
    expect([organisation, draft.findings]).toEqual([organisation, []]);
    expect((await clerk.submit(draft, [])).status).toBe("submitted");
    await endSessions(owner, [userId]);
  }
  await closeDb();
});
