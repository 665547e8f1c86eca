import "server-only";
import type { RecordPair, DisbursementRecord } from "@/lib/features/disbursements/queries";
import type { Action, StepView } from "@/lib/features/disbursements/types";
import type { Answer } from "@/lib/features/findings/rules";
import { AppError, ofItem } from "@/lib/kernel/app-error";
import { sql, type WriteContext } from "@/lib/platform/db";
import { asJson, rowsOf } from "@/lib/platform/tables";

export type MoveContext = WriteContext & { now: Date };
export type Move = Extract<Action, "submit" | "approve" | "return" | "void">;

/** A step about to be taken with the records of a pair whose turn it is. */
export type Step = {
  path: string;
  pair: RecordPair;
  records: readonly DisbursementRecord[];
  at: Date;
  reason?: string | undefined;
  words?: string | null | undefined;
  /** Of a submission: the answers that travel with it. */
  answers?: readonly Answer[] | undefined;
};

/** The new state of one record. The database checks it again, row by row. */
function nextState(record: DisbursementRecord, action: Move) {
  switch (action) {
    case "submit":
      return { status: "submitted" as const, given: 0 };
    case "return":
      return { status: "returned" as const, given: 0 };
    case "void":
      return { status: "voided" as const, given: 0 };
    case "approve": {
      const given = record.approvalsGiven + 1;
      const last = given === record.approvalsNeeded;
      return { status: last ? ("approved" as const) : ("submitted" as const), given };
    }
  }
}

type Moved = { id: string; version: number; needed: number };

/** The record as it stands after the step. */
function after(
  { actor }: MoveContext,
  action: Move,
  record: DisbursementRecord,
  step: Step,
  moved: Moved,
): DisbursementRecord {
  const { status, given } = nextState(record, action);
  const { at, reason = null, words } = step;
  const person = { id: actor.userId, nameZh: actor.nameZh, nameEn: actor.nameEn };
  const submits = action === "submit";
  const round = submits ? record.round + 1 : record.round;
  const taken: StepView = { action, actor: person, at: at.toISOString(), reason, words: words || null, round }; // prettier-ignore
  return {
    ...record,
    status,
    version: moved.version,
    approvalsNeeded: moved.needed,
    approvalsGiven: given,
    updatedAt: at,
    round,
    steps: [...record.steps, taken],
    ...(submits ? { submittedAt: at, submittedBy: person, approvedBy: [] } : {}),
    ...(action === "approve" ? { approvedBy: [...record.approvedBy, person.id] } : {}),
    ...(status === "approved" ? { approvedAt: at } : {}),
  };
}

/**
 * Writes the steps and moves the records, each if nobody was faster; answers the pairs as they then
 * stand. The law that lets a record move looks at its steps, so each is written before its record moves.
 */
export async function moveRecords(
  context: MoveContext,
  action: Move,
  steps: readonly Step[],
): Promise<RecordPair[]> {
  const { tx, actor } = context;
  const given = steps.flatMap(({ records, at, reason = null, words }) =>
    records.map((record) => {
      const { status, given: approvals } = nextState(record, action);
      return {
        id: record.id,
        organisation: record.organisationId,
        round: action === "submit" ? record.round + 1 : record.round,
        was: record.status.toUpperCase(),
        version: record.version,
        status: status.toUpperCase(),
        approvals,
        at,
        reason,
        words: words || null,
      };
    }),
  );
  const rows = await tx.rows<Moved>(sql`
    WITH given AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${asJson(given)}::jsonb) AS g(id bigint, organisation int, round smallint,
        was text, version int, status text, approvals smallint, at timestamptz, reason text, words text)
    ), taken AS (
      INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, reason_code, words, round)
      SELECT id, organisation, ${action.toUpperCase()}, ${actor.userId}::uuid, at, reason, words, round FROM given
      RETURNING disbursement_id AS id
    )
    UPDATE disbursements d SET status = g.status, version = g.version + 1, updated_at = g.at,
      approvals_given = g.approvals,
      submitted_at = CASE ${action.toUpperCase()} WHEN 'SUBMIT' THEN g.at ELSE d.submitted_at END,
      approved_at = CASE g.status WHEN 'APPROVED' THEN g.at ELSE d.approved_at END
    FROM given g JOIN taken ON taken.id = g.id
    WHERE d.id = g.id AND d.status = g.was AND d.version = g.version
    RETURNING d.id::text, d.version, d.approvals_needed AS needed`);
  const found = new Map(rows.map((row) => [row.id, row]));
  return steps.map((step) => {
    const moved = (record: DisbursementRecord): DisbursementRecord => {
      if (!step.records.includes(record)) return record;
      const row = found.get(record.id);
      // taken out, so that a record named twice is stale the second time
      found.delete(record.id);
      if (!row) throw new AppError("STALE");
      const answers = step.answers && record.entryKind !== "reversal" ? [...step.answers] : record.answers; // prettier-ignore
      return { ...after(context, action, record, step, row), answers };
    };
    const { record, partner } = step.pair;
    return ofItem(step.path, () => ({ record: moved(record), partner: partner && moved(partner) }));
  });
}

/** The answers that travel to the reviewer; those of an earlier submission go where new ones stand. */
export async function storeAnswers(
  { tx, actor }: MoveContext,
  given: readonly { half: DisbursementRecord; answers: readonly Answer[]; at: Date }[],
): Promise<void> {
  const touched = given.filter(
    ({ half, answers }) => half.answers.length > 0 || answers.length > 0,
  );
  if (touched.length === 0) return;
  const ids = touched.map(({ half }) => half.id);
  const rows = touched.flatMap(({ half, answers, at }) =>
    answers.map((answer) => ({
      disbursementId: half.id,
      organisationId: half.organisationId,
      rule: answer.rule,
      answerCode: answer.code,
      words: answer.words,
      answeredBy: actor.userId,
      answeredAt: at,
    })),
  );
  await tx.run(sql`
    WITH gone AS (DELETE FROM finding_answers WHERE disbursement_id = ANY (${ids}::bigint[]) RETURNING 1)
    INSERT INTO finding_answers (disbursement_id, organisation_id, rule, answer_code, words, answered_by, answered_at)
    SELECT disbursement_id, organisation_id, rule, answer_code, words, answered_by, answered_at
    FROM ${rowsOf("finding_answers", rows)} WHERE (SELECT count(*) FROM gone) >= 0`);
}
