import type pg from "pg";
import { createDemoAccounts } from "@/prisma/seed/demo/accounts";
import {
  correctOrganisation,
  liveOrganisation,
  plannedCorrections,
  type Numbered,
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
import { actAs, takeIds } from "@/prisma/seed/demo/write";
import { recordSeedRun } from "./reference";
import { endSessions } from "./session";

export const DEMO_SEED = 20_261_120;
const DAY_MS = 86_400_000;

export type DemoCounts = { records: number; corrections: number; allotments: number };
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

async function pairsOf(client: pg.Client, plan: NumberedPlan, random: Random): Promise<Pair[]> {
  const corrections = plannedCorrections(plan.lives, random);
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

/**
 * Invented records for 2023, 2025 and 2026, origin DEMO, in the caller's transaction. They are written
 * as the application's role under the sessions of their clerks and reviewers, so every law, policy and
 * audit entry is the one a real record would have met.
 */
export async function seedDemo(client: pg.Client, seed: number = DEMO_SEED): Promise<DemoCounts> {
  const plans = demoPlan(seed);
  const random = new Random(seed).fork("life");
  const sessions = await createDemoAccounts(client);
  await insertCampaigns(client, demoCampaigns(DEMO_YEARS));
  const numberedPlans = await numbered(client, plans);
  let corrections = 0;

  await client.query("SET LOCAL ROLE nuanzhang_app");
  await actAs(client, sessions.of("PROVINCE", "630000"));
  const allotments = await allot(client, plans, random);
  const context = { client, sessions, random };
  for (const plan of numberedPlans) {
    await liveOrganisation(context, plan);
    const pairs = await pairsOf(client, plan, random);
    await correctOrganisation(context, plan.place, pairs);
    corrections += pairs.length;
  }
  await client.query("RESET ROLE");

  await endSessions(client, sessions.userIds);
  await recordSeedRun(client, "demo", String(seed));
  const records = numberedPlans.reduce((sum, plan) => sum + plan.lives.length, 0);
  return { records: records + corrections * 2, corrections, allotments };
}
