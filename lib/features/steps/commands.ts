import "server-only";
import { authorise } from "@/lib/features/disbursements/policy";
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
import type { ReturnInput, SubmitInput, VoidInput } from "./schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Action } from "@/lib/kernel/record-codes";
import type { Finding } from "@/lib/features/findings/types";
import { blockingFindings, withAnswers, type Answer } from "@/lib/features/findings/rules";
import { AppError, type FieldError, type FieldErrors } from "@/lib/kernel/app-error";
import { formatFen } from "@/lib/kernel/money";
import { appendAudit } from "@/lib/platform/audit";
import type { WriteContext } from "@/lib/platform/db";

type Move = Extract<Action, "submit" | "approve" | "return" | "void">;
type MoveContext = WriteContext & { now: Date; id: string };
type Reason = { reason?: string; words?: string | null | undefined };

const STEP = { submit: "SUBMIT", approve: "APPROVE", return: "RETURN", void: "VOID" } as const;

const both = ({ record, partner }: RecordPair) => (partner ? [record, partner] : [record]);

/** Reads the record with its pair and lets the step pass, or throws. */
async function openMove(input: MoveContext, action: Move, version: number): Promise<RecordPair> {
  const { db, scope, actor, id } = input;
  const pair = await findPair({ db, scope, id });
  authorise(actor, action, subjectOf(pair), { read: version, stored: pair.record.version });
  return pair;
}

/** The new state of one record. The database checks it again, row by row. */
function nextState(record: DisbursementRecord, action: Move, now: Date) {
  const next = { version: record.version + 1, updatedAt: now };
  switch (action) {
    case "submit":
      return { ...next, status: "SUBMITTED" as const, submittedAt: now, approvalsGiven: 0 };
    case "return":
      return { ...next, status: "RETURNED" as const };
    case "void":
      return { ...next, status: "VOIDED" as const };
    case "approve": {
      const approvalsGiven = record.approvalsGiven + 1;
      const last = approvalsGiven === record.approvalsNeeded;
      return last
        ? { ...next, approvalsGiven, status: "APPROVED" as const, approvedAt: now }
        : { ...next, approvalsGiven, status: "SUBMITTED" as const };
    }
  }
}

/** Steps first: the law that lets a record move looks at them. Then each record, if nobody was faster. */
async function moveRecords(
  input: MoveContext & { records: DisbursementRecord[]; action: Move } & Reason,
): Promise<void> {
  const { tx, actor, now, records, action, reason = null, words } = input;
  await tx.approvalStep.createMany({
    data: records.map((r) => ({
      disbursementId: BigInt(r.id),
      organisationId: r.organisationId,
      action: STEP[action],
      actorId: actor.userId,
      at: now,
      reasonCode: reason,
      words: words || null,
      round: action === "submit" ? r.round + 1 : r.round,
    })),
  });
  for (const record of records) {
    const { count } = await tx.disbursement.updateMany({
      where: {
        id: BigInt(record.id),
        status: record.status.toUpperCase() as Uppercase<typeof record.status>,
        version: record.version,
      },
      data: nextState(record, action, now),
    });
    if (count === 0) throw new AppError("STALE");
  }
}

type AuditBody = Parameters<typeof appendAudit>[1]["body"];

/** Free words may name a person: the chain keeps the coded reason and the state, the step keeps the words. */
async function auditMoves(
  { tx }: MoveContext,
  records: readonly DisbursementRecord[],
  action: Move,
  body: AuditBody,
): Promise<void> {
  for (const record of records)
    await appendAudit(tx, {
      action: `disbursement.${action}`,
      subjectType: "disbursement",
      subjectId: record.id,
      organisationId: record.organisationId,
      body: {
        ...body,
        from: record.status,
        version: record.version + 1,
        amountFen: record.amountFen,
      },
    });
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
  pair: RecordPair,
  given: SubmitInput["answers"],
): Promise<Answer[]> {
  const half = contentHalf(pair);
  if (!half) return [];
  const answers = mergedAnswers(half.answers, given);
  const findings = withAnswers(await findingsOf({ ...input, pair }), answers);
  const blocking = blockingFindings(findings);
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

/** 上报. Hard findings stop it; soft ones need a coded answer, which travels to the reviewer. */
export async function submitDisbursement(
  input: MoveContext & { input: SubmitInput },
): Promise<DisbursementDetail> {
  const pair = await openMove(input, "submit", input.input.version);
  const answers = await checkedAnswers(input, pair, input.input.answers);
  await storeAnswers(input, pair, answers);
  const records = both(pair);
  await moveRecords({ ...input, records, action: "submit" });
  const answered = answers.map((a) => ({ rule: a.rule, answer: a.code }));
  await auditMoves(input, records, "submit", { to: "submitted", answers: answered });
  return getDisbursement(input);
}

/** Gives the next approval; of a pair, to the halves whose turn it is, so that both end together. */
export async function approveDisbursement(
  input: MoveContext & { input: { version: number } },
): Promise<DisbursementDetail> {
  const pair = await openMove(input, "approve", input.input.version);
  const records = advancing(pair);
  await moveRecords({ ...input, records, action: "approve" });
  const last = records.every((r) => r.approvalsGiven + 1 === r.approvalsNeeded);
  await auditMoves(input, records, "approve", { to: last ? "approved" : "submitted" });
  return getDisbursement(input);
}

/** 退回 to the clerk, who sees the coded reason and the words. */
export async function returnDisbursement(
  input: MoveContext & { input: ReturnInput },
): Promise<DisbursementDetail> {
  const { version, reason, words } = input.input;
  const records = both(await openMove(input, "return", version));
  await moveRecords({ ...input, records, action: "return", reason, words });
  await auditMoves(input, records, "return", { to: "returned", reason });
  return getDisbursement(input);
}

/** 作废: the record stays, with who, when and why; it is never counted again. */
export async function voidDisbursement(
  input: MoveContext & { input: VoidInput },
): Promise<DisbursementDetail> {
  const { version, reason, words } = input.input;
  const records = both(await openMove(input, "void", version));
  await moveRecords({ ...input, records, action: "void", reason, words });
  await auditMoves(input, records, "void", { to: "voided", reason });
  return getDisbursement(input);
}
