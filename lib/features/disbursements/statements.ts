import "server-only";
import type { Corrects } from "@/lib/features/findings/queries";
import type { Codes } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, ofItem } from "@/lib/kernel/app-error";
import { monthOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { EntryKind, Origin } from "@/lib/kernel/record-codes";
import { CONTENT_FIELDS, type RecordField } from "@/lib/kernel/record-fields";
import { sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { asJson, assignments, columnList, insertInto, rowsOf } from "@/lib/platform/tables";
import { targetOf, toChecked, type DisbursementRecord, type RecordPair } from "./queries";
import { changes, columnsOf, saidBy, type Content, type IdOf } from "./rules";
import type { AdjustInput } from "./schema";

export type CommandContext = WriteContext & { now: Date };

/** Where a record came from and when, for imports only: nothing that crosses the wire can say this. */
export type Provenance = {
  origin: Origin;
  sourceRef?: string;
  sourceCitation?: string;
  /** Its number, where numbers were taken beforehand. */
  id?: string | undefined;
  at?: Date;
};

const upper = <T extends string>(word: T) => word.toUpperCase() as Uppercase<T>;
const personOf = ({ userId, nameZh, nameEn }: Actor) => ({ id: userId, nameZh, nameEn });

/** A record that is about to be written. */
export type Draft = {
  organisation: { id: number; code: string; path: string };
  content: Content;
  kind: Exclude<EntryKind, "reversal">;
  at: Date;
  provenance?: Provenance | undefined;
};
/** Ids of the codes in each list. */
function idsIn({ programmes, campaigns, aidCategories, recipientKinds }: Codes): IdOf {
  return (list, code) => {
    if (list === "programmes") return programmes.get(code)?.id ?? null;
    if (list === "campaigns") return campaigns.get(code)?.id ?? null;
    return (list === "aid_categories" ? aidCategories : recipientKinds).get(code) ?? null;
  };
}

/** What the database adds to a record as it stores it. */
type Stored = { id: string; month: number; ledgerOn: string };
const STORED = sql`id::text, month, ledger_on::text AS "ledgerOn"`;

/** Records with their shares, in one statement; numbered in the order they come in. */
async function insertDrafts(
  { tx, actor }: CommandContext,
  drafts: readonly Draft[],
  codes: Codes,
): Promise<Stored[]> {
  if (drafts.length === 0) return [];
  const rows = drafts.map(({ organisation, content, kind, at, provenance }) => ({
    ...columnsOf(content, idsIn(codes)),
    organisationId: organisation.id,
    entryKind: upper(kind),
    origin: upper(provenance?.origin ?? "entered"),
    sourceRef: provenance?.sourceRef ?? null,
    sourceCitation: provenance?.sourceCitation ?? null,
    createdBy: actor.userId,
    lastEditedBy: actor.userId,
    createdAt: at,
    updatedAt: at,
  }));
  const fields = Object.keys(rows[0] ?? {});
  const columns = columnList(fields);
  const parts = drafts.map(({ content, provenance }) => ({
    id: provenance?.id ?? null,
    shares: content.shares.map(({ fundSource, amountFen }) => ({
      source: codes.fundSources.get(fundSource),
      fen: amountFen,
    })),
  }));
  const stored = await tx.rows<Stored>(sql`
    WITH given AS MATERIALIZED (
      SELECT n, part, coalesce((part->>'id')::bigint, nextval('disbursements_id_seq')) AS id
      FROM jsonb_array_elements(${asJson(parts)}::jsonb) WITH ORDINALITY AS t (part, n)
    ), records AS (
      INSERT INTO disbursements (id, ${columns})
      SELECT given.id, ${columnList(fields, "content.")}
      FROM given JOIN ${rowsOf("disbursements", rows)} WITH ORDINALITY AS content ON content.ordinality = given.n
      ORDER BY given.n
      RETURNING id, organisation_id, month, ledger_on
    ), shares AS (
      INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
      SELECT r.id, r.organisation_id, s.source, s.fen FROM given JOIN records r ON r.id = given.id
      CROSS JOIN LATERAL jsonb_to_recordset(given.part->'shares') AS s(source int, fen bigint)
    )
    SELECT ${STORED} FROM records JOIN given USING (id) ORDER BY given.n`);
  return stored;
}

/** The same without storing it, for whoever only asks what would come of it. */
export const unstored = (id: string, content: Content): Stored => ({
  id,
  month: monthOf(content),
  ledgerOn: content.paidOn ?? content.periodTo ?? `${content.fiscalYear}-12-31`,
});

/** A new record as it would be read, so that nobody has to. */
function recordOf(
  { actor }: Pick<CommandContext, "actor">,
  draft: Draft,
  stored: Stored,
  codes: Codes,
): DisbursementRecord {
  const { organisation, content, kind, at, provenance } = draft;
  return {
    ...saidBy(content, codes),
    ...stored,
    version: 1,
    status: "draft",
    entryKind: kind,
    origin: provenance?.origin ?? "entered",
    organisation: organisation.code,
    organisationId: organisation.id,
    organisationPath: organisation.path,
    approvalsNeeded: 1,
    approvalsGiven: 0,
    submittedAt: null,
    approvedAt: null,
    sourceRef: provenance?.sourceRef ?? null,
    sourceCitation: provenance?.sourceCitation ?? null,
    createdBy: personOf(actor),
    lastEditedBy: personOf(actor),
    editors: [actor.userId],
    submittedBy: null,
    createdAt: at,
    updatedAt: at,
    yearOpen: true,
    // asked of what waits for an approval, which a draft does not
    levels: [],
    round: 0,
    steps: [],
    approvedBy: [],
    corrections: [],
    answers: [],
    originalId: null,
    reversalId: null,
    replacementId: null,
  };
}

/** Writes new records; answers them as they would be read. */
export async function insertRecords(
  context: CommandContext,
  drafts: readonly Draft[],
  codes: Codes,
): Promise<{ record: DisbursementRecord; content: Content }[]> {
  const stored = await insertDrafts(context, drafts, codes);
  return drafts.map((draft, n) => {
    const row = stored[n];
    if (!row) throw new AppError("INTERNAL");
    return { record: recordOf(context, draft, row, codes), content: draft.content };
  });
}

export type Edit = { path: string; pair: RecordPair; target: DisbursementRecord; before: Content; content: Content; at: Date }; // prettier-ignore

const sharesOf = (record: DisbursementRecord, content: Content, codes: Codes) =>
  content.shares.map((share) => ({
    disbursementId: record.id,
    organisationId: record.organisationId,
    fundSourceId: codes.fundSources.get(share.fundSource) ?? 0,
    amountFen: share.amountFen,
  }));

/** A record after the edit, as it would be read. */
export function editedOf(
  { actor }: Pick<CommandContext, "actor">,
  { pair, target, content, at }: Edit,
  stored: Stored,
  codes: Codes,
): RecordPair {
  const written: DisbursementRecord = {
    ...target,
    ...saidBy(content, codes),
    ...stored,
    version: target.version + 1,
    lastEditedBy: personOf(actor),
    editors: [...target.editors, actor.userId],
    updatedAt: at,
  };
  return target.id === pair.record.id
    ? { ...pair, record: written }
    : { ...pair, partner: written };
}

async function replaceShares(tx: Tx, edits: readonly Edit[], codes: Codes): Promise<void> {
  const changed = edits.filter(({ before, content }) => "shares" in changes(before, content).after);
  if (changed.length === 0) return;
  const ids = changed.map(({ target }) => target.id);
  const rows = changed.flatMap(({ target, content }) => sharesOf(target, content, codes));
  // the old ones go first: one source may stand in both
  await tx.run(sql`
    WITH gone AS (DELETE FROM disbursement_shares WHERE disbursement_id = ANY (${ids}::bigint[]) RETURNING 1)
    INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
    SELECT disbursement_id, organisation_id, fund_source_id, amount_fen
    FROM ${rowsOf("disbursement_shares", rows)} WHERE (SELECT count(*) FROM gone) >= 0`);
}

/** Each record, if nobody was faster. */
export async function updateRecords(
  { tx, actor }: CommandContext,
  edits: readonly Edit[],
  codes: Codes,
): Promise<RecordPair[]> {
  if (edits.length === 0) return [];
  const rows = edits.map(({ target, content, at }) => {
    const set = { ...columnsOf(content, idsIn(codes)), version: target.version + 1, updatedAt: at };
    return { set, where: { id: target.id, status: upper(target.status) } };
  });
  const stored = await tx.rows<Stored>(sql`
    UPDATE disbursements d SET ${assignments(Object.keys(rows[0]?.set ?? {}))}
    FROM ${rowsOf(
      "disbursements",
      rows.map(({ set, where }) => ({ ...set, ...where })),
    )} r
    WHERE d.id = r.id AND d.status = r.status AND d.version = r.version - 1
    RETURNING d.id::text, d.month, d.ledger_on::text AS "ledgerOn"`);
  await replaceShares(tx, edits, codes);
  const found = new Map(stored.map((row) => [row.id, row]));
  return edits.map((edit) => {
    const row = found.get(edit.target.id);
    // taken out, so that a record named twice is stale the second time
    found.delete(edit.target.id);
    if (!row) return ofItem(edit.path, () => { throw new AppError("STALE"); }); // prettier-ignore
    return editedOf({ actor }, edit, row, codes);
  });
}

/** The rows of a record as they would be stored, for the findings to look at. */
const rowsToJudge = (record: DisbursementRecord, content: Content, codes: Codes) => ({
  record: {
    ...columnsOf(content, idsIn(codes)),
    id: record.id,
    organisationId: record.organisationId,
    status: upper(record.status),
    ledgerOn: record.ledgerOn,
  },
  shares: sharesOf(record, content, codes),
});

/** A record as it would stand after saving a form, and nothing of it stored. */
export type Unstored = {
  pair: RecordPair;
  content: Content;
  codes: Codes;
  corrects: Corrects | null;
};

/** A new one, by a number that no record has; `place` tells those of one set apart. */
export function unstoredDraft(
  context: Pick<CommandContext, "actor">,
  draft: Draft,
  codes: Codes,
  { place = 0, corrects = null }: { place?: number; corrects?: Corrects | null },
): Unstored {
  const { content } = draft;
  const record = recordOf(context, draft, unstored(String(-1 - place), content), codes);
  return { pair: { record, partner: null }, content, codes, corrects };
}

/** As the findings look at it. */
export function formOf({ pair, content, codes }: Unstored) {
  const record = targetOf(pair) ?? pair.record;
  return { record: toChecked(record), rows: rowsToJudge(record, content, codes) };
}

/** What is written to correct an approved record. */
export type Correction = {
  path: string;
  original: DisbursementRecord;
  input: AdjustInput;
  at: Date;
  /** The day on which it is posted, where the year of the original is closed. */
  postOn: CivilDate | null;
  /** Numbers taken beforehand: the reversal's and the replacement's. */
  numbers?: { reversalId: string; replacementId: string } | undefined;
};

/** Of an original what its reversal says: money and counts with the other sign, everything else as it was. */
const negated = ({ kind }: RecordField) => kind === "fen" || kind === "count";
const dated = ({ kind }: RecordField) => kind === "year" || kind === "day";
const columns = (fields: readonly RecordField[]) => fields.map(({ column }) => column);
const REVERSED = columns(CONTENT_FIELDS.filter(negated));
const CARRIED = columns(CONTENT_FIELDS.filter((field) => !negated(field) && !dated(field)));

/** The exact negatives of approved records, as drafts, in the order of the corrections. */
export async function insertReversals(
  { tx, actor }: CommandContext,
  corrections: readonly Correction[],
): Promise<string[]> {
  const given = corrections.map(({ original, postOn, at, numbers }) => ({
    original: original.id,
    reversal: numbers?.reversalId ?? null,
    posted: postOn,
    at,
  }));
  const rows = await tx.rows<{ id: string }>(sql`
    WITH given AS MATERIALIZED (
      SELECT n, g.original, g.posted, g.at, coalesce(g.reversal, nextval('disbursements_id_seq')) AS reversal
      FROM jsonb_array_elements(${asJson(given)}::jsonb) WITH ORDINALITY AS t (item, n)
      CROSS JOIN LATERAL jsonb_to_record(t.item) AS g(original bigint, reversal bigint, posted date, at timestamptz)
    ), records AS (
      INSERT INTO disbursements (id, organisation_id, ${columnList([...CARRIED, ...REVERSED])}, fiscal_year, paid_on, period_from,
        period_to, origin, entry_kind, created_by, last_edited_by, created_at, updated_at)
      SELECT g.reversal, d.organisation_id, ${columnList(CARRIED, "d.")}, ${columnList(REVERSED, "-d.")},
        coalesce(extract(year FROM g.posted)::smallint, d.fiscal_year), coalesce(g.posted, d.paid_on),
        CASE WHEN g.posted IS NULL THEN d.period_from END, CASE WHEN g.posted IS NULL THEN d.period_to END,
        CASE WHEN d.origin = 'DEMO' THEN d.origin ELSE 'ENTERED' END, 'REVERSAL',
        ${actor.userId}::uuid, ${actor.userId}::uuid, g.at, g.at
      FROM given g JOIN disbursements d ON d.id = g.original ORDER BY g.n
      RETURNING id
    ), shares AS (
      INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
      SELECT r.id, s.organisation_id, s.fund_source_id, -s.amount_fen
      FROM given g JOIN records r ON r.id = g.reversal JOIN disbursement_shares s ON s.disbursement_id = g.original
    )
    SELECT id::text FROM records JOIN given g ON g.reversal = records.id ORDER BY g.n`);
  return rows.map((row) => row.id);
}

/** A correction as it was written. */
export type Link = Correction & {
  reversalId: string;
  replacement: { record: DisbursementRecord; content: Content } | null;
};

export async function insertAdjustments(
  { tx, actor }: CommandContext,
  links: readonly Link[],
): Promise<void> {
  const rows = links.map(({ original, input, at, reversalId, replacement }) => ({
    organisationId: original.organisationId,
    originalId: BigInt(original.id),
    reversalId: BigInt(reversalId),
    replacementId: replacement && BigInt(replacement.record.id),
    reasonCode: input.reason,
    words: input.words,
    createdBy: actor.userId,
    createdAt: at,
  }));
  await tx.run(insertInto("adjustments", rows));
}
