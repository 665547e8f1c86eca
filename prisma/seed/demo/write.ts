import type pg from "pg";
import canonicalize from "canonicalize";
import { changes } from "@/lib/features/disbursements/rules";
import type { CountUnit } from "@/lib/kernel/counts";
import type { SessionHash } from "@/prisma/seed/session";
import { contentOf, type DemoRecord } from "./record";

export type Written = {
  id: string;
  record: DemoRecord;
  at: Date;
  entryKind: "ORIGINAL" | "REVERSAL" | "REPLACEMENT";
  /** The record that a reversal undoes or a replacement replaces. */
  of?: string;
};
export type Step = { id: string; at: Date; round: number; reason?: string; words?: string };

/** Money leaves JSON as text: a number would have to be a float. */
const json = (rows: readonly object[]) =>
  JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );

/** From here on the transaction acts as this person, as far as the laws are concerned. */
export async function actAs(client: pg.Client, session: SessionHash): Promise<void> {
  await client.query("SELECT set_config('app.session', $1, true)", [session]);
}

export async function takeIds(
  client: pg.Client,
  sequence: string,
  count: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT nextval($1::regclass)::text AS id FROM generate_series(1, $2)",
    [sequence, count],
  );
  return rows.map((row) => row.id);
}

const RECORD_COLUMNS = `r(id bigint, organisation text, campaign text, "fiscalYear" int, "paidOn" date,
  "periodFrom" date, "periodTo" date, programme text, "aidCategory" text, "recipientKind" text,
  form text, "amountFen" bigint, "amountKind" text, "amountWording" text, "cashFen" bigint,
  "goodsFen" bigint, rate jsonb, counts jsonb, note text, "entryKind" text, at timestamptz)`;

async function insertRecords(client: pg.Client, batch: readonly Written[]): Promise<void> {
  await client.query(
    `INSERT INTO disbursements (id, organisation_id, campaign_id, fiscal_year, paid_on, period_from,
       period_to, programme_id, aid_category_id, recipient_kind_id, form, amount_fen, amount_kind,
       amount_wording, cash_fen, goods_fen, rate_unit_fen, rate_count, rate_times, rate_note,
       households, persons, person_times, packs, employers, sessions, posts,
       note, origin, entry_kind, created_at, updated_at)
     SELECT r.id, o.id, c.id, r."fiscalYear", r."paidOn", r."periodFrom", r."periodTo", p.id, a.id, k.id,
       r.form, r."amountFen", r."amountKind", r."amountWording", r."cashFen", r."goodsFen",
       (r.rate->>'unitFen')::bigint, (r.rate->>'count')::int, (r.rate->>'times')::int, r.rate->>'note',
       (r.counts->>'households')::int, (r.counts->>'persons')::int, (r.counts->>'personTimes')::int,
       (r.counts->>'packs')::int, (r.counts->>'employers')::int, (r.counts->>'sessions')::int,
       (r.counts->>'posts')::int, r.note, 'DEMO', r."entryKind", r.at, r.at
     FROM jsonb_to_recordset($1::jsonb) AS ${RECORD_COLUMNS}
     JOIN organisations o ON o.code = r.organisation JOIN programmes p ON p.code = r.programme
     JOIN aid_categories a ON a.code = r."aidCategory" JOIN recipient_kinds k ON k.code = r."recipientKind"
     LEFT JOIN campaigns c ON c.code = r.campaign
     ORDER BY r.id`,
    [json(batch.map(({ record, id, at, entryKind }) => ({ ...record, id, at, entryKind })))],
  );
}

async function insertShares(client: pg.Client, batch: readonly Written[]): Promise<void> {
  const shares = batch.flatMap(({ id, record }) =>
    record.shares.map((share) => ({ id, organisation: record.organisation, ...share })),
  );
  await client.query(
    `INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
     SELECT r.id, o.id, f.id, r."amountFen"
     FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, organisation text, source text, "amountFen" bigint)
     JOIN organisations o ON o.code = r.organisation JOIN fund_sources f ON f.code = r.source`,
    [json(shares)],
  );
}

async function insertAnswers(client: pg.Client, batch: readonly Written[]): Promise<void> {
  const answers = batch.flatMap(({ id, record, at }) =>
    record.answers.map((answer) => ({ id, organisation: record.organisation, at, ...answer })),
  );
  if (answers.length === 0) return;
  await client.query(
    `INSERT INTO finding_answers (disbursement_id, organisation_id, rule, answer_code, words, answered_by, answered_at)
     SELECT r.id, o.id, r.rule, r.answer, r.words, guard.session_user_id(), r.at
     FROM jsonb_to_recordset($1::jsonb)
       AS r(id bigint, organisation text, rule text, answer text, words text, at timestamptz)
     JOIN organisations o ON o.code = r.organisation`,
    [json(answers)],
  );
}

/** One entry a record. */
export async function audit(
  client: pg.Client,
  action: string,
  entries: readonly { id: string; body: object }[],
): Promise<void> {
  await client.query(
    "SELECT guard.append_audits(array_fill($1::text, ARRAY[cardinality($2::text[])]), $2, $3)",
    [action, entries.map(({ id }) => id), entries.map(({ body }) => canonicalize(body) ?? "{}")],
  );
}

/** The same words the application's own commands leave in the chain. */
function createdBody({ record, entryKind, of }: Written): object {
  if (entryKind === "REVERSAL") return { reverses: of ?? null };
  const written = changes(null, contentOf(record));
  return { ...written, ...(of ? { replaces: of } : { origin: "demo" }) };
}

export async function writeDrafts(client: pg.Client, batch: readonly Written[]): Promise<void> {
  if (batch.length === 0) return;
  await insertRecords(client, batch);
  await insertShares(client, batch);
  await insertAnswers(client, batch);
  await audit(
    client,
    "disbursement.create",
    batch.map((written) => ({ id: written.id, body: createdBody(written) })),
  );
}

const STEP_COLUMNS = `r(id bigint, at timestamptz, round int, reason text, words text)`;

async function insertSteps(
  client: pg.Client,
  action: "SUBMIT" | "APPROVE" | "RETURN" | "VOID",
  steps: readonly Step[],
): Promise<void> {
  await client.query(
    `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, reason_code, words, round)
     SELECT r.id, d.organisation_id, $1, guard.session_user_id(), r.at, r.reason, r.words, r.round
     FROM jsonb_to_recordset($2::jsonb) AS ${STEP_COLUMNS} JOIN disbursements d ON d.id = r.id`,
    [action, json(steps)],
  );
}

/** What each step sets; the triggers judge it as they judge the application's own statements. */
const SETS = {
  SUBMIT: "status = 'SUBMITTED', submitted_at = r.at",
  RETURN: "status = 'RETURNED', approvals_given = 0",
  VOID: "status = 'VOIDED', approvals_given = 0",
  APPROVE: `approvals_given = d.approvals_given + 1,
    status = CASE WHEN d.approvals_given + 1 = d.approvals_needed THEN 'APPROVED' ELSE 'SUBMITTED' END,
    approved_at = CASE WHEN d.approvals_given + 1 = d.approvals_needed THEN r.at END`,
} as const;

export async function takeSteps(
  client: pg.Client,
  action: keyof typeof SETS,
  steps: readonly Step[],
): Promise<void> {
  if (steps.length === 0) return;
  await insertSteps(client, action, steps);
  const { rows } = await client.query<Moved>(
    `UPDATE disbursements d SET version = d.version + 1, updated_at = r.at, ${SETS[action]}
     FROM jsonb_to_recordset($1::jsonb) AS ${STEP_COLUMNS} WHERE d.id = r.id
     RETURNING d.id::text, d.version, lower(d.status::text) AS "to", d.amount_fen::text AS "amountFen",
       r.round, r.reason`,
    [json(steps)],
  );
  await audit(
    client,
    `disbursement.${action.toLowerCase()}`,
    rows.map((moved) => ({ id: moved.id, body: movedBody(action, moved) })),
  );
}

type Moved = {
  id: string;
  version: number;
  to: string;
  amountFen: string | null;
  round: number;
  reason: string | null;
};

function movedBody(action: keyof typeof SETS, moved: Moved): object {
  const { version, to, amountFen, reason } = moved;
  const before = { SUBMIT: moved.round > 1 ? "returned" : "draft", VOID: "draft" } as const;
  const from = action === "SUBMIT" || action === "VOID" ? before[action] : "submitted";
  return { from, to, version, amountFen, ...(reason === null ? {} : { reason }) };
}

type Mended = { id: string; at: Date; was: number; value: number };

/** A returned record, put right by its clerk: the count the reviewer doubted. */
export async function mendCounts(
  client: pg.Client,
  unit: CountUnit,
  mended: readonly Mended[],
): Promise<void> {
  if (mended.length === 0) return;
  const column = unit === "personTimes" ? "person_times" : unit;
  await client.query(
    `UPDATE disbursements d SET version = d.version + 1, updated_at = r.at, ${column} = r.value
     FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, at timestamptz, value int) WHERE d.id = r.id`,
    [json(mended)],
  );
  await audit(
    client,
    "disbursement.update",
    mended.map(({ id, was, value }) => ({
      id,
      body: { before: { counts: { [unit]: was } }, after: { counts: { [unit]: value } } },
    })),
  );
}
