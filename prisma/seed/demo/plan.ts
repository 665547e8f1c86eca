import { PUBLISHED_YEAR, publishedRows } from "@/prisma/seed/published-rows";
import { beyondPublished } from "./answers";
import { demoPlaces, type Place } from "./places";
import { assignFates, DEMO_TODAY, liveOut, type Life } from "./life";
import { Random } from "./random";
import { knownFrom, type DemoRecord } from "./record";
import * as seasonal from "./seasonal";
import * as standing from "./standing";
import { showcases } from "./showcase";

/** 2024 holds what was published and nothing invented. */
export const DEMO_YEARS = [2023, 2025, 2026] as const;

const COUNTY_YEAR: readonly seasonal.YearPlan[] = [
  seasonal.breakfasts,
  seasonal.festivalVisits,
  seasonal.warmWinter,
  seasonal.springJobs,
  seasonal.coolSummer,
  seasonal.goldenAutumn,
  standing.needyWorkerAid,
  standing.condolenceVisits,
  standing.healthChecks,
  standing.gigWorkerCover,
  standing.recuperation,
  standing.summerCamp,
  standing.winterWellness,
  standing.mutualAid,
];
/** What a prefecture, the province or an industrial union pays itself. */
const OWN_YEAR: readonly seasonal.YearPlan[] = [
  seasonal.festivalVisits,
  seasonal.coolSummer,
  standing.condolenceVisits,
  standing.recuperation,
];

/** Programmes grew: what 2026 pays to 100, 2025 paid to 96 and 2023 to 85. */
const SCALE: Readonly<Record<number, number>> = { 2023: 0.85, 2025: 0.96, 2026: 1 };

function inYear(place: Place, year: number): Place {
  const scale = SCALE[year] ?? 1;
  return {
    ...place,
    people: Math.max(10, Math.round(place.people * scale)),
    households: Math.max(2, Math.round(place.households * scale)),
  };
}

const PUBLISHED = new Set(
  publishedRows().disbursements.map(({ fields }) => `${fields.organisation} ${fields.programme}`),
);
const follows2024 = (r: DemoRecord) =>
  r.fiscalYear === PUBLISHED_YEAR + 1 && PUBLISHED.has(`${r.organisation} ${r.programme}`);

function recordsOf(place: Place, root: Random): DemoRecord[] {
  const plans = place.kind === "COUNTY" ? COUNTY_YEAR : OWN_YEAR;
  const records = DEMO_YEARS.flatMap((year) =>
    plans.flatMap((plan, n) =>
      plan(inYear(place, year), year, root.fork(`${place.code} ${year} ${n}`)),
    ),
  );
  for (const r of records) if (follows2024(r)) r.answers.push(beyondPublished);
  return [...records.filter((r) => knownFrom(r) <= DEMO_TODAY), ...showcases(place)];
}

export type OrganisationPlan = { place: Place; lives: Life[] };

/** Every invented record, by organisation, oldest first; the same for the same seed. */
export function demoPlan(seed: number): OrganisationPlan[] {
  const root = new Random(seed);
  return demoPlaces(root).map((place) => {
    const records = recordsOf(place, root);
    assignFates(records, root.fork(`fates ${place.code}`));
    const clock = root.fork(`clock ${place.code}`);
    const lives = records.map((record) => liveOut(record, clock));
    return { place, lives: lives.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()) };
  });
}
