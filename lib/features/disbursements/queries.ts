import { judge } from "@/lib/features/findings/queries";
import type { Draft } from "@/lib/features/checks/types";
import { standingFindings, type Answer } from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { COUNT_UNITS, type Counts, type CountUnit } from "@/lib/kernel/counts";
import type { Status } from "@/lib/kernel/record-codes";
import { PAGE_FIELDS, RATE_FIELDS, ROW_FIELDS, type RecordField } from "@/lib/kernel/record-fields";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import "server-only";
import { allowedActions, seesNotices, type ApprovalLevel, type Subject } from "./policy";
import { rowSchema } from "./schema";
import { changedBetween, type Said } from "./rules";
import type {
  AdjustmentView,
  DisbursementDetail,
  DisbursementRow,
  DisbursementWhole,
  Round,
  StandingDisbursement,
} from "./types";

/** A field of `d` as the API spells it. Codes are looked up rather than joined: see ROW_COLUMNS. */
export function selected({ name, kind, column, list }: RecordField): string {
  if (kind === "code") return `(SELECT code FROM ${list} WHERE id = d.${column}) AS "${name}"`;
  if (kind === "word") return `lower(d.${column}) AS "${name}"`;
  if (kind === "day" || kind === "fen") return `d.${column}::text AS "${name}"`;
  return `d.${column} AS "${name}"`;
}

/** SQL out of the kernel's lists of fields, and never out of what anybody typed. */
export const listed = (
  fields: readonly RecordField[],
  write: (field: RecordField) => string,
): Sql => sql([fields.map(write).join(", ")]);

/** Where the record stands, in columns of `d`. */
export const STANDING = sql`d.id::text AS id, d.version, lower(d.status) AS status,
  lower(d.entry_kind) AS "entryKind", lower(d.origin) AS origin, d.month, d.ledger_on::text AS "ledgerOn",
  d.approvals_needed AS "approvalsNeeded", d.approvals_given AS "approvalsGiven",
  d.submitted_at AS "submittedAt", d.approved_at AS "approvedAt"`;

/** Columns of a ledger row over `d`. Codes are looked up: ten tables in one join cost the planner more than the rows. */
export const ROW_COLUMNS = sql`${STANDING}, o.code AS organisation, ${listed(ROW_FIELDS, selected)},
  (SELECT coalesce(json_agg(json_build_object('fundSource', f.code, 'amountFen', s.amount_fen::text)
      ORDER BY f.sort_order, f.id), '[]')
    FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id
    WHERE s.disbursement_id = d.id) AS shares`;

/** What ROW_COLUMNS needs beside `d`. */
export const ROW_JOINS = sql`JOIN organisations o ON o.id = d.organisation_id`;

/** A ledger row as the database gives it: each count by itself, instants as dates. */
export type RowRecord = Omit<DisbursementRow, "reference" | "counts" | Instant> &
  Record<CountUnit, number | null> &
  Record<Instant, Date | null> & { ledgerOn: string };
type Instant = "submittedAt" | "approvedAt";

function countsOf(row: Record<CountUnit, number | null>): Counts {
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const value = row[unit];
    if (value !== null) counts[unit] = value;
  }
  return counts;
}

/** 编号: what a clerk reads out on the telephone. */
export function referenceOf(row: { organisation: string; fiscalYear: number; id: string }): string {
  return `${row.organisation}-${row.fiscalYear}-${row.id.padStart(6, "0")}`;
}

const ROW_NAMES = Object.keys(rowSchema.shape) as (keyof DisbursementRow)[];

/** Exactly what the wire's row says, whatever else was read with it. */
export function toRow(r: RowRecord): DisbursementRow {
  const row: Record<string, unknown> = {};
  // fifty of them a page: copied by name once, without a list of pairs and a copy of the whole
  for (const name of ROW_NAMES) row[name] = (r as Partial<DisbursementRow>)[name];
  row["reference"] = referenceOf(r);
  row["counts"] = countsOf(r);
  row["submittedAt"] = r.submittedAt?.toISOString() ?? null;
  row["approvedAt"] = r.approvedAt?.toISOString() ?? null;
  return row as DisbursementRow;
}

type Beyond = Omit<DisbursementDetail, keyof DisbursementRow>;
/** What the page says beyond the row and is read with the record. */
type PageOnly = Omit<Beyond, "createdAt" | "updatedAt" | "findings" | "adjustments" | "actions">;

/** One record as commands and its page need it: the row, its authors, and where its approvals stand. */
export type DisbursementRecord = RowRecord &
  PageOnly & {
    organisationId: number;
    organisationPath: string;
    createdAt: Date;
    updatedAt: Date;
    yearOpen: boolean;
    levels: ApprovalLevel[];
    /** How often it has been submitted. */
    round: number;
    /** Who approved it since then. */
    approvedBy: string[];
    /** Where each correction of it stands. */
    corrections: Status[];
    /** Whoever ever wrote into it. */
    editors: string[];
    answers: Answer[];
    originalId: string | null;
    reversalId: string | null;
    replacementId: string | null;
  };

/** As the database gives it: people by id, steps whole. */
type StoredRecord = Omit<
  DisbursementRecord,
  "createdBy" | "lastEditedBy" | "submittedBy" | "round" | "approvedBy"
> & {
  createdById: string;
  lastEditedById: string;
  submittedById: string | null;
  people: Record<string, Person>;
};

function toRecord(stored: StoredRecord): DisbursementRecord {
  const { createdById, lastEditedById, submittedById, people, ...rest } = stored;
  const who = (id: string): Person => people[id] ?? { id, nameZh: id, nameEn: id };
  const round = stored.steps.filter((s) => s.action === "submit").length;
  const given = stored.steps.filter((s) => s.action === "approve" && s.round === round);
  return {
    ...rest,
    createdBy: who(createdById),
    lastEditedBy: who(lastEditedById),
    submittedBy: submittedById === null ? null : who(submittedById),
    round,
    approvedBy: given.map((s) => s.actor.id),
  };
}

const RATE_PAIRS = listed(
  RATE_FIELDS,
  ({ name, kind, column }) => `'${name}', d.${column}${kind === "fen" ? "::text" : ""}`,
);
const PERSON = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;
const instant = (column: Sql) =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Codes come with the record. */
const read = (field: RecordField): string =>
  field.kind === "code" ? `r.codes ->> '${field.list}' AS "${field.name}"` : selected(field);

/** The records and, beside a reversal or a replacement, the other half of its pair. */
export async function listRecords(input: {
  db: Reader;
  scope: Scope;
  ids: readonly string[];
}): Promise<DisbursementRecord[]> {
  const { db, scope, ids } = input;
  const stored = await db.rows<StoredRecord>(sql`
    SELECT ${STANDING}, r.organisation, ${listed([...ROW_FIELDS, ...PAGE_FIELDS], read)}, r.shares,
      d.organisation_id AS "organisationId", r.path AS "organisationPath",
      CASE WHEN d.rate_unit_fen IS NOT NULL THEN json_build_object(${RATE_PAIRS}) END AS rate,
      d.source_ref AS "sourceRef", d.source_citation AS "sourceCitation",
      d.created_by AS "createdById", d.last_edited_by AS "lastEditedById",
      d.submitted_by AS "submittedById", r.people, r.authors AS editors,
      d.created_at AS "createdAt", d.updated_at AS "updatedAt", r.year_open AS "yearOpen", r.levels, r.steps,
      r.answers, r.corrections, r.original_id::text AS "originalId", r.reversal_id::text AS "reversalId",
      r.replacement_id::text AS "replacementId"
    FROM guard.read_records(${ids}::bigint[]) r CROSS JOIN LATERAL (SELECT (r.d).*) d
    WHERE ${recordsWithin(scope)}
    ORDER BY d.id`);
  return stored.map(toRecord);
}

/** A record with the other half of its correction, if it belongs to one. */
export type RecordPair = { record: DisbursementRecord; partner: DisbursementRecord | null };

export function pairOf(records: readonly DisbursementRecord[], id: string): RecordPair | null {
  const record = records.find((r) => r.id === id);
  if (!record) return null;
  const other = record.id === record.reversalId ? record.replacementId : record.reversalId;
  return { record, partner: records.find((r) => r.id === other && r.id !== id) ?? null };
}

/** Absent and out of reach are the same answer. */
async function findPair(input: { db: Reader; scope: Scope; id: string }): Promise<RecordPair> {
  const pair = pairOf(await listRecords({ ...input, ids: [input.id] }), input.id);
  if (!pair) throw new AppError("NOT_FOUND");
  return pair;
}

/** The record of the pair that a clerk writes and findings are about. Null for a reversal that nothing replaces. */
export function targetOf({ record, partner }: RecordPair): DisbursementRecord | null {
  if (record.entryKind !== "reversal") return record;
  return partner;
}

/** The records whose turn it is: halves of a pair that ask for fewer approvals wait for the other. */
export function advancing({ record, partner }: RecordPair): DisbursementRecord[] {
  const both = partner ? [record, partner] : [record];
  const left = (r: DisbursementRecord) => r.approvalsNeeded - r.approvalsGiven;
  const most = Math.max(...both.map(left));
  return both.filter((r) => left(r) === most);
}

/** Did a reviewer look at it, or act on it, since it was last submitted? */
const isOpened = ({ steps, round }: DisbursementRecord) =>
  steps.some((s) => s.round === round && (s.action === "open" || s.action === "approve"));

export function subjectOf(pair: RecordPair): Subject {
  const { record, partner } = pair;
  const both = partner ? [record, partner] : [record];
  return {
    status: record.status,
    entryKind: record.entryKind,
    hasContent: targetOf(pair) !== null,
    organisationPath: record.organisationPath,
    yearOpen: both.every((r) => r.yearOpen),
    opened: both.some(isOpened),
    authors: both.flatMap((r) => [
      r.createdBy.id,
      ...r.editors,
      ...(r.submittedBy ? [r.submittedBy.id] : []),
    ]),
    approvedBy: both.flatMap((r) => r.approvedBy),
    nextLevels: advancing(pair).map(
      (r) => r.levels[r.approvalsGiven] ?? r.levels.at(-1) ?? "COUNTY",
    ),
    corrected: record.corrections.some((status) => status !== "voided"),
  };
}

/** The record as findings look at it. */
export function toChecked(r: DisbursementRecord) {
  return {
    ...toRow(r),
    cashFen: r.cashFen,
    goodsFen: r.goodsFen,
    rate: r.rate,
    answers: r.answers,
  };
}

type Part = { organisation: string; fiscalYear: number; id: string };
type StoredAdjustment = Omit<AdjustmentView, "references"> & { original: Part; reversal: Part; replacement: Part | null }; // prettier-ignore
const PART = (
  id: Sql,
) => sql`(SELECT json_build_object('organisation', o.code, 'fiscalYear', p.fiscal_year, 'id', p.id::text)
    FROM disbursements p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ${id})`;
const ADJUSTMENTS = sql`SELECT a.original_id::text AS "originalId", a.reversal_id::text AS "reversalId",
    a.replacement_id::text AS "replacementId", ${PART(sql`a.original_id`)} AS original,
    ${PART(sql`a.reversal_id`)} AS reversal, ${PART(sql`a.replacement_id`)} AS replacement, a.reason_code AS reason, a.words,
    ${PERSON} AS "createdBy", ${instant(sql`a.created_at`)} AS "createdAt", lower(v.status::text) AS status
  FROM adjustments a JOIN users u ON u.id = a.created_by JOIN disbursements v ON v.id = a.reversal_id`;

const isLinked = (r: DisbursementRecord) => r.originalId !== null || r.corrections.length > 0;

/** The corrections that each record is part of, by record id. */
async function listAdjustments(
  db: Reader,
  records: readonly DisbursementRecord[],
): Promise<Map<string, AdjustmentView[]>> {
  const ids = records.filter(isLinked).map((r) => r.id);
  if (ids.length === 0) return new Map();
  const rows = await db.rows<StoredAdjustment>(sql`${ADJUSTMENTS}
    WHERE a.original_id = ANY (${ids}::bigint[]) OR a.reversal_id = ANY (${ids}::bigint[])
      OR a.replacement_id = ANY (${ids}::bigint[])
    ORDER BY a.id`);
  const found = rows.map(({ original, reversal, replacement, ...kept }): AdjustmentView => ({
    ...kept,
    references: { original: referenceOf(original), reversal: referenceOf(reversal), replacement: replacement && referenceOf(replacement) }, // prettier-ignore
  }));
  const names = (a: AdjustmentView) => [a.originalId, a.reversalId, a.replacementId];
  return new Map(ids.map((id) => [id, found.filter((a) => names(a).includes(id))]));
}

/** What a record says to this reader, what was done, and what may be done now. */
function standingOf(
  actor: Actor,
  pair: RecordPair,
  adjustments: AdjustmentView[],
): StandingDisbursement {
  const { record } = pair;
  return {
    ...toRow(record),
    cashFen: record.cashFen,
    goodsFen: record.goodsFen,
    rate: record.rate,
    sourceRef: record.sourceRef,
    sourceCitation: record.sourceCitation,
    createdBy: record.createdBy,
    lastEditedBy: record.lastEditedBy,
    submittedBy: record.submittedBy,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    steps: record.steps,
    adjustments,
    actions: allowedActions(actor, subjectOf(pair)),
  };
}

/** Of findings those that this reader is told. */
function toldTo(actor: Actor, { record }: RecordPair): (findings: Finding[]) => Finding[] {
  const notices = seesNotices(actor, record.organisationPath);
  return (findings) => (notices ? findings : findings.filter((f) => f.level !== "notice"));
}

/** What was found in it, as far as this reader is told. */
export function findingsOf(actor: Actor, pair: RecordPair, found: readonly Draft[]): Finding[] {
  const target = targetOf(pair);
  return toldTo(actor, pair)(target ? standingFindings(found, target) : []);
}

/** Findings of a pair are those of its replacement, by the pair's own id; `at` where it is judged. */
export async function judgePairs(input: {
  db: Reader;
  scope: Scope;
  pairs: readonly RecordPair[];
  now: Date;
  at?: (id: string) => Date | undefined;
}): Promise<(pair: RecordPair) => readonly Draft[]> {
  const targets = new Map<string, DisbursementRecord>();
  for (const pair of input.pairs) {
    const target = targetOf(pair);
    if (target) targets.set(target.id, target);
  }
  const records = [...targets.values()].map((r) => ({ ...toChecked(r), at: input.at?.(r.id) }));
  const found = await judge({ ...input, records });
  return (pair) => found.get(targetOf(pair)?.id ?? "") ?? [];
}

type AtHand = { db: Reader; actor: Actor; pairs: readonly RecordPair[] };

/** Records that are at hand: nothing of them is read again. */
export async function standingsOf({ db, actor, pairs }: AtHand): Promise<StandingDisbursement[]> {
  const records = pairs.map(({ record }) => record);
  const linked = await listAdjustments(db, records);
  return pairs.map((pair) => standingOf(actor, pair, linked.get(pair.record.id) ?? []));
}

/** Their pages, by what was found in them: nothing is judged again either. */
export async function detailsOf(
  input: AtHand & { found: (pair: RecordPair) => readonly Draft[] },
): Promise<DisbursementDetail[]> {
  const { actor, pairs, found } = input;
  const standings = await standingsOf(input);
  return standings.flatMap((standing, n) => {
    const pair = pairs[n];
    return pair ? { ...standing, findings: findingsOf(actor, pair, found(pair)) } : [];
  });
}

type StoredRound = Omit<Round, "changes"> & { id: string; content: Said };

/** Each submission of these records as it was, oldest first, by record id. */
export async function listRounds(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, Round[]>> {
  if (ids.length === 0) return new Map();
  const stored = await db.rows<StoredRound>(sql`
    SELECT r.disbursement_id::text AS id, r.round, ${PERSON} AS actor, ${instant(sql`r.at`)} AS at, r.findings, r.content,
      (SELECT s.words FROM approval_steps s WHERE s.disbursement_id = r.disbursement_id AND s.action = 'SUBMIT'
        AND s.round = r.round) AS reply
    FROM submission_rounds r JOIN users u ON u.id = r.actor_id
    WHERE r.disbursement_id = ANY (${ids}::bigint[]) ORDER BY r.disbursement_id, r.round`);
  const rounds = new Map<string, Round[]>();
  stored.forEach(({ id, content, ...kept }, n) => {
    const last = stored[n - 1];
    const changes = last?.id === id ? changedBetween(last.content, content) : null;
    rounds.set(id, [...(rounds.get(id) ?? []), { ...kept, changes }]);
  });
  return rounds;
}

export async function getDisbursement(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  id: string;
  now: Date;
}): Promise<DisbursementWhole> {
  const pair = await findPair(input);
  const pairs = [pair];
  const found = await judgePairs({ ...input, pairs });
  const [detail] = await detailsOf({ ...input, pairs, found });
  if (!detail) throw new AppError("NOT_FOUND");
  const target = targetOf(pair) ?? pair.record;
  const kept =
    target.round > 0 ? await listRounds(input.db, [target.id]) : new Map<string, Round[]>();
  const told = toldTo(input.actor, pair);
  const rounds = (kept.get(target.id) ?? []).map((round) => ({
    ...round,
    findings: told(round.findings),
  }));
  return { ...detail, rounds };
}
