import "server-only";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { CONTENT_FIELDS } from "@/lib/kernel/record-fields";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits, type AuditBody } from "@/lib/platform/audit";
import { joinSql, sql, type Reader, type Sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { authorise, decideCreate } from "./policy";
import {
  contentHalf,
  findPair,
  getDisbursement,
  subjectOf,
  toChecked,
  type DisbursementRecord,
} from "./queries";
import {
  changes,
  columnsOf,
  contentErrors,
  contentOf,
  mergeFields,
  newContent,
  postedOn,
  type Content,
  type IdOf,
  type ProgrammeDefaults,
} from "./rules";
import type { AdjustInput, DisbursementFields, UpdateInput } from "./schema";
import type { DisbursementDetail } from "./types";
import type { Origin } from "@/lib/kernel/record-codes";

export type CommandContext = WriteContext & { now: Date };

/** Where a record came from, for imports only: nothing that crosses the wire can say this. */
export type Provenance = {
  origin: Exclude<Origin, "entered">;
  sourceRef?: string;
  sourceCitation?: string;
};

type CodeIds = Record<string, number>;
type Codes = {
  organisation: { id: number; path: string; active: boolean } | null;
  programme: { id: number; active: boolean; defaults: ProgrammeDefaults } | null;
  campaign: { id: number; fits: boolean } | null;
  aidCategories: CodeIds;
  recipientKinds: CodeIds;
  fundSources: CodeIds;
  years: Record<string, "OPEN" | "CLOSED">;
};

/** Every code a record may name, as ids, in one statement; the organisation only within the scope. */
async function findCodes(
  db: Reader,
  scope: Scope,
  asked: { organisation: string; programme: string; campaign: string | null | undefined },
): Promise<Codes> {
  const [codes] = await db.rows<Codes>(sql`
    SELECT to_json(o) AS organisation, to_json(p) AS programme,
      (SELECT json_build_object('id', c.id,
          'fits', c.programme_id = p.id AND starts_with(o.path, home.path))
        FROM campaigns c JOIN organisations home ON home.id = c.organisation_id
        WHERE c.code = ${asked.campaign ?? null}) AS campaign,
      (SELECT json_object_agg(code, id) FROM aid_categories) AS "aidCategories",
      (SELECT json_object_agg(code, id) FROM recipient_kinds) AS "recipientKinds",
      (SELECT json_object_agg(code, id) FROM fund_sources) AS "fundSources",
      (SELECT json_object_agg(year, status) FROM years) AS years
    FROM (SELECT 1) one
    LEFT JOIN (SELECT id, path, active FROM organisations
      WHERE code = ${asked.organisation} AND id = ANY (${scope.organisationIds}::int[])) o ON true
    LEFT JOIN (SELECT p.id, p.active, json_build_object('aidCategory', c.code,
        'recipientKind', k.code, 'form', lower(p.default_form::text)) AS defaults
      FROM programmes p JOIN aid_categories c ON c.id = p.default_aid_category_id
      JOIN recipient_kinds k ON k.id = p.default_recipient_kind_id
      WHERE p.code = ${asked.programme}) p ON true`);
  if (!codes) throw new AppError("INTERNAL");
  return codes;
}

const unknown = (value: string) => [{ key: "unknownCode", values: { value } }];

/** Codes that do not exist, are no longer in use, or do not belong together. */
function codeErrors(content: Content, codes: Codes): FieldErrors {
  const errors: FieldErrors = {};
  const { campaign, aidCategory, recipientKind } = content;
  if (!codes.programme) errors["programme"] = unknown(content.programme);
  if (campaign !== null && !codes.campaign) errors["campaign"] = unknown(campaign);
  if (campaign !== null && codes.campaign && codes.programme && !codes.campaign.fits)
    errors["campaign"] = [{ key: "campaignMismatch", values: { value: campaign } }];
  if (aidCategory !== null && codes.aidCategories[aidCategory] === undefined)
    errors["aidCategory"] = unknown(aidCategory);
  if (recipientKind !== null && codes.recipientKinds[recipientKind] === undefined)
    errors["recipientKind"] = unknown(recipientKind);
  content.shares.forEach(({ fundSource }, index) => {
    if (codes.fundSources[fundSource] === undefined)
      errors[`shares.${index}.fundSource`] = unknown(fundSource);
  });
  return errors;
}

/** Refuses what cannot be written at all; `prefix` leads the field names of a nested form. */
function requireWritable(content: Content, codes: Codes, prefix = ""): void {
  const errors = { ...contentErrors(content), ...codeErrors(content, codes) };
  const entries = Object.entries(errors).map(([field, list]) => [prefix + field, list] as const);
  if (entries.length > 0)
    throw new AppError("VALIDATION", { fieldErrors: Object.fromEntries(entries) });
  const year = content.fiscalYear;
  if (codes.years[year] !== "OPEN")
    throw new AppError("YEAR_CLOSED", {
      fieldErrors: { [`${prefix}fiscalYear`]: [{ key: "yearClosed", values: { year } }] },
    });
}

/** A programme or organisation that is closed takes no new records; old ones may still be finished. */
function requireInUse(codes: Codes, prefix = ""): void {
  const errors: FieldErrors = {};
  if (codes.organisation && !codes.organisation.active)
    errors[`${prefix}organisation`] = [{ key: "inactive" }];
  if (codes.programme && !codes.programme.active)
    errors[`${prefix}programme`] = [{ key: "inactive" }];
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
}

const upper = <T extends string>(word: T) => word.toUpperCase() as Uppercase<T>;

function idsIn(codes: Codes): IdOf {
  const { aidCategories, recipientKinds, programme, campaign } = codes;
  return (list, code) => {
    if (list === "programmes") return programme?.id ?? null;
    if (list === "campaigns") return campaign?.id ?? null;
    return (list === "aid_categories" ? aidCategories : recipientKinds)[code] ?? null;
  };
}

/** Names of columns out of the kernel's list of fields, and never out of what anybody typed. */
const columns = (names: readonly string[]): Sql => sql([names.join(", ")]);

type Place = { id: bigint; organisationId: number };

async function insertShares(tx: Tx, place: Place, content: Content, codes: Codes): Promise<void> {
  if (content.shares.length === 0) return;
  await tx.disbursementShare.createMany({
    data: content.shares.map((share) => ({
      disbursementId: place.id,
      organisationId: place.organisationId,
      fundSourceId: codes.fundSources[share.fundSource] ?? 0,
      amountFen: share.amountFen,
    })),
  });
}

type NewRecord = {
  organisationId: number;
  content: Content;
  codes: Codes;
  kind: "ORIGINAL" | "REPLACEMENT";
  provenance?: Provenance | undefined;
};

async function insertRecord(context: CommandContext, made: NewRecord): Promise<bigint> {
  const { tx, actor, now } = context;
  const { organisationId, content, codes, kind, provenance } = made;
  const record = {
    ...columnsOf(content, idsIn(codes)),
    organisation_id: organisationId,
    entry_kind: kind,
    origin: provenance ? upper(provenance.origin) : "ENTERED",
    source_ref: provenance?.sourceRef ?? null,
    source_citation: provenance?.sourceCitation ?? null,
    created_by: actor.userId,
    last_edited_by: actor.userId,
    created_at: now,
    updated_at: now,
  };
  const named = columns(Object.keys(record));
  const [row] = await tx.$queryRaw<{ id: bigint }[]>(sql`INSERT INTO disbursements (${named})
    SELECT ${named} FROM json_populate_record(NULL::disbursements, ${JSON.stringify(record)}::json)
    RETURNING id`);
  if (!row) throw new AppError("INTERNAL");
  const { id } = row;
  await insertShares(tx, { id, organisationId }, content, codes);
  return id;
}

async function audit(
  tx: Tx,
  verb: "create" | "update" | "adjust",
  place: Place,
  body: AuditBody,
): Promise<void> {
  await appendAudits(tx, [
    { action: `disbursement.${verb}`, subjectId: place.id.toString(), body },
  ]);
}

/** Saves a new draft. What the clerk left out comes from the programme. */
export async function createDisbursement(
  input: CommandContext & { input: DisbursementFields; provenance?: Provenance },
): Promise<DisbursementDetail> {
  const { tx, db, scope, actor, now, provenance } = input;
  const { organisation, ...fields } = input.input;
  const codes = await findCodes(db, scope, { ...fields, organisation, campaign: fields.campaign });
  const refused = decideCreate(actor, codes.organisation?.path ?? null);
  // An organisation out of reach and one that does not exist are the same answer.
  if (refused === "NOT_FOUND")
    throw new AppError("NOT_FOUND", { fieldErrors: { organisation: unknown(organisation) } });
  if (refused !== null || !codes.organisation) throw new AppError(refused ?? "NOT_FOUND");
  if (!codes.programme)
    throw new AppError("VALIDATION", { fieldErrors: { programme: unknown(fields.programme) } });
  requireInUse(codes);
  const content = newContent(fields, codes.programme.defaults, civilDateInChina(now));
  requireWritable(content, codes);
  const organisationId = codes.organisation.id;
  const id = await insertRecord(input, {
    organisationId,
    content,
    codes,
    provenance,
    kind: "ORIGINAL",
  });
  const origin = provenance?.origin ?? "entered";
  await audit(tx, "create", { id, organisationId }, { ...changes(null, content), origin });
  return getDisbursement({ db, scope, actor, id: id.toString(), now });
}

/** Changes a draft or a returned record; of a pair, its replacement. */
export async function updateDisbursement(
  input: CommandContext & { id: string; input: UpdateInput },
): Promise<DisbursementDetail> {
  const { tx, db, scope, actor, now, id } = input;
  const { version, ...fields } = input.input;
  const pair = await findPair({ db, scope, id });
  authorise(actor, "edit", subjectOf(pair), { read: version, stored: pair.record.version });
  const half = contentHalf(pair);
  if (!half) throw new AppError("TRANSITION");
  const before = contentOf(toChecked(half));
  const content = mergeFields(before, fields);
  const codes = await findCodes(db, scope, { ...content, organisation: half.organisation });
  if (content.programme !== before.programme) requireInUse(codes);
  requireWritable(content, codes);
  const place = { id: BigInt(half.id), organisationId: half.organisationId };
  const written = columnsOf(content, idsIn(codes));
  const updated = await tx.$queryRaw(sql`UPDATE disbursements d
    SET (${columns(Object.keys(written))}, version, updated_at) =
      (SELECT ${columns(Object.keys(written))}, ${half.version + 1}::int, ${now}::timestamptz
        FROM json_populate_record(NULL::disbursements, ${JSON.stringify(written)}::json))
    WHERE d.id = ${place.id} AND d.status = ${upper(half.status)} AND d.version = ${half.version}
    RETURNING d.id`);
  if ((updated as unknown[]).length === 0) throw new AppError("STALE");
  const changed = changes(before, content);
  if ("shares" in changed.after) {
    await tx.disbursementShare.deleteMany({ where: { disbursementId: place.id } });
    await insertShares(tx, place, content, codes);
  }
  await audit(tx, "update", place, { ...changed, version: half.version + 1 });
  return getDisbursement({ db, scope, actor, id, now });
}

/** Of an original what its reversal says: money and counts with the other sign, everything else as it was. */
const REVERSED = CONTENT_FIELDS.map(({ kind, column }) =>
  kind === "fen" || kind === "count" ? `-${column} AS ${column}` : column,
);

/** The exact negative of an approved record, as a draft; `postOn` where the original's year is closed. */
async function insertReversal(
  { tx, actor, now }: CommandContext,
  original: DisbursementRecord,
  postOn: CivilDate | null,
): Promise<bigint> {
  const posted = postOn && {
    fiscal_year: sql`${yearOf(postOn)}::smallint`,
    paid_on: sql`${postOn}::date`,
    period_from: sql`NULL`,
    period_to: sql`NULL`,
  };
  const [reversal] = await tx.$queryRaw<{ id: bigint }[]>(sql`
    INSERT INTO disbursements (${columns(CONTENT_FIELDS.map(({ column }) => column))}, organisation_id,
      origin, entry_kind, created_by, last_edited_by, created_at, updated_at)
    SELECT ${joinSql(REVERSED.map((text) => posted?.[text as keyof typeof posted] ?? sql([text])))},
      organisation_id, CASE WHEN origin = 'DEMO' THEN origin ELSE 'ENTERED' END, 'REVERSAL',
      ${actor.userId}::uuid, ${actor.userId}::uuid, ${now}, ${now}
    FROM disbursements WHERE id = ${original.id}::bigint RETURNING id`);
  if (!reversal) throw new AppError("NOT_FOUND");
  await tx.$executeRaw(sql`
    INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
    SELECT ${reversal.id}, organisation_id, fund_source_id, -amount_fen
    FROM disbursement_shares WHERE disbursement_id = ${original.id}::bigint`);
  return reversal.id;
}

/** A replacement that would fall into a closed year is posted with its reversal, on the day of correction. */
async function insertReplacement(
  input: CommandContext & { input: AdjustInput },
  original: DisbursementRecord,
  postOn: CivilDate | null,
): Promise<{ id: bigint; content: Content } | null> {
  const { db, scope, now } = input;
  const fields = input.input.replacement;
  if (!fields) return null;
  const { organisation, organisationId } = original;
  const asked = { organisation, programme: fields.programme, campaign: fields.campaign };
  const codes = await findCodes(db, scope, asked);
  if (!codes.programme)
    throw new AppError("VALIDATION", {
      fieldErrors: { "replacement.programme": unknown(fields.programme) },
    });
  const written = newContent(fields, codes.programme.defaults, civilDateInChina(now));
  const closed = postOn !== null && codes.years[written.fiscalYear] !== "OPEN";
  const content = closed ? { ...written, ...postedOn(postOn) } : written;
  requireWritable(content, codes, "replacement.");
  const provenance: Provenance | undefined =
    original.origin === "demo" ? { origin: "demo" } : undefined;
  const record = { organisationId, content, codes, kind: "REPLACEMENT" as const, provenance };
  return { id: await insertRecord(input, record), content };
}

/**
 * Corrects an approved record: a reversal and, usually, a replacement, both drafts that go through
 * review together. Answers the original, with the correction beside it.
 */
export async function adjustDisbursement(
  input: CommandContext & { id: string; input: AdjustInput },
): Promise<DisbursementDetail> {
  const { tx, db, scope, actor, now, id } = input;
  const { version, reason, words } = input.input;
  // The second of two corrections waits here and finds the first, instead of failing at its commit.
  await tx.$queryRaw(sql`SELECT FROM disbursements WHERE id = ${id}::bigint FOR NO KEY UPDATE`);
  const { record: original } = await findPair({ db, scope, id });
  const subject = subjectOf({ record: original, partner: null });
  authorise(actor, "adjust", subject, { read: version, stored: original.version });
  const postOn = original.yearOpen ? null : civilDateInChina(now);
  const reversalId = await insertReversal(input, original, postOn);
  const replacement = await insertReplacement(input, original, postOn);
  const { organisationId } = original;
  await tx.adjustment.create({
    data: {
      organisationId,
      originalId: BigInt(id),
      reversalId,
      words,
      replacementId: replacement?.id ?? null,
      reasonCode: reason,
      createdBy: actor.userId,
      createdAt: now,
    },
  });
  const linked = { originalId: id, reversalId: reversalId.toString() };
  const body = { ...linked, replacementId: replacement?.id.toString() ?? null, reason };
  await audit(tx, "adjust", { id: BigInt(id), organisationId }, body);
  await audit(tx, "create", { id: reversalId, organisationId }, { reverses: id });
  if (replacement) {
    const after = changes(null, replacement.content);
    await audit(tx, "create", { id: replacement.id, organisationId }, { ...after, replaces: id });
  }
  return getDisbursement({ db, scope, actor, id, now });
}
