import type pg from "pg";
import type { CountUnit } from "@/lib/kernel/counts";
import type { DemoSessions } from "./accounts";
import { chooseCorrections, type Correction } from "./corrections";
import { RETURN_WORDS, type Life } from "./life";
import type { Place } from "./places";
import type { Random } from "./random";
import type { Fate } from "./record";
import { actAs, audit, mendCounts, takeSteps, writeDrafts, type Step, type Written } from "./write";

export type Numbered = Life & { id: string };
type Context = {
  client: pg.Client;
  sessions: DemoSessions;
  random: Random;
};

/** Who gives the first approval: the prefecture's reviewer; for the rest, the province's. */
function reviewerOf(place: Place): string {
  if (place.kind === "PREFECTURE") return place.code;
  return place.kind === "COUNTY" ? `${place.code.slice(0, 4)}00` : "630000";
}

const GIVEN_UP: readonly Fate[] = ["draft", "voided"];
const SENT_BACK: readonly Fate[] = ["returned", "returned-then-approved"];
const PASSED: readonly Fate[] = ["approved", "returned-then-approved", "first-approved"];
const UNITS: readonly CountUnit[] = ["persons", "households", "packs", "personTimes", "posts"];

const unitToMend = (life: Life) => UNITS.find((unit) => life.record.counts[unit] !== undefined);

/** One to three more than there were: what the reviewer will ask about. */
const doubted = (life: Numbered, unit: CountUnit) =>
  (life.record.counts[unit] ?? 0) + 1 + (Number(life.id) % 3);

/** As first written down: what will come back is a few heads off. */
function firstWritten(life: Numbered): Written {
  const { id, record, createdAt: at } = life;
  const unit = unitToMend(life);
  if (record.fate !== "returned-then-approved" || !unit)
    return { id, record, at, entryKind: "ORIGINAL" };
  const counts = { ...record.counts, [unit]: doubted(life, unit) };
  return { id, record: { ...record, counts }, at, entryKind: "ORIGINAL" };
}

const steps = (lives: readonly Numbered[], at: (life: Numbered) => Date, round: number): Step[] =>
  lives.map((life) => ({ id: life.id, at: at(life), round }));

async function mendAndResubmit(client: pg.Client, mended: readonly Numbered[]): Promise<void> {
  for (const unit of UNITS) {
    const lives = mended.filter((life) => unitToMend(life) === unit);
    await mendCounts(
      client,
      unit,
      lives.map((l) => ({
        id: l.id,
        at: l.resubmittedAt,
        was: doubted(l, unit),
        value: l.record.counts[unit] ?? 0,
      })),
    );
  }
  await takeSteps(client, "SUBMIT", steps(mended, (l) => l.resubmittedAt, 2)); // prettier-ignore
}

async function sendBack(context: Context, lives: readonly Numbered[]): Promise<void> {
  const [counted, ...others] = RETURN_WORDS;
  const back = lives.map((life): Step => {
    const mended = life.record.fate === "returned-then-approved";
    const [reason, words] =
      mended && counted ? counted : context.random.pick([others[0] ?? ["other", ""], ...others]);
    return { id: life.id, at: life.returnedAt, round: 1, reason, words };
  });
  await takeSteps(context.client, "RETURN", back);
}

/** The whole life of one organisation's records, each step taken by the person who would take it. */
export async function liveOrganisation(
  context: Context,
  { place, lives }: { place: Place; lives: readonly Numbered[] },
): Promise<void> {
  const { client, sessions } = context;
  const clerk = sessions.of("CLERK", place.code);
  const reviewer = sessions.of("REVIEWER", reviewerOf(place));
  const fated = (fates: readonly Fate[]) => lives.filter((l) => fates.includes(l.record.fate));

  await actAs(client, clerk);
  await writeDrafts(client, lives.map((life) => firstWritten(life))); // prettier-ignore
  const sent = lives.filter((l) => !GIVEN_UP.includes(l.record.fate));
  await takeSteps(client, "SUBMIT", steps(sent, (l) => l.submittedAt, 1)); // prettier-ignore
  const voided = steps(fated(["voided"]), (l) => l.submittedAt, 0);
  await takeSteps(client, "VOID", voided.map((s) => ({ ...s, reason: "entered-twice", words: "与另一笔重复录入。" }))); // prettier-ignore

  await actAs(client, reviewer);
  await sendBack(context, fated(SENT_BACK));
  await actAs(client, clerk);
  await mendAndResubmit(client, fated(["returned-then-approved"]));

  await actAs(client, reviewer);
  const passed = fated(PASSED);
  const round = (l: Life) => (l.record.fate === "returned-then-approved" ? 2 : 1);
  await takeSteps(client, "APPROVE", passed.map((l) => ({ id: l.id, at: l.approvedAt, round: round(l) }))); // prettier-ignore
  const large = passed.filter((l) => needsProvince(l) && l.record.fate !== "first-approved");
  if (large.length === 0) return;
  await actAs(client, sessions.of("PROVINCE", "630000"));
  await takeSteps(client, "APPROVE", large.map((l) => ({ id: l.id, at: l.secondAt, round: round(l) }))); // prettier-ignore
}

const needsProvince = (life: Life) => (life.record.amountFen ?? 0n) >= 50_000_000n;

export type Pair = Correction<Numbered> & { reversalId: string; replacementId: string; at: Date };

async function writePairs(client: pg.Client, pairs: readonly Pair[]): Promise<void> {
  await writeDrafts(
    client,
    pairs.flatMap((p): Written[] => [
      { id: p.reversalId, record: p.reversal, at: p.at, entryKind: "REVERSAL", of: p.original.id },
      { id: p.replacementId, record: p.replacement, at: p.at, entryKind: "REPLACEMENT", of: p.original.id }, // prettier-ignore
    ]),
  );
  await client.query(
    `INSERT INTO adjustments (organisation_id, original_id, reversal_id, replacement_id, reason_code, words,
       created_by, created_at)
     SELECT d.organisation_id, d.id, r."reversalId", r."replacementId", r.reason, r.words,
            guard.session_user_id(), r.at
     FROM jsonb_to_recordset($1::jsonb) AS r("originalId" bigint, "reversalId" bigint, "replacementId" bigint,
          reason text, words text, at timestamptz)
     JOIN disbursements d ON d.id = r."originalId"`,
    [
      JSON.stringify(
        pairs.map(({ original, reversalId, replacementId, reason, words, at }) => ({
          originalId: original.id,
          reversalId,
          replacementId,
          reason,
          words,
          at,
        })),
      ),
    ],
  );
  await audit(
    client,
    "disbursement.adjust",
    pairs.map(({ original, reversalId, replacementId, reason }) => ({
      id: original.id,
      body: { originalId: original.id, reversalId, replacementId, reason },
    })),
  );
}

/** Large records would take two approvals a half; the small ones show the matter as well. */
export function plannedCorrections(lives: readonly Numbered[], random: Random) {
  return chooseCorrections(
    lives.filter((life) => !needsProvince(life)),
    random,
  );
}

export async function correctOrganisation(
  context: Context,
  place: Place,
  pairs: readonly Pair[],
): Promise<void> {
  if (pairs.length === 0) return;
  const { client, sessions } = context;
  const moved = (list: readonly Pair[], hours: number): Step[] =>
    list.flatMap(
      (p) =>
      [p.reversalId, p.replacementId].map((id) => ({ id, at: new Date(p.at.getTime() + hours * 3_600_000), round: 1 })), // prettier-ignore
    );
  await actAs(client, sessions.of("CLERK", place.code));
  await writePairs(client, pairs);
  await takeSteps(client, "SUBMIT", moved(pairs, 1));
  await actAs(client, sessions.of("REVIEWER", reviewerOf(place)));
  await takeSteps(client, "APPROVE", moved(pairs.filter((p) => !p.waiting), 25)); // prettier-ignore
}
