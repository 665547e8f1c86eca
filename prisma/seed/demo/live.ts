import type pg from "pg";
import {
  adjustDisbursements,
  saveDisbursements,
  storeDisbursements,
  type AdjustItem,
} from "@/lib/features/disbursements/commands";
import {
  approveDisbursements,
  returnDisbursements,
  submitDisbursements,
  voidDisbursements,
} from "@/lib/features/steps/commands";
import { putRoster } from "@/lib/features/rosters/commands";
import type { LineInput } from "@/lib/features/rosters/types";
import type { CountUnit } from "@/lib/kernel/counts";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import { writeOn, type WriteContext } from "@/lib/platform/db";
import type { SessionHash } from "@/prisma/seed/session";
import type { DemoSessions } from "./accounts";
import { chooseCorrections, type Correction } from "./corrections";
import { RETURN_WORDS, type Life } from "./life";
import type { Place } from "./places";
import type { Random } from "./random";
import { fieldsOf, type DemoRecord, type Fate } from "./record";

export type Numbered = Life & { id: string };

/** One organisation's records, and what is to come of them. */
export type OrganisationLife = {
  place: Place;
  lives: readonly Numbered[];
  returns: ReadonlyMap<Numbered, (typeof RETURN_WORDS)[number]>;
  pairs: readonly Pair[];
  /** 花名册 of those that have one. */
  rosters: ReadonlyMap<Numbered, LineInput[]>;
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
function firstWritten(life: Numbered) {
  const { id, record, createdAt: at } = life;
  const unit = unitToMend(life);
  const counts =
    record.fate === "returned-then-approved" && unit
      ? { ...record.counts, [unit]: doubted(life, unit) }
      : record.counts;
  return {
    fields: fieldsOf({ ...record, counts }),
    provenance: { origin: "demo" as const, id, at },
  };
}

/** What the clerk answers; whatever else the checks ask in that state of the ledger was looked at as well. */
const answersOf = (record: DemoRecord) => [
  ...record.answers,
  ...FINDING_RULES.filter((rule) => !record.answers.some((a) => a.rule === rule)).map((rule) => ({
    rule,
    answer: "checked-correct" as const,
  })),
];

/** Answers what it wrote; what is new has its first version. */
type Command<C> = (context: C) => Promise<{ id: string; version?: number }[]>;

/** Who acts, and how often each record has changed by now. */
export class Desk {
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly client: pg.Client,
    private readonly sessions: DemoSessions,
  ) {}

  version(id: string): number {
    return this.versions.get(id) ?? 1;
  }

  async write(session: SessionHash, work: Command<WriteContext & { now: Date }>): Promise<void> {
    const now = new Date();
    const details = await writeOn(this.client, session, (c) => work({ ...c, now }));
    for (const { id, version = 1 } of details) this.versions.set(id, version);
  }

  async take<I>(
    session: SessionHash,
    command: Command<WriteContext & { now: Date; items: readonly I[] }>,
    items: readonly I[],
  ): Promise<void> {
    if (items.length > 0) await this.write(session, (c) => command({ ...c, items }));
  }

  async names(session: SessionHash, { id, createdAt: now }: Numbered, lines: LineInput[]) {
    const input = { version: this.version(id), lines };
    const { version } = await writeOn(this.client, session, (c) => putRoster({ ...c, now, id, input })); // prettier-ignore
    this.versions.set(id, version);
  }

  step<I extends object>(life: Numbered, at: Date, input: I) {
    return { id: life.id, at, input: { version: this.version(life.id), ...input } };
  }

  clerkOf = (place: Place) => this.sessions.of("CLERK", place.code);
  reviewerOf = (place: Place) => this.sessions.of("REVIEWER", reviewerOf(place));
  province = () => this.sessions.of("PROVINCE", "630000");
}

/** What the reviewer will say of each record that comes back. */
export function plannedReturns(lives: readonly Numbered[], random: Random) {
  const [counted, ...others] = RETURN_WORDS;
  const back = lives.filter((life) => SENT_BACK.includes(life.record.fate));
  return new Map(
    back.map((life) => {
      const mended = life.record.fate === "returned-then-approved";
      const words = mended && counted ? counted : random.pick([others[0] ?? OTHER, ...others]);
      return [life, words] as const;
    }),
  );
}
const OTHER: (typeof RETURN_WORDS)[number] = ["other", ""];

const submission = (desk: Desk, life: Numbered, at: Date) =>
  desk.step(life, at, { answers: answersOf(life.record) });

/** Written down and, most of it, sent up. */
export async function enter(
  desk: Desk,
  { place, lives, rosters }: OrganisationLife,
): Promise<void> {
  if (lives.length === 0) return;
  const clerk = desk.clerkOf(place);
  const created = lives.map(firstWritten);
  // what is found in them is asked when they are handed in
  await desk.write(clerk, (c) => storeDisbursements({ ...c, created }));
  for (const life of lives) {
    const lines = rosters.get(life);
    if (lines) await desk.names(clerk, life, lines);
  }
  const sent = lives.filter((l) => !GIVEN_UP.includes(l.record.fate));
  await desk.take(clerk, submitDisbursements, sent.map((l) => submission(desk, l, l.submittedAt))); // prettier-ignore
}

/** What is not passed at once: voided by its clerk, or sent back and, mostly, mended. */
export async function settle(
  desk: Desk,
  { place, lives, returns }: OrganisationLife,
): Promise<void> {
  const clerk = desk.clerkOf(place);
  const twice = { reason: "entered-twice", words: "与另一笔重复录入。" } as const;
  const voided = lives.filter((l) => l.record.fate === "voided");
  await desk.take(clerk, voidDisbursements, voided.map((l) => desk.step(l, l.submittedAt, twice))); // prettier-ignore
  const back = lives.flatMap((life) => {
    const [reason, words] = returns.get(life) ?? [];
    return reason && words ? [desk.step(life, life.returnedAt, { reason, words })] : [];
  });
  await desk.take(desk.reviewerOf(place), returnDisbursements, back);
  const mended = lives.filter((l) => l.record.fate === "returned-then-approved");
  const changed = mended.flatMap((life) => {
    const unit = unitToMend(life);
    if (!unit) return [];
    const counts = { [unit]: life.record.counts[unit] };
    const fields = { version: desk.version(life.id), counts };
    return [{ id: life.id, fields, at: life.resubmittedAt }];
  });
  if (changed.length > 0) await desk.write(clerk, (c) => saveDisbursements({ ...c, changed }));
  await desk.take(clerk, submitDisbursements, mended.map((l) => submission(desk, l, l.resubmittedAt))); // prettier-ignore
}

export async function approve(desk: Desk, { place, lives }: OrganisationLife): Promise<void> {
  const passed = lives.filter((l) => PASSED.includes(l.record.fate));
  await desk.take(desk.reviewerOf(place), approveDisbursements, passed.map((l) => desk.step(l, l.approvedAt, {}))); // prettier-ignore
  const large = passed.filter((l) => needsProvince(l) && l.record.fate !== "first-approved");
  await desk.take(desk.province(), approveDisbursements, large.map((l) => desk.step(l, l.secondAt, {}))); // prettier-ignore
}

const needsProvince = (life: Life) => (life.record.amountFen ?? 0n) >= 50_000_000n;

export type Pair = Correction<Numbered> & { reversalId: string; replacementId: string; at: Date };

/** Large records would take two approvals a half; the small ones show the matter as well. */
export function plannedCorrections(lives: readonly Numbered[], random: Random) {
  return chooseCorrections(
    lives.filter((life) => !needsProvince(life)),
    random,
  );
}

export async function correct(desk: Desk, { place, pairs }: OrganisationLife): Promise<void> {
  const clerk = desk.clerkOf(place);
  const corrections = pairs.map((pair): AdjustItem => {
    const { original, reason, words, at, reversalId, replacementId } = pair;
    const { organisation: _, ...replacement } = fieldsOf(pair.replacement);
    const input = { version: desk.version(original.id), reason, words, replacement };
    return { id: original.id, input, at, numbers: { reversalId, replacementId } };
  });
  const step = (pair: Pair, hours: number) => ({
    id: pair.replacementId,
    at: new Date(pair.at.getTime() + hours * 3_600_000),
    input: { version: desk.version(pair.replacementId), answers: answersOf(pair.replacement) },
  });
  await desk.take(clerk, adjustDisbursements, corrections);
  await desk.take(clerk, submitDisbursements, pairs.map((pair) => step(pair, 1))); // prettier-ignore
  const judged = pairs.filter((pair) => !pair.waiting);
  await desk.take(desk.reviewerOf(place), approveDisbursements, judged.map((pair) => step(pair, 25))); // prettier-ignore
}
