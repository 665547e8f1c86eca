import "server-only";
import { authorise, stoppedBy } from "@/lib/features/disbursements/policy";
import {
  advancing,
  contentHalf,
  findPair,
  findingsOf,
  getDisbursement,
  subjectOf,
  type DisbursementRecord,
  type RecordPair,
} from "@/lib/features/disbursements/queries";
import { beginsRound, standingAfter, type Transition } from "@/lib/features/disbursements/workflow";
import type { ReturnInput, SubmitInput, VoidInput } from "./schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Action } from "@/lib/kernel/record-codes";
import type { Finding } from "@/lib/features/findings/types";
import { withAnswers, type Answer } from "@/lib/features/findings/rules";
import { AppError, type FieldError, type FieldErrors } from "@/lib/kernel/app-error";
import { formatFen } from "@/lib/kernel/money";
import { appendAudits } from "@/lib/platform/audit";
import type { WriteContext } from "@/lib/platform/db";

type Move = Extract<Action, "submit" | "approve" | "return" | "void">;
type MoveContext = WriteContext & { now: Date; id: string };
type Reason = { reason?: string; words?: string | null | undefined };

type Opened = { pair: RecordPair; step: Transition };

const both = ({ record, partner }: RecordPair) => (partner ? [record, partner] : [record]);
const upper = <T extends string>(word: T) => word.toUpperCase() as Uppercase<T>;

/** Reads the record with its pair and lets the step pass, or throws. */
async function openMove(input: MoveContext, action: Move, version: number): Promise<Opened> {
  const { db, scope, actor, id } = input;
  const pair = await findPair({ db, scope, id });
  const versions = { read: version, stored: pair.record.version };
  return { pair, step: authorise(actor, action, subjectOf(pair), versions) };
}

/** The new state of one record. The database checks it again, row by row. */
function moved(record: DisbursementRecord, step: Transition, now: Date) {
  const { status, approvalsGiven } = standingAfter(step, record);
  return {
    status: upper(status),
    approvalsGiven,
    version: record.version + 1,
    updatedAt: now,
    ...(beginsRound(step) ? { submittedAt: now } : {}),
    ...(status === "approved" ? { approvedAt: now } : {}),
  };
}

type Moving = MoveContext & {
  records: readonly DisbursementRecord[];
  action: Move;
  step: Transition;
} & Reason;

/** Steps first: the law that lets a record move looks at them. Then each record, if nobody was faster. */
async function moveRecords(input: Moving): Promise<void> {
  const { tx, actor, now, records, step, reason = null, words } = input;
  await tx.approvalStep.createMany({
    data: records.map((r) => ({
      disbursementId: BigInt(r.id),
      organisationId: r.organisationId,
      action: upper(step.action),
      actorId: actor.userId,
      at: now,
      reasonCode: reason,
      words: words || null,
      round: beginsRound(step) ? r.round + 1 : r.round,
    })),
  });
  for (const record of records) {
    const { count } = await tx.disbursement.updateMany({
      where: { id: BigInt(record.id), status: upper(record.status), version: record.version },
      data: moved(record, step, now),
    });
    if (count === 0) throw new AppError("STALE");
  }
}

/** Free words may name a person: the chain keeps the coded reason and the state, the step keeps the words. */
async function auditMoves(input: Moving, answers: readonly Answer[]): Promise<void> {
  const { tx, action, step, reason } = input;
  await appendAudits(
    tx,
    input.records.map((record) => ({
      action: `disbursement.${action}` as const,
      subjectId: record.id,
      body: {
        to: standingAfter(step, record).status,
        ...(step.findings && { answers: answers.map((a) => ({ rule: a.rule, answer: a.code })) }),
        ...(step.reason && { reason: reason ?? null }),
        from: record.status,
        version: record.version + 1,
        amountFen: record.amountFen,
      },
    })),
  );
}

/** Earlier answers stay unless this submission gives new ones. */
function mergedAnswers(old: readonly Answer[], given: SubmitInput["answers"]): Answer[] {
  const errors: FieldErrors = {};
  const fresh = (given ?? []).map((a, index): Answer => {
    if (a.answer === "other" && !a.words) errors[`answers.${index}.words`] = [{ key: "required" }];
    return { rule: a.rule, code: a.answer, words: a.words || null };
  });
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
  return [...fresh, ...old.filter((a) => !fresh.some((f) => f.rule === a.rule))];
}

/** Money as people read it: the sentence is shown as it is. */
function shownValues(values: Finding["values"]): Record<string, string | number> {
  const shown = (name: string, value: string | number) =>
    name.endsWith("Fen") && /^-?\d+$/.test(String(value)) ? formatFen(BigInt(value)) : value;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, shown(name, value)]),
  );
}

function findingErrors(blocking: readonly Finding[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const f of blocking) {
    const said: FieldError[] = [{ key: `finding.${f.rule}`, values: shownValues(f.values) }];
    if (f.level === "soft") said.push({ key: "answerNeeded", values: { rule: f.rule } });
    const field = f.field ?? "record";
    errors[field] = [...(errors[field] ?? []), ...said];
  }
  return errors;
}

/** Throws FINDINGS naming what stops the record; answers the answers worth keeping. */
async function checkedAnswers(
  input: MoveContext,
  { pair, step }: Opened,
  given: SubmitInput["answers"],
): Promise<Answer[]> {
  const half = contentHalf(pair);
  if (!half) return [];
  const answers = mergedAnswers(half.answers, given);
  const findings = withAnswers(await findingsOf({ ...input, pair }), answers);
  const blocking = stoppedBy(step, findings);
  if (blocking.length > 0) throw new AppError("FINDINGS", { fieldErrors: findingErrors(blocking) });
  const soft = new Set(findings.filter((f) => f.level === "soft").map((f) => f.rule));
  return answers.filter((a) => soft.has(a.rule));
}

async function storeAnswers(input: MoveContext, pair: RecordPair, answers: readonly Answer[]) {
  const { tx, actor, now } = input;
  const half = contentHalf(pair);
  if (!half || (half.answers.length === 0 && answers.length === 0)) return;
  const place = { disbursementId: BigInt(half.id), organisationId: half.organisationId };
  await tx.findingAnswer.deleteMany({ where: place });
  await tx.findingAnswer.createMany({
    data: answers.map((a) => ({
      ...place,
      rule: a.rule,
      answerCode: a.code,
      words: a.words,
      answeredBy: actor.userId,
      answeredAt: now,
    })),
  });
}

type Given = { version: number; answers?: SubmitInput["answers"] } & Reason;

/** One step of the workflow: what it asks for, whom it moves and where to stand in its row of the table. */
async function takeStep(
  input: MoveContext & { input: Given },
  action: Move,
): Promise<DisbursementDetail> {
  const { version, answers: given, reason, words } = input.input;
  const opened = await openMove(input, action, version);
  const { pair, step } = opened;
  const answers = step.findings === "settled" ? await checkedAnswers(input, opened, given) : [];
  if (step.findings === "settled") await storeAnswers(input, pair, answers);
  // An approval goes to the halves of a pair whose turn it is, so that both end together.
  const records = step.until === undefined ? both(pair) : advancing(pair);
  const moving = { ...input, records, action, step, ...(reason && { reason, words }) };
  await moveRecords(moving);
  await auditMoves(moving, answers);
  return getDisbursement(input);
}

/** 上报. Hard findings stop it; soft ones need a coded answer, which travels to the reviewer. */
export function submitDisbursement(
  input: MoveContext & { input: SubmitInput },
): Promise<DisbursementDetail> {
  return takeStep(input, "submit");
}

export function approveDisbursement(
  input: MoveContext & { input: { version: number } },
): Promise<DisbursementDetail> {
  return takeStep(input, "approve");
}

/** 退回 to the clerk, who sees the coded reason and the words. */
export function returnDisbursement(
  input: MoveContext & { input: ReturnInput },
): Promise<DisbursementDetail> {
  return takeStep(input, "return");
}

/** 作废: the record stays, with who, when and why; it is never counted again. */
export function voidDisbursement(
  input: MoveContext & { input: VoidInput },
): Promise<DisbursementDetail> {
  return takeStep(input, "void");
}
