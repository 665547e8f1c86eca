import type pg from "pg";
import { createDemoAccounts } from "@/prisma/seed/demo/accounts";
import { liveCalendar } from "@/prisma/seed/demo/calendar";
import { liveHouseholds } from "@/prisma/seed/demo/households";
import {
  approve,
  correct,
  Desk,
  enter,
  plannedCorrections,
  plannedReturns,
  settle,
  type Numbered,
  type OrganisationLife,
  type Pair,
} from "@/prisma/seed/demo/live";
import {
  demoCampaigns,
  insertCampaigns,
  planAllotments,
  writeAllotments,
} from "@/prisma/seed/demo/money";
import { DEMO_YEARS, demoPlan, type OrganisationPlan } from "@/prisma/seed/demo/plan";
import { Random } from "@/prisma/seed/demo/random";
import { keepKeys, livePapers, rostersOf } from "@/prisma/seed/demo/rosters";
import { recordSeedRun } from "./reference";
import { endSessions } from "./session";

export const DEMO_SEED = 20_261_120;
const DAY_MS = 86_400_000;

export type DemoCounts = { records: number; corrections: number; allotments: number };
async function takeIds(client: pg.Client, sequence: string, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT nextval($1::regclass)::text AS id FROM generate_series(1, $2)",
    [sequence, count],
  );
  return rows.map((row) => row.id);
}

type NumberedPlan = OrganisationPlan & { lives: Numbered[] };

/** Voucher numbers follow the calendar across the whole province, as they would have. */
async function numbered(
  client: pg.Client,
  plans: readonly OrganisationPlan[],
): Promise<NumberedPlan[]> {
  const all = plans.flatMap((plan) => plan.lives);
  all.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const ids = await takeIds(client, "disbursements_id_seq", all.length);
  const idOf = new Map(all.map((life, n) => [life, ids[n] ?? ""]));
  return plans.map((plan) => ({
    ...plan,
    lives: plan.lives.map((life) => ({ ...life, id: idOf.get(life) ?? "" })),
  }));
}

async function pairsOf(
  client: pg.Client,
  lives: readonly Numbered[],
  random: Random,
): Promise<Pair[]> {
  const corrections = plannedCorrections(lives, random);
  const ids = await takeIds(client, "disbursements_id_seq", corrections.length * 2);
  return corrections.map((correction, n) => ({
    ...correction,
    reversalId: ids[n * 2] ?? "",
    replacementId: ids[n * 2 + 1] ?? "",
    at: new Date(correction.original.secondAt.getTime() + random.int(3, 12) * DAY_MS),
  }));
}

async function allot(client: pg.Client, plans: readonly OrganisationPlan[], random: Random) {
  const rows = planAllotments(plans, DEMO_YEARS, random);
  const ids = await takeIds(client, "allotments_id_seq", rows.length);
  await writeAllotments(client, rows.map((row, n) => ({ ...row, id: ids[n] ?? "" }))); // prettier-ignore
  return rows.length;
}

const AS_APPLICATION = "SET LOCAL ROLE nuanzhang_app";

/** Housekeeping, which is not the application's own. */
async function fold(client: pg.Client): Promise<void> {
  await client.query("RESET ROLE; SELECT guard.fold_figures(100000)");
  await client.query(AS_APPLICATION);
}

/**
 * Plans that were kept when the tables were empty read whole tables: they are made anew as the tables grow.
 * Not of figure_deltas, which have just been folded: known to be empty, they would be read by nested loops.
 */
async function analyse(client: pg.Client): Promise<void> {
  await client.query(
    "RESET ROLE; ANALYZE disbursements, disbursement_shares, approval_steps, audit_entries",
  );
  await client.query(AS_APPLICATION);
}

/**
 * Everybody's life at once, step by step, so that what is judged is judged beside the whole province as it
 * would have been: first the ordinary records, then those whose clerk had something to explain. What each
 * organisation came to is folded before the next begins, because whoever judges adds up what is not.
 */
async function liveAll(client: pg.Client, desk: Desk, organisations: readonly OrganisationLife[]) {
  const explained = (life: Numbered) => life.record.answers.length > 0;
  const only = (wanted: boolean) =>
    organisations.map((one) => ({
      ...one,
      lives: one.lives.filter((life) => explained(life) === wanted),
    }));
  const each = (step: typeof enter, part: readonly OrganisationLife[]) =>
    part.map((one) => () => step(desk, one));
  const steps = [only(false), only(true)].flatMap((part) =>
    [enter, settle, approve].flatMap((step) => each(step, part)),
  );
  for (const [done, step] of [...steps, ...each(correct, organisations)].entries()) {
    await step();
    await fold(client);
    if (Number.isInteger(Math.log2(done + 1))) await analyse(client);
  }
}

/**
 * Invented records for 2023, 2025 and 2026, origin DEMO, in the caller's transaction. They are written
 * as the application's role, by its own commands, under the sessions of their clerks and reviewers, so every
 * check, law, policy and audit entry is the one a real record would have met.
 */
export async function seedDemo(client: pg.Client, seed: number = DEMO_SEED): Promise<DemoCounts> {
  const plans = demoPlan(seed);
  const random = new Random(seed).fork("life");
  const sessions = await createDemoAccounts(client);
  await insertCampaigns(client, demoCampaigns(DEMO_YEARS));
  const numberedPlans = await numbered(client, plans);
  await keepKeys(client);

  await client.query(AS_APPLICATION);
  await client.query("SELECT set_config('app.session', $1, true)", [
    sessions.of("PROVINCE", "630000"),
  ]);
  const allotments = await allot(client, plans, random);
  const organisations: OrganisationLife[] = [];
  for (const { place, lives } of numberedPlans) {
    const returns = plannedReturns(lives, random);
    const pairs = await pairsOf(client, lives, random);
    const rosters = rostersOf(place.code, lives, new Set(pairs.map(({ original }) => original)));
    organisations.push({ place, lives, returns, pairs, rosters });
  }
  await liveAll(client, new Desk(client, sessions), organisations);
  await client.query("RESET ROLE");
  await liveCalendar(client, sessions);
  await liveHouseholds(client, sessions);
  const rostered = organisations.flatMap(({ rosters }) =>
    [...rosters].map(([{ id, record }, lines]) => ({
      ...{ id, organisation: record.organisation, year: record.fiscalYear },
      ...{ paidOn: record.paidOn ?? "", lines: lines.length },
    })),
  );
  await livePapers(client, sessions, rostered);
  // Years went by within a minute: nobody is to be told of them all at once.
  await client.query("INSERT INTO notice_reads SELECT unnest($1::uuid[]), clock_timestamp()", [
    sessions.userIds,
  ]);

  await endSessions(client, sessions.userIds);
  await recordSeedRun(client, "demo", String(seed));
  const corrections = organisations.reduce((sum, { pairs }) => sum + pairs.length, 0);
  const records = numberedPlans.reduce((sum, plan) => sum + plan.lives.length, 0);
  return { records: records + corrections * 2, corrections, allotments };
}
