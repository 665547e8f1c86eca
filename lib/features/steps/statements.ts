import "server-only";
import {
  toChecked,
  type RecordPair,
  type DisbursementRecord,
} from "@/lib/features/disbursements/queries";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { beginsRound, standingAfter, type Transition } from "@/lib/features/disbursements/workflow";
import { saidIn } from "@/lib/features/disbursements/rules";
import type { Answer } from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import { AppError, ofItem } from "@/lib/kernel/app-error";
import { emptySql, sql, type Sql, type WriteContext } from "@/lib/platform/db";
import { asAppError, recordsRefused } from "@/lib/platform/database-error";
import { asJson, rowsOf } from "@/lib/platform/tables";

type StepView = DisbursementDetail["steps"][number];

export type MoveContext = WriteContext & { now: Date };
/** A step about to be taken with the records of a pair whose turn it is. */
export type Step = {
  path: string;
  pair: RecordPair;
  transition: Transition;
  records: readonly DisbursementRecord[];
  at: Date;
  reason?: string | undefined;
  words?: string | null | undefined;
  /** Of a submission: the answers that travel with it. */
  answers?: readonly Answer[] | undefined;
  /** Of a submission: what was found, as it is kept. */
  findings?: readonly Finding[] | undefined;
};

type Moved = { id: string; version: number; needed: number; given: number };

/** The record as it stands after the step. */
function after(
  { actor }: MoveContext,
  record: DisbursementRecord,
  step: Step,
  { version, needed, given }: Moved,
): DisbursementRecord {
  const { transition, at, reason = null, words, answers } = step;
  const { status } = standingAfter(transition, record);
  const actorView = { id: actor.userId, nameZh: actor.nameZh, nameEn: actor.nameEn };
  const begins = beginsRound(transition);
  const round = begins ? record.round + 1 : record.round;
  const taken: StepView = {
    action: transition.action as StepView["action"],
    actor: actorView,
    at: at.toISOString(),
    reason,
    words: words || null,
    round,
  };
  return {
    ...record,
    status,
    version,
    approvalsNeeded: needed,
    approvalsGiven: given,
    updatedAt: at,
    round,
    steps: [...record.steps, taken],
    answers: answers && record.entryKind !== "reversal" ? [...answers] : record.answers,
    ...(begins ? { submittedAt: at, submittedBy: actorView, approvedBy: [] } : {}),
    ...(transition.until ? { approvedBy: [...record.approvedBy, actor.userId] } : {}),
    ...(status === "approved" ? { approvedAt: at } : {}),
  };
}

type Answering = Step & { target: DisbursementRecord | null };

/**
 * The answers that travel to the reviewer, as parts of a WITH; those of an earlier submission go where
 * new ones stand. Nothing where there are none and were none.
 */
function answersSql({ actor }: MoveContext, steps: readonly Answering[]): Sql {
  const touched = steps.flatMap(({ target, answers, at }) =>
    target && answers && target.answers.length + answers.length > 0
      ? [{ target, answers, at }]
      : [],
  );
  if (touched.length === 0) return emptySql;
  const ids = touched.map(({ target }) => target.id);
  const rows = touched.flatMap(({ target, answers, at }) =>
    answers.map((answer) => ({
      disbursementId: target.id,
      organisationId: target.organisationId,
      rule: answer.rule,
      givenFor: answer.values ?? null,
      answerCode: answer.code,
      words: answer.words,
      answeredBy: actor.userId,
      answeredAt: at,
    })),
  );
  return sql`gone AS (
      DELETE FROM finding_answers WHERE disbursement_id = ANY (${ids}::bigint[]) RETURNING 1
    ), answered AS (
      INSERT INTO finding_answers (disbursement_id, organisation_id, rule, given_for, answer_code, words, answered_by, answered_at)
      SELECT disbursement_id, organisation_id, rule, given_for, answer_code, words, answered_by, answered_at
      FROM ${rowsOf("finding_answers", rows)} WHERE (SELECT count(*) FROM gone) >= 0
    ),`;
}

/** What each submission keeps, as a part of a WITH: a reversal keeps it where nothing replaces it. */
function roundsSql({ actor }: MoveContext, steps: readonly Answering[]): Sql {
  const rows = steps.flatMap(({ transition, pair, target, findings = [], at }) => {
    const record = target ?? pair.record;
    if (!beginsRound(transition)) return [];
    return {
      disbursementId: record.id,
      organisationId: record.organisationId,
      round: record.round + 1,
      actorId: actor.userId,
      at,
      findings,
      content: saidIn(toChecked(record)),
    };
  });
  if (rows.length === 0) return emptySql;
  return sql`kept AS (
      INSERT INTO submission_rounds (disbursement_id, organisation_id, round, actor_id, at, findings, content)
      SELECT disbursement_id, organisation_id, round, actor_id, at, findings, content
      FROM ${rowsOf("submission_rounds", rows)}
      -- who was faster has kept it, and the record that does not move says so
      ON CONFLICT DO NOTHING
    ),`;
}

/** A law that refuses a set names records; the person named items. */
const movedBy = <T>(steps: readonly Step[], written: Promise<T>): Promise<T> =>
  written.catch((error: unknown) => {
    const named = recordsRefused(error);
    const step = steps.find(({ records }) => records.some(({ id }) => named.includes(id)));
    return ofItem(step?.path ?? "", (): T => {
      throw asAppError(error);
    });
  });

/**
 * Writes the steps with their answers and moves the records, each if nobody was faster; answers the pairs as they then
 * stand. The law that lets a record move looks at its steps, so each is written before its record moves.
 */
export async function moveRecords(
  context: MoveContext,
  steps: readonly Answering[],
): Promise<RecordPair[]> {
  const { tx, actor } = context;
  const given = steps.flatMap(({ transition, records, at, reason = null, words }) =>
    records.map((record) => {
      const { status, approvalsGiven } = standingAfter(transition, record);
      const begins = beginsRound(transition);
      return {
        id: record.id,
        organisation: record.organisationId,
        action: transition.action.toUpperCase(),
        round: begins ? record.round + 1 : record.round,
        was: record.status.toUpperCase(),
        version: record.version,
        status: status.toUpperCase(),
        approvals: approvalsGiven,
        at,
        submitted: begins ? at : null,
        approved: status === "approved" ? at : null,
        reason,
        words: words || null,
      };
    }),
  );
  const rows = await movedBy(
    steps,
    tx.rows<Moved>(sql`
    WITH ${answersSql(context, steps)} ${roundsSql(context, steps)} given AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${asJson(given)}::jsonb) AS g(id bigint, organisation int, action text,
        round smallint, was text, version int, status text, approvals smallint, at timestamptz, submitted timestamptz,
        approved timestamptz, reason text, words text)
    ), taken AS (
      INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, reason_code, words, round)
      SELECT id, organisation, action, ${actor.userId}::uuid, at, reason, words, round FROM given
      RETURNING disbursement_id AS id
    )
    UPDATE disbursements d SET status = g.status, version = g.version + 1, updated_at = g.at,
      approvals_given = g.approvals,
      submitted_at = coalesce(g.submitted, d.submitted_at), approved_at = coalesce(g.approved, d.approved_at)
    FROM given g JOIN taken ON taken.id = g.id
    WHERE d.id = g.id AND d.status = g.was AND d.version = g.version
    RETURNING d.id::text, d.version, d.approvals_needed AS needed, d.approvals_given AS given`),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return steps.map((step) => {
    const moved = (record: DisbursementRecord): DisbursementRecord => {
      if (!step.records.includes(record)) return record;
      const row = found.get(record.id);
      // taken out, so that a record named twice is stale the second time
      found.delete(record.id);
      if (!row) throw new AppError("STALE");
      return after(context, record, step, row);
    };
    const { record, partner } = step.pair;
    return ofItem(step.path, () => ({ record: moved(record), partner: partner && moved(partner) }));
  });
}

/** Notes that this reviewer has the record open; its row does not change. */
export async function noteOpened(
  { tx, actor, now }: MoveContext,
  pair: RecordPair,
): Promise<RecordPair> {
  const { record } = pair;
  await tx.run(sql`
    INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
    VALUES (${record.id}::bigint, ${record.organisationId}, 'OPEN', ${actor.userId}::uuid, ${now}::timestamptz,
      ${record.round}::smallint)`);
  const { userId: id, nameZh, nameEn } = actor;
  const step: StepView = {
    action: "open",
    actor: { id, nameZh, nameEn },
    at: now.toISOString(),
    reason: null,
    words: null,
    round: record.round,
  };
  return { ...pair, record: { ...record, steps: [...record.steps, step] } };
}
