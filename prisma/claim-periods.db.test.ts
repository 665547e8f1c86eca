import { beforeAll, expect, test } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

// How often one person may have aid of a programme: changed for years to come, and never under what was claimed.
const { database, actors, f, clerk, province } = await lawBook();
const { auditedAs, dropTrigger, without } = await import("@/testing/law-fixture");
const { draftedRoster, rosterLine } = await import("@/testing/rosters");
const { as } = await import("@/testing/records");
const { updateProgramme } = await import("@/lib/features/admin/commands");
const { listAdminProgrammes } = await import("@/lib/features/admin/queries");
const { getRoster } = await import("@/lib/features/rosters/queries");
const { owner } = actors;

const CODE = "golden-autumn";
let listed = "";
beforeAll(async () => {
  listed = (await as(f.clerk).submit(await draftedRoster(f.clerk, [rosterLine(0)]))).id;
}, 120_000);

const laidDown =
  (year: number, reason: string | null = "改为按月") =>
  async (run: Run) => {
    await run("INSERT INTO claim_periods (programme, period, from_year, reason) VALUES ($1, 'MONTH', $2, $3)", [CODE, year, reason]); // prettier-ignore
  };
const set = (year: number) => async (run: Run) => {
  await run("SELECT guard.set_claim_period($1, 'MONTH', $2, '改为按月')", [CODE, year]);
};
const told = (work: (run: Run) => Promise<void>) => async (run: Run) => {
  await run("UPDATE programmes SET version = version + 1 WHERE code = $1", [CODE]);
  await work(run);
  await auditedAs(run, "programme.update", CODE);
};

const laws: Law<LawFixture>[] = [
  {
    law: "a year in which a list was submitted keeps what it was judged by",
    by: ({ admin }) => admin.session,
    attempt: told(set(2026)),
    outcome: "NZ004",
    without: dropTrigger("keeps_claims", "claim_periods"),
  },
  {
    law: "and so does a year before it",
    by: () => null,
    role: "owner",
    attempt: laidDown(2025),
    outcome: "NZ004",
    without: `${dropTrigger("keeps_claims", "claim_periods")}; ${dropTrigger("audited", "claim_periods")}`,
  },
  ...(
    [
      ["a clerk", clerk],
      ["the province", province],
    ] as const
  ).map(([who, by]): Law<LawFixture> => ({
    law: `${who} lays nothing down`,
    by,
    attempt: set(2027),
    outcome: "42501",
    without: `${rewrite("set_claim_period(text, text, integer, text)", "NOT guard.is_admin()", "false")}; ${dropTrigger("audited", "claim_periods")}`, // prettier-ignore
  })),
  {
    law: "what is changed is told to the chain",
    by: ({ admin }) => admin.session,
    attempt: set(2027),
    outcome: "NZ008",
    without: dropTrigger("audited", "claim_periods"),
  },
  {
    law: "with a reason",
    by: () => null,
    role: "owner",
    attempt: laidDown(2027, null),
    outcome: "23514",
    without: `${without("claim_periods_reason_check", "claim_periods")}; ${dropTrigger("audited", "claim_periods")}`,
  },
  {
    law: "what holds is told to administrators",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT guard.claim_rules($1)", [CODE]);
    },
    outcome: "42501",
    without: rewrite("claim_rules(text)", "NOT guard.is_admin()", "false"),
  },
];
testLaws(database, () => f, laws);

test("for years to come, by administrators, with what it was before; whoever reads a roster is told", async () => {
  const change = (fromYear: number, version: number, who = f.admin) =>
    as(who).write((c) =>
      updateProgramme({
        ...c,
        params: { code: CODE },
        body: { version, claims: { period: "month", fromYear, reason: "改为按月" } },
      }),
    );
  const { version } = (await as(f.admin).read((c) => listAdminProgrammes(c))).items.find(
    ({ code }) => code === CODE,
  ) ?? { version: 0 };
  await expect(change(2026, version)).rejects.toMatchObject({
    code: "VALIDATION",
    fieldErrors: { "claims.fromYear": [{ key: "claimsFrom", values: { year: "2027" } }] },
  });
  await expect(change(2027, version, f.province)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(change(2027, version + 1)).rejects.toMatchObject({ code: "STALE" });
  const { claims } = await change(2027, version);
  expect(claims).toEqual({
    periods: [{ period: "month", fromYear: 2027, reason: "改为按月" }],
    from: 2027,
  });
  const { rows } = await owner.query(
    `SELECT guard.claim_period_of(p.id, 2026) AS now, guard.claim_period_of(p.id, 2027) AS then,
       guard.faults_of_subjects_are_as_audited() AS chain, guard.faults_of_claims_match_rosters() AS claims
     FROM programmes p WHERE code = $1`,
    [CODE],
  );
  expect(rows).toEqual([{ now: "YEAR", then: "MONTH", chain: "0", claims: "0" }]);
  const told = await owner.query<{ body: string }>("SELECT body FROM audit_entries WHERE action = 'programme.update' AND subject_id = $1", [CODE]); // prettier-ignore
  expect(told.rows.map(({ body }) => JSON.parse(body) as object)).toEqual([
    { claimPeriod: "month", claimsFromYear: 2027, words: "改为按月" },
  ]);
  const roster = await as(f.province).read((c) => getRoster({ ...c, id: listed }));
  expect(roster).toMatchObject({ sight: "sums", claims: "year" });
});
