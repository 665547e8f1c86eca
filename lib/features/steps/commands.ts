import "server-only";
import { authorise, decide, stoppedBy } from "@/lib/features/disbursements/policy";
import {
  advancing,
  targetOf,
  detailsOf,
  findingsOf,
  judgePairs,
  listRecords,
  pairOf,
  referenceOf,
  standingsOf,
  toChecked,
  subjectOf,
  type DisbursementRecord,
  type RecordPair,
} from "@/lib/features/disbursements/queries";
import type { StandingDisbursement } from "@/lib/features/disbursements/types";
import { standingAfter } from "@/lib/features/disbursements/workflow";
import { hardOfItself } from "@/lib/features/checks/rules";
import type { Draft } from "@/lib/features/checks/types";
import { leftOfSource, withAnswers, type Answer } from "@/lib/features/findings/rules";
import { namedError } from "@/lib/features/findings/queries";
import type { Finding } from "@/lib/features/findings/types";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import {
  AppError,
  ofItem,
  ofItems,
  tried,
  type FieldError,
  type FieldErrors,
  type Tried,
} from "@/lib/kernel/app-error";
import type { Action } from "@/lib/kernel/record-codes";
import { refusalOf } from "@/lib/features/disbursements/present";
import { noteClaimRefusals } from "@/lib/platform/claim-refusals";
import { asAppError } from "@/lib/platform/database-error";
import { sql } from "@/lib/platform/db";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import type { ReturnInput, SubmitInput, SubmittedSet, VoidInput } from "./schema";
import { moveRecords, noteOpened, type MoveContext, type Step } from "./statements";

type Move = Extract<Action, "submit" | "withdraw" | "approve" | "return" | "void">;

/** One of a set. `path` is how a refusal names it: `items.3` unless said otherwise. */
type MoveItem<I> = {
  path?: string;
  id: string;
  input: I;
  /** When, where that is not now: for imports only. */
  at?: Date;
};
type Items<I> = MoveContext & { items: readonly MoveItem<I>[] };
type Given = {
  version: number;
  answers?: SubmitInput["answers"];
  reply?: SubmitInput["reply"];
  reason?: string;
  words?: string | null | undefined;
};
type Opened = Omit<Step, "answers" | "findings"> & {
  action: Move;
  input: Given;
  target: DisbursementRecord | null;
};
type Judged = { answers: Answer[]; findings: Finding[] };
type Settled = Opened & Partial<Judged>;

/** Reads the records with their pairs and lets each step pass, or not. */
async function openEach(context: Items<Given>, action: Move): Promise<Tried<Opened>[]> {
  const { db, scope, actor, now, items } = context;
  const records = await listRecords({ db, scope, ids: items.map(({ id }) => id) });
  return items.map(({ id, input, at = now, path: given }, index) => {
    const path = given ?? `items.${index}`;
    return tried(() =>
      ofItem(path, () => {
        const pair = pairOf(records, id);
        if (!pair) throw new AppError("NOT_FOUND");
        const versions = { read: input.version, stored: pair.record.version };
        const transition = authorise(actor, action, subjectOf(pair), versions);
        const { record, partner } = pair;
        const both = partner ? [record, partner] : [record];
        // An approval goes to the halves of a pair whose turn it is, so that both end together.
        const moving = transition.until === undefined ? both : advancing(pair);
        const { reason, words, reply } = input;
        const target = targetOf(pair);
        return {
          action,
          path,
          input,
          pair,
          target,
          transition,
          records: moving,
          at,
          ...(reason && { reason, words }),
          ...(reply && { words: reply }),
        };
      }),
    );
  });
}

/** All of them, or the first refusal. */
async function openSteps(context: Items<Given>, action: Move): Promise<Opened[]> {
  return (await openEach(context, action)).map(({ value, refused }) => {
    if (refused) throw refused;
    return value;
  });
}

/** Free words may name a person: the chain keeps the coded reason and the state, the step keeps the words. */
function entriesOf({ action, transition, records, answers = [], reason }: Settled): AuditInput[] {
  return records.map((record) => ({
    action: `disbursement.${action}`,
    subjectId: record.id,
    body: {
      to: standingAfter(transition, record).status,
      ...(transition.findings === "settled" && {
        answers: answers.map((a) => ({ rule: a.rule, answer: a.code })),
      }),
      ...(transition.reason && { reason: reason ?? null }),
      from: record.status,
      version: record.version + 1,
      amountFen: record.amountFen,
    },
  }));
}

/** Earlier answers stay, for the values they were given for, unless this submission gives new ones. */
function mergedAnswers(
  old: readonly Answer[],
  given: SubmitInput["answers"],
  found: readonly Draft[],
): Answer[] {
  const errors: FieldErrors = {};
  const fresh = (given ?? []).map((a, index): Answer => {
    if (a.answer === "other" && !a.words) errors[`answers.${index}.words`] = [{ key: "required" }];
    const values = found.find(({ rule }) => rule === a.rule)?.values ?? null;
    return { rule: a.rule, code: a.answer, words: a.words || null, values };
  });
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
  return [...fresh, ...old.filter((a) => !fresh.some((f) => f.rule === a.rule))];
}

function findingErrors(
  target: Pick<DisbursementRecord, "shares">,
  blocking: readonly Finding[],
): FieldErrors {
  const errors: FieldErrors = {};
  for (const f of blocking) {
    const said: FieldError[] = [
      { key: `finding.${f.rule}`, values: f.values },
      ...leftOfSource(target, f),
    ];
    if (f.level === "soft") said.push({ key: "answerNeeded", values: { rule: f.rule } });
    const field = f.field ?? "record";
    errors[field] = [...(errors[field] ?? []), ...said];
  }
  return errors;
}

/** Throws FINDINGS naming what stops the record; answers what was found, with the answers worth keeping. */
function checkedFindings({ target, transition, input }: Opened, found: readonly Draft[]): Judged {
  if (!target) return { answers: [], findings: [] };
  const merged = mergedAnswers(target.answers, input.answers, found);
  const findings = withAnswers(found, merged);
  const blocking = stoppedBy(transition, findings);
  if (blocking.length > 0)
    throw new AppError("FINDINGS", { fieldErrors: findingErrors(target, blocking) });
  const soft = new Set(findings.filter((f) => f.level === "soft").map((f) => f.rule));
  return { answers: merged.filter((a) => soft.has(a.rule)), findings };
}

/** What the checks find, asked at each record's own time. */
function judged(context: MoveContext, steps: readonly Opened[], pairs: readonly RecordPair[]) {
  const times = new Map(steps.map(({ target, at }) => [target?.id, at]));
  return judgePairs({ ...context, pairs, at: (id) => times.get(id) });
}

/** What an approver may not pass, whatever was so when the record was submitted. */
function requireNoHard({ target, transition, at }: Opened): void {
  if (!target || transition.findings !== "no-hard") return;
  const found = hardOfItself(toChecked(target), civilDateInChina(at));
  const stopping = stoppedBy(transition, withAnswers(found, []));
  if (stopping.length > 0)
    throw new AppError("FINDINGS", { fieldErrors: findingErrors(target, stopping) });
}

const settles = ({ transition }: Opened) => transition.findings === "settled";

/**
 * One step of the workflow with many records, all of them or none: what it asks for and where to is in
 * its row of the table. Where findings are to be settled, each is judged once, before it moves: its own
 * step changes nothing that is looked at. Those it is taken with do (together they may spend more than
 * was received), so that a set is judged as a whole once more. An approval
 * asks what the record says by itself, and the law what was received; other steps look for nothing.
 */
async function takeSteps(context: Items<Given>, action: Move) {
  try {
    return await stepsTaken(context, action);
  } catch (error) {
    throw await namedError(context, error);
  }
}

async function stepsTaken(context: Items<Given>, action: Move) {
  const opened = await openSteps(context, action);
  const asked = opened.filter(settles);
  const pairs = asked.map(({ pair }) => pair);
  const found = await judged(context, asked, pairs);
  const steps = opened.map((step): Settled => {
    if (!settles(step)) {
      ofItem(step.path, () => requireNoHard(step));
      return step;
    }
    return { ...step, ...ofItem(step.path, () => checkedFindings(step, found(step.pair))) };
  });
  const moved = await moveRecords(context, steps);
  if (steps.length > 1 && asked.length > 0) {
    const together = await judged(context, asked, moved);
    for (const step of asked) ofItem(step.path, () => checkedFindings(step, together(step.pair)));
  }
  appendAudits(context.tx, steps.flatMap(entriesOf));
  return { ...context, pairs: moved, found };
}

/** 上报. Hard findings stop it; soft ones need a coded answer, which travels to the reviewer. */
export const submitDisbursements = async (context: Items<SubmitInput>) =>
  detailsOf(await takeSteps(context, "submit"));

type Found = Awaited<ReturnType<typeof judged>>;
/** What of a set goes, with what was found in it, and what of it stays, with why. */
type Sorted = { going: Settled[]; staying: Map<string, AppError>; found: Map<string, Found> };

const within = (path: string, named: string) => named === path || named.startsWith(`${path}.`);

/** Of those that would go, whatever the attempt refuses by its name stays. */
function sortedOut({ going, staying, found }: Sorted, refused: AppError, together?: Found): Sorted {
  const names = Object.keys(refused.fieldErrors ?? {});
  const named = going.filter(({ path }) => names.some((name) => within(path, name)));
  if (named.length === 0) throw refused;
  return {
    going: going.filter((step) => !named.includes(step)),
    staying: new Map([...staying, ...named.map(({ path }) => [path, refused] as const)]),
    found: new Map([
      ...found,
      ...named.flatMap(({ path }) => (together ? [[path, together] as const] : [])),
    ]),
  };
}

/**
 * Tries whether they can go together, and takes it back: what is written for good is written in the transaction
 * itself, because an entry of the audit chain tells of nothing else. What was found then is what they are handed in with.
 */
async function triedTogether(
  context: MoveContext,
  going: readonly Settled[],
): Promise<{ refused?: AppError; found?: Found; going: Settled[] }> {
  const { tx } = context;
  let found: Found | undefined;
  await tx.run(sql`SAVEPOINT trying`);
  try {
    const together = await judged(context, going, await moveRecords(context, going));
    found = together;
    const passed = ofItems(going, (step) => checkedFindings(step, together(step.pair)));
    return { found, going: going.map((step, n) => ({ ...step, ...passed[n] })) };
  } catch (error) {
    const refused = asAppError(error);
    if (refused instanceof AppError) return { refused, ...(found && { found }), going: [] };
    throw error;
  } finally {
    await tx.run(sql`ROLLBACK TO SAVEPOINT trying`);
    await tx.run(sql`RELEASE SAVEPOINT trying`);
  }
}

/**
 * 上报 of what may go: each record is judged by itself, those that pass together once more. What is refused stays as it
 * is, and says why; whoever asks is answered for each.
 */
export async function submitEach(context: Items<SubmitInput>): Promise<SubmittedSet> {
  const opened = await openEach(context, "submit");
  const steps = opened.flatMap((one) => one.value ?? []);
  const found = await judged(
    context,
    steps,
    steps.map(({ pair }) => pair),
  );
  const pathOf = (n: number) => `items.${n}`;
  let sorted: Sorted = {
    going: [],
    staying: new Map(
      opened.flatMap((one, n) => (one.refused ? [[pathOf(n), one.refused] as const] : [])),
    ),
    found: new Map(),
  };
  for (const step of steps) {
    const checked = tried(() => ofItem(step.path, () => checkedFindings(step, found(step.pair))));
    if (checked.refused) sorted.staying.set(step.path, checked.refused);
    else sorted.going.push({ ...step, ...checked.value });
  }
  while (sorted.going.length > 1) {
    const { refused, found: together, going } = await triedTogether(context, sorted.going);
    if (refused) sorted = sortedOut(sorted, refused, together);
    else {
      const foundIn = going.flatMap(({ path }) => (together ? [[path, together] as const] : []));
      sorted = { ...sorted, going, found: new Map([...sorted.found, ...foundIn]) };
      break;
    }
  }
  await noteClaimRefusals(context.tx, sorted.staying.values());
  const moved = sorted.going.length > 0 ? await moveRecords(context, sorted.going) : [];
  appendAudits(context.tx, sorted.going.flatMap(entriesOf));
  const now = new Map(sorted.going.map(({ path }, n) => [path, moved[n]]));
  return {
    items: context.items.map(({ id }, n) => {
      const path = pathOf(n);
      const pair = now.get(path) ?? opened[n]?.value?.pair ?? null;
      const { code, problems } = refusalOf(sorted.staying.get(path));
      return {
        id,
        code,
        problems: problems.flatMap((one) =>
          within(path, one.path) && one.path !== path
            ? [{ ...one, path: one.path.slice(path.length + 1) }]
            : [],
        ),
        reference: pair && referenceOf(pair.record),
        version: pair?.record.version ?? null,
        status: pair?.record.status ?? null,
        findings: pair
          ? findingsOf(context.actor, pair, (sorted.found.get(path) ?? found)(pair))
          : [],
      };
    }),
  };
}

/** 撤回: a draft again, as long as no reviewer has opened it. */
const withdrawDisbursements = async (context: Items<{ version: number }>) =>
  standingsOf(await takeSteps(context, "withdraw"));

/**
 * A reviewer has it open. Said once a submission, by whoever may approve it; of others, and of what does not
 * wait any more, nothing is noted: they only look.
 */
export async function openDisbursement(
  context: MoveContext & { id: string; input: { version: number } },
): Promise<StandingDisbursement> {
  const { db, scope, actor, id, input } = context;
  const pair = pairOf(await listRecords({ db, scope, ids: [id] }), id);
  if (!pair) throw new AppError("NOT_FOUND");
  const subject = subjectOf(pair);
  if (pair.record.version !== input.version) throw new AppError("STALE");
  const notes = decide(actor, "approve", subject).allowed && !subject.opened;
  const opened = notes ? await noteOpened(context, pair) : pair;
  if (notes)
    appendAudits(context.tx, [
      { action: "disbursement.open", subjectId: id, body: { version: input.version } },
    ]);
  const [answer] = await standingsOf({ db, actor, pairs: [opened] });
  if (!answer) throw new AppError("INTERNAL");
  return answer;
}

export const approveDisbursements = async (context: Items<{ version: number }>) =>
  standingsOf(await takeSteps(context, "approve"));

/** 退回 to the clerk, who sees the coded reason and the words. */
export const returnDisbursements = async (context: Items<ReturnInput>) =>
  standingsOf(await takeSteps(context, "return"));

/** 作废: the record stays, with who, when and why; it is never counted again. */
export const voidDisbursements = async (context: Items<VoidInput>) =>
  standingsOf(await takeSteps(context, "void"));

/** The same verb for one record, whose refusal needs no number. */
const one =
  <I, Answered>(verb: (context: Items<I>) => Promise<Answered[]>) =>
  async (context: MoveContext & { id: string; input: I }): Promise<Answered> => {
    const { id, input } = context;
    const [answer] = await verb({ ...context, items: [{ path: "", id, input }] });
    if (answer === undefined) throw new AppError("INTERNAL");
    return answer;
  };

export const submitDisbursement = one(submitDisbursements);
export const withdrawDisbursement = one(withdrawDisbursements);
export const approveDisbursement = one(approveDisbursements);
export const returnDisbursement = one(returnDisbursements);
export const voidDisbursement = one(voidDisbursements);
