import "server-only";
import { perHeadOf } from "@/lib/features/findings/present";
import { judgeUnstored, leftOfSources } from "@/lib/features/findings/queries";
import { findCodes } from "@/lib/features/reference/queries";
import type { Codes } from "@/lib/features/reference/types";
import { AppError, ofItem, ofItems, tried } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import { sql } from "@/lib/platform/db";
import {
  authorise,
  decideCreate,
  noOrganisation,
  programmeOf,
  requireInUse,
  requireWritable,
} from "./policy";
import {
  targetOf,
  detailsOf,
  findingsOf,
  judgePairs,
  listRecords,
  pairOf,
  subjectOf,
  toChecked,
  type DisbursementRecord,
  type RecordPair,
} from "./queries";
import { refusalOf } from "./present";
import { alikeAmong, changes, contentOf, mergeFields, newContent, postedOn } from "./rules";
import {
  editedOf,
  insertAdjustments,
  insertRecords,
  insertReversals,
  formOf,
  unstored,
  unstoredDraft,
  updateRecords,
  type CommandContext,
  type Correction,
  type Draft,
  type Edit,
  type Link,
  type Provenance,
  type Unstored,
} from "./statements";
import type {
  AdjustInput,
  Checked,
  CheckedSet,
  CheckInput,
  DisbursementFields,
  UpdateInput,
} from "./schema";
import type { DisbursementDetail } from "./types";

export type { CommandContext, Provenance };

/** What only asks holds nothing to write with. */
type Asking = Omit<CommandContext, "tx">;

/** One of a set. `path` is how a refusal names it: `created.3`, unless said otherwise. */
type Item = { path?: string };
type NewItem = Item & { fields: DisbursementFields; provenance?: Provenance | undefined };
type ChangedItem = Item & { id: string; fields: UpdateInput; at?: Date };

const named = <T extends Item>(list: string, items: readonly T[]): (T & { path: string })[] =>
  items.map((item, index) => ({ ...item, path: item.path ?? `${list}.${index}` }));

const entry = (
  verb: "create" | "update" | "adjust",
  id: string,
  body: AuditInput["body"],
): AuditInput => ({ action: `disbursement.${verb}`, subjectId: id, body });

/** What the clerk left out comes from the programme. */
function draftOf({ actor, now }: Asking, item: NewItem, codes: Codes): Draft {
  const { organisation: code, ...fields } = item.fields;
  const organisation = codes.organisations.get(code);
  const refused = decideCreate(actor, organisation?.path ?? null);
  if (refused === "NOT_FOUND" || !organisation) throw refused === "FORBIDDEN" ? new AppError(refused) : noOrganisation(code); // prettier-ignore
  if (refused !== null) throw new AppError(refused);
  const { provenance } = item;
  const { defaults } = programmeOf(fields.programme, codes);
  const at = provenance?.at ?? now;
  const content = newContent(fields, defaults, civilDateInChina(at));
  requireInUse({ ...content, organisation: code }, codes);
  requireWritable(content, organisation.path, codes);
  return { organisation: { ...organisation, code }, content, kind: "original", at, provenance };
}

function editOf(
  { actor, now }: Asking,
  item: ChangedItem & { path: string },
  records: readonly DisbursementRecord[],
): Edit {
  const { version, ...fields } = item.fields;
  const pair = pairOf(records, item.id);
  if (!pair) throw new AppError("NOT_FOUND");
  authorise(actor, "edit", subjectOf(pair), { read: version, stored: pair.record.version });
  const target = targetOf(pair);
  if (!target) throw new AppError("TRANSITION");
  const before = contentOf(toChecked(target));
  const content = mergeFields(before, fields);
  return { path: item.path, pair, target, before, content, at: item.at ?? now };
}

function requireEditable({ target, before, content }: Edit, codes: Codes): void {
  requireInUse({ ...content, organisation: target.organisation }, codes, before);
  requireWritable(content, target.organisationPath, codes);
}

/** Records as they now stand, judged once. */
async function answerOf(context: CommandContext, pairs: readonly RecordPair[]) {
  return detailsOf({ ...context, pairs, found: await judgePairs({ ...context, pairs }) });
}

type Asked = { organisation: string; programme: string; campaign?: string | null | undefined };

const lookUp = ({ db, scope }: Asking, asked: readonly Asked[]): Promise<Codes> =>
  findCodes({
    db,
    scope,
    organisations: [...new Set(asked.map(({ organisation }) => organisation))],
    programmes: [...new Set(asked.map(({ programme }) => programme))],
    campaigns: [...new Set(asked.flatMap(({ campaign }) => campaign ?? []))],
  });

type Saving = CommandContext & { created?: readonly NewItem[]; changed?: readonly ChangedItem[] };

async function writeDisbursements(context: Saving) {
  const { db, scope } = context;
  const created = named("created", context.created ?? []);
  const changed = named("changed", context.changed ?? []);
  const ids = changed.map((item) => item.id);
  const records = ids.length > 0 ? await listRecords({ db, scope, ids }) : [];
  const edits = ofItems(changed, (item) => editOf(context, item, records));
  const codes = await lookUp(context, [
    ...created.map(({ fields }) => fields),
    ...edits.map(({ target, content }) => ({ ...content, organisation: target.organisation })),
  ]);
  const drafts = ofItems(created, (item) => draftOf(context, item, codes));
  ofItems(edits, (edit) => requireEditable(edit, codes));

  const made = await insertRecords(context, drafts, codes);
  const kept = await updateRecords(context, edits, codes);
  const fresh = made.map(({ record }): RecordPair => ({ record, partner: null }));
  return { made, edits, pairs: [...fresh, ...kept] };
}

/** Written, and told to the chain. */
async function storeRecords(context: Saving): Promise<readonly RecordPair[]> {
  const { made, edits, pairs } = await writeDisbursements(context);
  appendAudits(context.tx, [
    ...made.map(({ record, content }) =>
      entry("create", record.id, { ...changes(null, content), origin: record.origin }),
    ),
    ...edits.map(({ target, before, content }) =>
      entry("update", target.id, { ...changes(before, content), version: target.version + 1 }),
    ),
  ]);
  return pairs;
}

/**
 * Saves new drafts, and changes of drafts and returned records (of a pair, of its replacement): all of
 * them or none. Answers them in the order they came in, the new ones first.
 */
export const saveDisbursements = async (context: Saving): Promise<DisbursementDetail[]> =>
  answerOf(context, await storeRecords(context));

/** The same where nobody looks at what is found in them yet: half the work, of many rows at once. */
export const storeDisbursements = async (context: Saving): Promise<{ id: string }[]> =>
  (await storeRecords(context)).map(({ record }) => ({ id: record.id }));

function only<T>([one]: readonly T[]): T {
  if (one === undefined) throw new AppError("INTERNAL");
  return one;
}

const newRecord = (context: Asking, fields: DisbursementFields, codes: Codes, place = 0) =>
  unstoredDraft(context, draftOf(context, { fields }, codes), codes, { place });

async function editedRecord(context: Asking, id: string, fields: UpdateInput): Promise<Unstored> {
  const records = await listRecords({ ...context, ids: [id] });
  const edit = editOf(context, { path: "", id, fields }, records);
  const { target, content } = edit;
  const codes = await lookUp(context, [{ ...content, organisation: target.organisation }]);
  requireEditable(edit, codes);
  const pair = editedOf(context, edit, unstored(target.id, content), codes);
  const { record, partner } = edit.pair;
  const reversal = record.entryKind === "reversal" ? record : partner;
  const corrects =
    reversal && target.originalId !== null
      ? { id: target.originalId, reversedIn: reversal.fiscalYear }
      : null;
  return { pair, content, codes, corrects };
}

async function correctedRecord(context: Asking, input: CheckInput, id: string): Promise<Unstored> {
  const { organisation: _organisation, version, id: _id, corrects: _corrects, ...fields } = input;
  const records = await listRecords({ ...context, ids: [id] });
  const correcting = correctingOf(context, { id, version }, records);
  const { original, postOn } = correcting;
  const codes = await lookUp(context, [{ ...fields, organisation: original.organisation }]);
  const draft = replacementOf(correcting, fields, codes);
  const reversedIn = postOn === null ? original.fiscalYear : yearOf(postOn);
  return unstoredDraft(context, draft, codes, { corrects: { id, reversedIn } });
}

async function unstoredOf(context: Asking, input: CheckInput): Promise<Unstored> {
  const { id, version, corrects, ...fields } = input;
  if (corrects !== undefined) return correctedRecord(context, input, corrects);
  if (id === undefined || version === undefined)
    return newRecord(context, fields, await lookUp(context, [fields]));
  const { organisation: _organisation, ...said } = fields;
  return editedRecord(context, id, { ...said, version });
}

/** Judges a form by the rules of submission, in a transaction in which nothing can be written. */
export async function checkDisbursement(context: Asking & { input: CheckInput }): Promise<Checked> {
  const { actor, input } = context;
  const unsaved = await unstoredOf(context, input);
  const { pair, corrects } = unsaved;
  const form = formOf(unsaved);
  const { record } = form;
  const judged = (await judgeUnstored({ ...context, forms: [form], corrects }))(record);
  return {
    findings: findingsOf(actor, pair, judged.drafts),
    perHead: judged.context && perHeadOf(judged.context),
    sources: await leftOfSources({ ...context, record, corrects }),
  };
}

/**
 * Judges many new forms in one statement. What refuses one is told of that one; those that are alike among themselves
 * are told of each other, because none of them stands in the ledger yet.
 */
export async function checkDisbursements(
  context: Asking & { rows: readonly DisbursementFields[] },
): Promise<CheckedSet> {
  const { actor, rows } = context;
  const codes = await lookUp(context, rows);
  const tries = rows.map((fields, n) => tried(() => newRecord(context, fields, codes, n)));
  const forms = tries.map((one) => (one.refused ? null : formOf(one.value)));
  const judge = await judgeUnstored({ ...context, forms: forms.filter((form) => form !== null) });
  const records = forms.map((form) => form && { ...form.record, judged: judge(form.record) });
  const alike = alikeAmong(
    records.map((r) => r && { ...r, mainUnit: r.judged.context?.mainUnit ?? null }),
    Math.max(...records.map((r) => r?.judged.context?.thresholds["duplicate-days"] ?? 0)),
  );
  return {
    items: tries.map((one, n) => ({
      ...refusalOf(one.refused),
      findings: one.value ? findingsOf(actor, one.value.pair, records[n]?.judged.drafts ?? []) : [],
      alike: alike[n] ?? [],
    })),
  };
}

export async function createDisbursement(
  context: CommandContext & { input: DisbursementFields; provenance?: Provenance },
): Promise<DisbursementDetail> {
  const { input: fields, provenance } = context;
  return only(await saveDisbursements({ ...context, created: [{ path: "", fields, provenance }] }));
}

export async function updateDisbursement(
  context: CommandContext & { id: string; input: UpdateInput },
): Promise<DisbursementDetail> {
  const { id, input: fields } = context;
  return only(await saveDisbursements({ ...context, changed: [{ path: "", id, fields }] }));
}

export type AdjustItem = Item & {
  id: string;
  input: AdjustInput;
  /** When, and with which numbers, where they were taken beforehand: for imports only. */
  at?: Date;
  numbers?: { reversalId: string; replacementId: string };
};

type Correcting = Pick<Correction, "original" | "postOn" | "at" | "numbers">;

/** Whoever only asks may not have read a version. */
function correctingOf(
  { actor, now }: Asking,
  item: Pick<AdjustItem, "id" | "at" | "numbers"> & { version: number | undefined },
  records: readonly DisbursementRecord[],
): Correcting {
  const original = records.find((r) => r.id === item.id);
  if (!original) throw new AppError("NOT_FOUND");
  const subject = subjectOf({ record: original, partner: null });
  const stored = original.version;
  authorise(actor, "adjust", subject, { read: item.version ?? stored, stored });
  const at = item.at ?? now;
  const postOn = original.yearOpen ? null : civilDateInChina(at);
  return { original, at, postOn, numbers: item.numbers };
}

/** A replacement that would fall into a closed year is posted with its reversal, on the day of correction. */
function replacementOf(
  { original, postOn, at, numbers }: Correcting,
  fields: NonNullable<AdjustInput["replacement"]>,
  codes: Codes,
): Draft {
  const { organisation: code, organisationId: id, organisationPath: path, origin } = original;
  const { defaults } = programmeOf(fields.programme, codes);
  const written = newContent(fields, defaults, civilDateInChina(at));
  const closed = postOn !== null && !codes.openYears.has(written.fiscalYear);
  const content = closed ? { ...written, ...postedOn(postOn) } : written;
  requireWritable(content, path, codes);
  const organisation = { id, code, path };
  const provenance = origin === "demo" ? { origin, id: numbers?.replacementId } : undefined;
  return { organisation, content, kind: "replacement", at, provenance };
}

function correctionEntries({ original, input, reversalId, replacement }: Link): AuditInput[] {
  const originalId = original.id;
  const replacementId = replacement?.record.id ?? null;
  return [
    entry("adjust", originalId, { originalId, reversalId, replacementId, reason: input.reason }),
    entry("create", reversalId, { reverses: originalId }),
    ...(replacement
      ? [
          entry("create", replacement.record.id, {
            ...changes(null, replacement.content),
            replaces: originalId,
          }),
        ]
      : []),
  ];
}

/**
 * Corrects approved records: each by a reversal and, usually, a replacement, drafts that go through review
 * together. Answers the originals, each with the correction beside it.
 */
export async function adjustDisbursements(
  context: CommandContext & { items: readonly AdjustItem[] },
): Promise<DisbursementDetail[]> {
  const { tx, db, scope } = context;
  const items = named("items", context.items);
  const ids = items.map(({ id }) => id);
  // The second of two corrections waits here and finds the first, instead of failing at its commit.
  await tx.run(
    sql`SELECT FROM disbursements WHERE id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`,
  );
  const records = await listRecords({ db, scope, ids });
  const corrections = items.map(({ path, input, ...item }): Correction => {
    const { version } = input;
    const correcting = ofItem(path, () => correctingOf(context, { ...item, version }, records));
    return { ...correcting, path, input };
  });
  const codes = await lookUp(
    context,
    corrections.flatMap(({ original, input }) =>
      input.replacement ? [{ ...input.replacement, organisation: original.organisation }] : [],
    ),
  );
  const drafts = corrections.map((one) =>
    ofItem(
      one.path ? `${one.path}.replacement` : "replacement",
      () => one.input.replacement && replacementOf(one, one.input.replacement, codes),
    ),
  );
  const reversals = await insertReversals(context, corrections);
  const replacements = await insertRecords(
    context,
    drafts.filter((draft) => draft !== null),
    codes,
  );
  const links = corrections.map((correction, n): Link => {
    const replacement = drafts[n] ? (replacements.shift() ?? null) : null;
    return { ...correction, reversalId: reversals[n] ?? "", replacement };
  });
  await insertAdjustments(context, links);
  appendAudits(tx, links.flatMap(correctionEntries));
  const corrected = corrections.map(({ original }): RecordPair => {
    const record = { ...original, corrections: [...original.corrections, "draft" as const] };
    return { record, partner: null };
  });
  return answerOf(context, corrected);
}

export async function adjustDisbursement(
  context: CommandContext & { id: string; input: AdjustInput },
): Promise<DisbursementDetail> {
  const { id, input } = context;
  return only(await adjustDisbursements({ ...context, items: [{ path: "", id, input }] }));
}
