import { listFindings } from "@/lib/features/findings/queries";
import type { Answer } from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { COUNT_UNITS, type Counts } from "@/lib/kernel/counts";
import type { AidForm, AmountKind, EntryKind, Origin, Status } from "@/lib/kernel/record-codes";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import "server-only";
import { allowedActions, seesNotices, type ApprovalLevel, type Subject } from "./policy";
import type {
  AdjustmentView,
  DisbursementDetail,
  DisbursementRow,
  RateView,
  ShareView,
  StepView,
} from "./types";

/**
 * Columns of a ledger row over `d`. Codes are looked up rather than joined: ten tables in one join take
 * the planner longer than the rows take to read.
 */
export const ROW_COLUMNS = sql`d.id::text AS id, d.version, lower(d.status::text) AS status,
  lower(d.entry_kind::text) AS "entryKind", lower(d.origin::text) AS origin, o.code AS organisation,
  (SELECT code FROM campaigns WHERE id = d.campaign_id) AS campaign,
  (SELECT code FROM programmes WHERE id = d.programme_id) AS programme,
  (SELECT code FROM aid_categories WHERE id = d.aid_category_id) AS "aidCategory",
  (SELECT code FROM recipient_kinds WHERE id = d.recipient_kind_id) AS "recipientKind",
  lower(d.form::text) AS form, d.fiscal_year AS "fiscalYear",
  d.paid_on::text AS "paidOn", d.period_from::text AS "periodFrom", d.period_to::text AS "periodTo",
  d.month, d.amount_fen::text AS "amountFen", lower(d.amount_kind::text) AS "amountKind",
  d.amount_wording AS "amountWording", d.households, d.persons, d.person_times AS "personTimes",
  d.packs, d.employers, d.sessions, d.posts, d.note,
  (SELECT coalesce(json_agg(json_build_object('fundSource', f.code, 'amountFen', s.amount_fen::text)
      ORDER BY f.sort_order, f.id), '[]')
    FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id
    WHERE s.disbursement_id = d.id) AS shares,
  d.approvals_needed AS "approvalsNeeded", d.approvals_given AS "approvalsGiven",
  d.submitted_at AS "submittedAt", d.approved_at AS "approvedAt", d.ledger_on::text AS "ledgerOn"`;

/** What ROW_COLUMNS needs beside `d`. */
export const ROW_JOINS = sql`JOIN organisations o ON o.id = d.organisation_id`;

export type RowRecord = Record<(typeof COUNT_UNITS)[number], number | null> & {
  id: string;
  version: number;
  status: Status;
  entryKind: EntryKind;
  origin: Origin;
  organisation: string;
  campaign: string | null;
  programme: string;
  aidCategory: string | null;
  recipientKind: string | null;
  form: AidForm | null;
  fiscalYear: number;
  paidOn: string | null;
  periodFrom: string | null;
  periodTo: string | null;
  month: number;
  amountFen: string | null;
  amountKind: AmountKind;
  amountWording: string | null;
  shares: ShareView[];
  note: string | null;
  approvalsNeeded: number;
  approvalsGiven: number;
  submittedAt: Date | null;
  approvedAt: Date | null;
  ledgerOn: string;
};

function countsOf(row: Record<(typeof COUNT_UNITS)[number], number | null>): Counts {
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const value = row[unit];
    if (value !== null) counts[unit] = value;
  }
  return counts;
}

/** 编号: what a clerk reads out on the telephone. */
function referenceOf(row: { organisation: string; fiscalYear: number; id: string }): string {
  return `${row.organisation}-${row.fiscalYear}-${row.id.padStart(6, "0")}`;
}

export function toRow(r: RowRecord): DisbursementRow {
  return {
    id: r.id,
    reference: referenceOf(r),
    version: r.version,
    status: r.status,
    entryKind: r.entryKind,
    origin: r.origin,
    organisation: r.organisation,
    campaign: r.campaign,
    programme: r.programme,
    aidCategory: r.aidCategory,
    recipientKind: r.recipientKind,
    form: r.form,
    fiscalYear: r.fiscalYear,
    paidOn: r.paidOn,
    periodFrom: r.periodFrom,
    periodTo: r.periodTo,
    month: r.month,
    amountFen: r.amountFen,
    amountKind: r.amountKind,
    amountWording: r.amountWording,
    counts: countsOf(r),
    shares: r.shares,
    note: r.note,
    approvalsNeeded: r.approvalsNeeded,
    approvalsGiven: r.approvalsGiven,
    submittedAt: r.submittedAt?.toISOString() ?? null,
    approvedAt: r.approvedAt?.toISOString() ?? null,
  };
}

/** One record as commands and its page need it: the row, its authors, and where its approvals stand. */
export type DisbursementRecord = RowRecord & {
  organisationId: number;
  organisationPath: string;
  cashFen: string | null;
  goodsFen: string | null;
  rate: RateView | null;
  sourceRef: string | null;
  sourceCitation: string | null;
  createdBy: Person;
  lastEditedBy: Person;
  submittedBy: Person | null;
  createdAt: Date;
  updatedAt: Date;
  yearOpen: boolean;
  levels: ApprovalLevel[];
  /** How often it has been submitted. */
  round: number;
  steps: StepView[];
  /** Who approved it since then. */
  approvedBy: string[];
  /** Where each correction of it stands. */
  corrections: Status[];
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

const PERSON = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;
const instant = (column: Sql) =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The records and, beside a reversal or a replacement, the other half of its pair. */
export async function listRecords(input: {
  db: Reader;
  scope: Scope;
  ids: readonly string[];
}): Promise<DisbursementRecord[]> {
  const { db, scope, ids } = input;
  const stored = await db.rows<StoredRecord>(sql`
    WITH asked AS (SELECT unnest(${ids}::bigint[]) AS id), wanted AS (
      SELECT id FROM asked
      UNION SELECT unnest(ARRAY[a.reversal_id, a.replacement_id]) FROM adjustments a
        JOIN asked ON a.replacement_id = asked.id OR a.reversal_id = asked.id)
    SELECT ${ROW_COLUMNS}, d.organisation_id AS "organisationId", o.path AS "organisationPath",
      d.cash_fen::text AS "cashFen", d.goods_fen::text AS "goodsFen",
      CASE WHEN d.rate_unit_fen IS NOT NULL THEN json_build_object('unitFen', d.rate_unit_fen::text,
        'count', d.rate_count, 'times', d.rate_times, 'note', d.rate_note) END AS rate,
      d.source_ref AS "sourceRef", d.source_citation AS "sourceCitation",
      d.created_by AS "createdById", d.last_edited_by AS "lastEditedById",
      d.submitted_by AS "submittedById",
      (SELECT json_object_agg(u.id, ${PERSON}) FROM users u
        WHERE u.id IN (d.created_by, d.last_edited_by, d.submitted_by)) AS people,
      d.created_at AS "createdAt", d.updated_at AS "updatedAt", y.status = 'OPEN' AS "yearOpen",
      to_json(guard.approval_levels(d.organisation_id, d.amount_fen)) AS levels,
      (SELECT coalesce(json_agg(json_build_object('action', lower(s.action::text), 'actor', ${PERSON},
          'at', ${instant(sql`s.at`)}, 'reason', s.reason_code, 'words', s.words, 'round', s.round)
          ORDER BY s.id), '[]')
        FROM approval_steps s JOIN users u ON u.id = s.actor_id WHERE s.disbursement_id = d.id) AS steps,
      (SELECT coalesce(json_agg(json_build_object('rule', a.rule, 'code', a.answer_code, 'words', a.words)), '[]')
        FROM finding_answers a WHERE a.disbursement_id = d.id) AS answers,
      (SELECT coalesce(json_agg(lower(v.status::text)), '[]') FROM adjustments c
        JOIN disbursements v ON v.id = c.reversal_id WHERE c.original_id = d.id) AS corrections,
      pair.original_id::text AS "originalId", pair.reversal_id::text AS "reversalId",
      pair.replacement_id::text AS "replacementId"
    FROM wanted JOIN disbursements d ON d.id = wanted.id ${ROW_JOINS}
    JOIN years y ON y.year = d.fiscal_year
    LEFT JOIN adjustments pair ON pair.reversal_id = d.id OR pair.replacement_id = d.id
    WHERE d.organisation_id = ANY (${scope.organisationIds}::int[])
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
export async function findPair(input: {
  db: Reader;
  scope: Scope;
  id: string;
}): Promise<RecordPair> {
  const pair = pairOf(await listRecords({ ...input, ids: [input.id] }), input.id);
  if (!pair) throw new AppError("NOT_FOUND");
  return pair;
}

/** The half that a clerk writes and findings are about. Null for a reversal that nothing replaces. */
export function contentHalf({ record, partner }: RecordPair): DisbursementRecord | null {
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

export function subjectOf(pair: RecordPair): Subject {
  const { record, partner } = pair;
  const both = partner ? [record, partner] : [record];
  return {
    status: record.status,
    entryKind: record.entryKind,
    hasContent: contentHalf(pair) !== null,
    organisationPath: record.organisationPath,
    yearOpen: both.every((r) => r.yearOpen),
    authors: both.flatMap((r) => [
      r.createdBy.id,
      r.lastEditedBy.id,
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

/** Findings of a pair are those of its replacement. Notices are kept from whoever does not judge it. */
export async function findingsOf(input: {
  db: Reader;
  scope: Scope;
  pair: RecordPair;
  now: Date;
}): Promise<Finding[]> {
  const half = contentHalf(input.pair);
  if (!half) return [];
  const found = await listFindings({ ...input, records: [toChecked(half)] });
  return found.get(half.id) ?? [];
}

async function listAdjustments(db: Reader, id: string): Promise<AdjustmentView[]> {
  return db.rows<AdjustmentView>(sql`
    SELECT a.original_id::text AS "originalId", a.reversal_id::text AS "reversalId",
      a.replacement_id::text AS "replacementId", a.reason_code AS reason, a.words,
      ${PERSON} AS "createdBy", ${instant(sql`a.created_at`)} AS "createdAt", lower(v.status::text) AS status
    FROM adjustments a JOIN users u ON u.id = a.created_by JOIN disbursements v ON v.id = a.reversal_id
    WHERE a.original_id = ${id}::bigint OR a.reversal_id = ${id}::bigint OR a.replacement_id = ${id}::bigint
    ORDER BY a.id`);
}

/** A record's page for this reader: what it says, what was found and done, and what may be done now. */
export async function getDisbursement(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  id: string;
  now: Date;
}): Promise<DisbursementDetail> {
  const { db, scope, actor, id, now } = input;
  const pair = await findPair({ db, scope, id });
  const { record } = pair;
  const findings = await findingsOf({ db, scope, pair, now });
  const linked = record.originalId !== null || record.corrections.length > 0;
  const judge = seesNotices(actor, record.organisationPath);
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
    adjustments: linked ? await listAdjustments(db, id) : [],
    findings: judge ? findings : findings.filter((f) => f.level !== "notice"),
    actions: allowedActions(actor, subjectOf(pair)),
  };
}
