import "server-only";
import { authorise } from "@/lib/features/disbursements/policy";
import {
  advancing,
  contentHalf,
  detailsOf,
  judgePairs,
  listRecords,
  pairOf,
  subjectOf,
  type DisbursementRecord,
  type RecordPair,
} from "@/lib/features/disbursements/queries";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import {
  blockingFindings,
  withAnswers,
  type Answer,
  type Draft,
} from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import { AppError, ofItem, type FieldError, type FieldErrors } from "@/lib/kernel/app-error";
import { formatFen } from "@/lib/kernel/money";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import type { ReturnInput, SubmitInput, VoidInput } from "./schema";
import { moveRecords, storeAnswers, type Move, type MoveContext, type Step } from "./statements";

/** One of a set. `path` is how a refusal names it: `items.3` unless said otherwise. */
export type MoveItem<I> = {
  path?: string;
  id: string;
  input: I;
  /** When, where that is not now: for imports only. */
  at?: Date;
};
type Items<I> = MoveContext & { items: readonly MoveItem<I>[] };
type Opened<I> = { path: string; input: I; pair: RecordPair; at: Date };

const both = ({ record, partner }: RecordPair) => (partner ? [record, partner] : [record]);

/** Reads the records with their pairs and lets the step pass, or throws. */
async function openMoves<I extends { version: number }>(
  context: Items<I>,
  action: Move,
): Promise<Opened<I>[]> {
  const { db, scope, actor, now, items } = context;
  const records = await listRecords({ db, scope, ids: items.map(({ id }) => id) });
  return items.map(({ id, input, at = now, path }, index) => {
    const named = path ?? `items.${index}`;
    return ofItem(named, () => {
      const pair = pairOf(records, id);
      if (!pair) throw new AppError("NOT_FOUND");
      const versions = { read: input.version, stored: pair.record.version };
      authorise(actor, action, subjectOf(pair), versions);
      return { path: named, input, pair, at };
    });
  });
}

/** Free words may name a person: the chain keeps the coded reason and the state, the step keeps the words. */
function entriesOf(
  action: Move,
  records: readonly DisbursementRecord[],
  body: AuditInput["body"],
): AuditInput[] {
  return records.map((record) => ({
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
  }));
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
function checkedAnswers(
  half: DisbursementRecord | null,
  found: readonly Draft[],
  given: SubmitInput["answers"],
): Answer[] {
  if (!half) return [];
  const merged = mergedAnswers(half.answers, given);
  const findings = withAnswers(found, merged);
  const blocking = blockingFindings(findings);
  if (blocking.length > 0) throw new AppError("FINDINGS", { fieldErrors: findingErrors(blocking) });
  const soft = new Set(findings.filter((f) => f.level === "soft").map((f) => f.rule));
  return merged.filter((a) => soft.has(a.rule));
}

/** 上报. Hard findings stop it; soft ones need a coded answer, which travels to the reviewer. */
export async function submitDisbursements(
  context: Items<SubmitInput>,
): Promise<DisbursementDetail[]> {
  const opened = await openMoves(context, "submit");
  const times = new Map(opened.map(({ pair, at }) => [contentHalf(pair)?.id, at]));
  const pairs = opened.map(({ pair }) => pair);
  const found = await judgePairs({ ...context, pairs, at: (id) => times.get(id) });
  const steps = opened.map(({ path, pair, at, input }) => {
    const half = contentHalf(pair);
    const kept = ofItem(path, () => checkedAnswers(half, found(pair), input.answers));
    return { path, pair, at, half, answers: kept, records: both(pair) };
  });
  await storeAnswers(
    context,
    steps.flatMap((step) => (step.half ? [{ ...step, half: step.half }] : [])),
  );
  const moved = await moveRecords(context, "submit", steps);
  appendAudits(
    context.tx,
    steps.flatMap(({ records, answers: kept }) =>
      entriesOf("submit", records, {
        to: "submitted",
        answers: kept.map((a) => ({ rule: a.rule, answer: a.code })),
      }),
    ),
  );
  return detailsOf({ ...context, pairs: moved, found });
}

/** Takes the steps, writes them down, and judges what then stands there. */
async function take(
  context: MoveContext,
  action: Move,
  steps: readonly (Step & { body: AuditInput["body"] })[],
): Promise<DisbursementDetail[]> {
  const pairs = await moveRecords(context, action, steps);
  appendAudits(
    context.tx,
    steps.flatMap(({ records, body }) => entriesOf(action, records, body)),
  );
  return detailsOf({ ...context, pairs, found: await judgePairs({ ...context, pairs }) });
}

/** Gives the next approval; of a pair, to the halves whose turn it is, so that both end together. */
export async function approveDisbursements(
  context: Items<{ version: number }>,
): Promise<DisbursementDetail[]> {
  const opened = await openMoves(context, "approve");
  const steps = opened.map(({ path, pair, at }) => {
    const records = advancing(pair);
    const last = records.every((r) => r.approvalsGiven + 1 === r.approvalsNeeded);
    return { path, pair, at, records, body: { to: last ? "approved" : "submitted" } };
  });
  return take(context, "approve", steps);
}

/** 退回 to the clerk, who sees the coded reason and the words. */
export async function returnDisbursements(
  context: Items<ReturnInput>,
): Promise<DisbursementDetail[]> {
  const opened = await openMoves(context, "return");
  const steps = opened.map(({ input: { reason, words }, ...rest }) => {
    return { ...rest, records: both(rest.pair), reason, words, body: { to: "returned", reason } };
  });
  return take(context, "return", steps);
}

/** 作废: the record stays, with who, when and why; it is never counted again. */
export async function voidDisbursements(context: Items<VoidInput>): Promise<DisbursementDetail[]> {
  const opened = await openMoves(context, "void");
  const steps = opened.map(({ input: { reason, words }, ...rest }) => {
    return { ...rest, records: both(rest.pair), reason, words, body: { to: "voided", reason } };
  });
  return take(context, "void", steps);
}

/** The same verb for one record, whose refusal needs no number. */
const one =
  <I>(verb: (context: Items<I>) => Promise<DisbursementDetail[]>) =>
  async (context: MoveContext & { id: string; input: I }): Promise<DisbursementDetail> => {
    const { id, input } = context;
    const [answer] = await verb({ ...context, items: [{ path: "", id, input }] });
    if (!answer) throw new AppError("INTERNAL");
    return answer;
  };

export const submitDisbursement = one(submitDisbursements);
export const approveDisbursement = one(approveDisbursements);
export const returnDisbursement = one(returnDisbursements);
export const voidDisbursement = one(voidDisbursements);
