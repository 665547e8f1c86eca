import type { ReturnReason } from "@/lib/kernel/record-codes";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { officeHour, plusDays, workdayFrom } from "./days";
import type { Random } from "./random";
import { knownFrom, type DemoRecord, type Fate } from "./record";

/** The demo stands on this day: nothing in it is later. */
export const DEMO_TODAY: CivilDate = "2026-11-20";
const LAST_INSTANT = new Date(`${DEMO_TODAY}T09:30:00.000Z`);
const SECOND_APPROVAL_FEN = 50_000_000n;

/** A record with the hours at which it was written, sent up and judged. */
export type Life = {
  record: DemoRecord;
  createdAt: Date;
  submittedAt: Date;
  returnedAt: Date;
  resubmittedAt: Date;
  approvedAt: Date;
  secondAt: Date;
};

export function liveOut(record: DemoRecord, random: Random): Life {
  let last = new Date(0);
  const after = (day: CivilDate): Date => {
    const hour = officeHour(random, workdayFrom(day));
    // Later than the step before it, and never later than today.
    const next = new Date(Math.max(hour.getTime(), last.getTime() + random.int(4, 90) * 60_000));
    last = new Date(Math.min(next.getTime(), LAST_INSTANT.getTime()));
    return last;
  };
  const day = (instant: Date) => instant.toISOString().slice(0, 10);
  const createdAt = after(plusDays(knownFrom(record), random.int(1, 5)));
  const submittedAt = after(plusDays(day(createdAt), random.int(0, 2)));
  const returnedAt = after(plusDays(day(submittedAt), random.int(1, 3)));
  const resubmittedAt = after(plusDays(day(returnedAt), random.int(0, 3)));
  const approvedAt = after(plusDays(day(resubmittedAt), random.int(0, 4)));
  const secondAt = after(plusDays(day(approvedAt), random.int(1, 4)));
  return { record, createdAt, submittedAt, returnedAt, resubmittedAt, approvedAt, secondAt };
}

type Quota = { draft: number; returned: number; submitted: number };

/** What waits for the people who sign in; elsewhere a little of each. */
const QUOTAS: Readonly<Record<string, Quota>> = {
  "630123": { draft: 3, returned: 2, submitted: 2 },
  "630104": { draft: 2, returned: 1, submitted: 3 },
  "632222": { draft: 2, returned: 1, submitted: 2 },
  "632221": { draft: 1, returned: 0, submitted: 2 },
  "632223": { draft: 0, returned: 1, submitted: 1 },
  "632224": { draft: 1, returned: 0, submitted: 1 },
  "630102": { draft: 1, returned: 0, submitted: 2 },
  "630103": { draft: 1, returned: 1, submitted: 1 },
  "630105": { draft: 0, returned: 0, submitted: 1 },
  "630106": { draft: 1, returned: 0, submitted: 1 },
  "630121": { draft: 1, returned: 1, submitted: 2 },
  "630100": { draft: 1, returned: 0, submitted: 0 },
  "630000": { draft: 1, returned: 0, submitted: 1 },
};

function quotaOf(organisation: string, random: Random): Quota {
  const quota = QUOTAS[organisation];
  if (quota) return quota;
  if (organisation.endsWith("00")) return { draft: 0, returned: 0, submitted: 0 };
  return {
    draft: random.int(0, 1),
    returned: random.chance(0.3) ? 1 : 0,
    submitted: random.int(0, 2),
  };
}

const waitsForProvince = (r: DemoRecord) =>
  (r.amountFen ?? 0n) >= SECOND_APPROVAL_FEN && knownFrom(r) >= "2026-10-15";

function pastFate(random: Random): Fate {
  const roll = random.next();
  return roll < 0.008 ? "voided" : roll < 0.05 ? "returned-then-approved" : "approved";
}

/** Decides how far each record of one organisation has come: the newest of 2026 are still under way. */
export function assignFates(records: readonly DemoRecord[], random: Random): void {
  for (const r of records) r.fate = waitsForProvince(r) ? "first-approved" : pastFate(random);
  const recent = records
    .filter((r) => r.fiscalYear === 2026 && r.fate !== "first-approved" && !r.showcase)
    .sort((a, b) => (knownFrom(a) < knownFrom(b) ? 1 : -1));
  const [first] = records;
  if (!first) return;
  const quota = quotaOf(first.organisation, random);
  const shown = records.filter((r) => r.showcase);
  for (const r of shown) r.fate = "submitted";
  const fates: Fate[] = [
    ...Array.from({ length: quota.draft }, () => "draft" as const),
    ...Array.from({ length: quota.returned }, () => "returned" as const),
    ...Array.from({ length: Math.max(0, quota.submitted - shown.length) }, () => "submitted" as const), // prettier-ignore
  ];
  fates.forEach((fate, index) => {
    const r = recent[index];
    if (r) r.fate = fate;
  });
  for (const r of recent.filter((candidate) => candidate.fate === "draft")) unfinish(r, random);
}

/** A draft is half a record: what the clerk had not got to yet is missing. */
function unfinish(r: DemoRecord, random: Random): void {
  if (random.chance(0.5)) r.shares = [];
  else r.counts = {};
}

export const RETURN_WORDS: readonly (readonly [ReturnReason, string])[] = [
  ["counts-wrong", "人数与签领表差3人，请核对后重报。"],
  ["shares-wrong", "省级资金与县级资金的分摊和项目批复不一致，请按批复调整。"],
  ["date-wrong", "发放日期早于公示结束日，请核对银行回单日期。"],
  ["classification-wrong", "这笔应列冬送温暖，不列常态化走访慰问，请改项目后重报。"],
  ["evidence-missing", "缺签领表第2页，请补齐后重报。"],
];
