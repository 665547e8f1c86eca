import "server-only";
import { NO_CAMPAIGN } from "@/lib/features/filter/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { changesOf } from "@/lib/kernel/changes";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { requireKeeper } from "./policy";
import { thresholdText } from "./present";
import { findCampaign, findItem, findRule, findThreshold } from "./queries";
import type {
  AdminCampaign,
  ApprovalRule,
  CreateCampaignInput,
  CreateListItemInput,
  CreateRuleInput,
  CreateThresholdInput,
  FindingThreshold,
  ListItem,
  UpdateCampaignInput,
  UpdateListItemInput,
  UpdateRuleInput,
  UpdateThresholdInput,
} from "./schema";
import { LISTS, MOST_SOURCES, THRESHOLD_RANGES, type ListName } from "./types";

type Write = { tx: Tx; db: Reader; actor: Actor };

const TABLES = {
  aid_categories: sql`aid_categories`,
  fund_sources: sql`fund_sources`,
  recipient_kinds: sql`recipient_kinds`,
  campaigns: sql`campaigns`,
} as const;
type Kept = keyof typeof TABLES;

async function isInUse(tx: Tx, table: Kept, code: string): Promise<boolean> {
  const [row] = await tx.rows<{ used: boolean | null }>(
    sql`SELECT guard.kept_code_in_use(${table}, ${code}) AS used`,
  );
  return row?.used !== false;
}

async function requireFreeCode(tx: Tx, table: Kept, code: string): Promise<void> {
  const taken = await tx.run(sql`SELECT FROM ${TABLES[table]} WHERE code = ${code}`);
  if (taken > 0) refuseField("code", { key: "codeTaken" });
}

/** The next place in the list, and the id: a source's is a bit of a set, so no number may be lost. */
async function nextOf(tx: Tx, table: Kept): Promise<{ id: number; sortOrder: number }> {
  const [next] = await tx.rows<{ id: number; sortOrder: number }>(sql`
    SELECT coalesce(max(id), 0)::int + 1 AS id, coalesce(max(sort_order), 0)::int + 1 AS "sortOrder"
    FROM ${TABLES[table]}`);
  return found(next);
}

export async function createListItem(
  input: Write & { params: { list: ListName }; body: CreateListItemInput },
): Promise<ListItem> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const { table, subject } = LISTS[params.list];
  const { code, nameZh, nameEn, earmarked = false } = body;
  if (earmarked && table !== "fund_sources") refuseField("earmarked", { key: "onlySources" });
  await requireFreeCode(tx, table, code);
  const next = await nextOf(tx, table);
  const item = { code, nameZh, nameEn, sortOrder: body.sortOrder ?? next.sortOrder };
  if (table === "fund_sources") {
    if (next.id > MOST_SOURCES) refuseField("code", { key: "sourcesFull" });
    await tx.run(insertInto(table, [{ id: next.id, ...item, earmarked }]));
  } else await tx.run(insertInto(table, [item]));
  appendAudits(tx, [
    { action: `${subject}.create`, subjectId: code, body: { ...item, earmarked } },
  ]);
  return found(await findItem(db, params.list, code));
}

type Limit = NonNullable<UpdateListItemInput["limit"]>;

/** The rules by their years, as they are kept, with one more. */
const limitsWith = ({ limits }: ListItem, limit: Limit) =>
  Object.fromEntries(
    [...(limits ?? []), limit].map((one) => [String(one.fromYear), one.limit.toUpperCase()]),
  );

export async function updateListItem(
  input: Write & { params: { list: ListName; code: string }; body: UpdateListItemInput },
): Promise<ListItem> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const { table, subject } = LISTS[params.list];
  const before = found(await findItem(db, params.list, params.code));
  const { version, limit, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  if (limit && table !== "fund_sources") refuseField("limit", { key: "onlySources" });
  if (asked.earmarked !== undefined && table !== "fund_sources")
    refuseField("earmarked", { key: "onlySources" });
  const changes = changesOf(before, asked);
  if (changes.earmarked !== undefined && (await isInUse(tx, table, params.code)))
    refuseField("earmarked", { key: "flagInUse" });
  const limits = limit && { limits: limitsWith(before, limit) };
  const set = setOf(table, { ...changes, ...limits, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE ${TABLES[table]} ${set} WHERE code = ${params.code} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const told = limit ? { ...changes, fromYear: limit.fromYear, limit: limit.limit } : changes;
  appendAudits(tx, [{ action: `${subject}.update`, subjectId: params.code, body: told }]);
  return found(await findItem(db, params.list, params.code));
}

type Named = { organisation: string; programme: string };

/** The ids behind a campaign's codes; what is out of use takes no campaign. */
async function placesOf(tx: Tx, { organisation, programme }: Named, before?: Named) {
  const [row] = await tx.rows<
    Record<"organisation" | "programme", { id: number; active: boolean } | null>
  >(sql`
    SELECT (SELECT json_build_object('id', id, 'active', active) FROM organisations WHERE code = ${organisation}) AS organisation,
      (SELECT json_build_object('id', id, 'active', active) FROM programmes WHERE code = ${programme}) AS programme`);
  const place = row?.organisation;
  const kind = row?.programme;
  if (!place)
    return refuseField("organisation", { key: "unknownCode", values: { value: organisation } });
  if (!kind) return refuseField("programme", { key: "unknownCode", values: { value: programme } });
  if (!place.active && organisation !== before?.organisation)
    refuseField("organisation", { key: "inactive" });
  if (!kind.active && programme !== before?.programme)
    refuseField("programme", { key: "inactive" });
  return { organisationId: place.id, programmeId: kind.id };
}

export async function createCampaign(
  input: Write & { body: CreateCampaignInput },
): Promise<AdminCampaign> {
  const { tx, db, actor, body } = input;
  requireKeeper(actor);
  const { code, nameZh, nameEn, startsOn, endsOn } = body;
  if (startsOn > endsOn) refuseField("endsOn", { key: "campaignDays" });
  if (code === NO_CAMPAIGN) refuseField("code", { key: "codeTaken" });
  await requireFreeCode(tx, "campaigns", code);
  const ids = await placesOf(tx, body);
  const row = { code, nameZh, nameEn, ...ids, startsOn, endsOn };
  await tx.run(insertInto("campaigns", [row]));
  appendAudits(tx, [{ action: "campaign.create", subjectId: code, body }]);
  return found(await findCampaign(db, code));
}

export async function updateCampaign(
  input: Write & { params: { code: string }; body: UpdateCampaignInput },
): Promise<AdminCampaign> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const before = found(await findCampaign(db, params.code));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const changes = changesOf(before, asked);
  const { startsOn, endsOn, organisation, programme } = { ...before, ...changes };
  if (startsOn > endsOn) refuseField("endsOn", { key: "campaignDays" });
  const moved =
    changes.programme === undefined ? changes.organisation && "organisation" : "programme";
  if (moved && (await isInUse(tx, "campaigns", params.code)))
    refuseField(moved, { key: "flagInUse" });
  const ids = await placesOf(tx, { organisation, programme }, before);
  const { nameZh, nameEn } = { ...before, ...changes };
  const row = { nameZh, nameEn, ...ids, startsOn, endsOn };
  const set = setOf("campaigns", { ...row, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE campaigns ${set} WHERE code = ${params.code} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [{ action: "campaign.update", subjectId: params.code, body: changes }]);
  return found(await findCampaign(db, params.code));
}

type RuleKey = { organisationId: number | null; step: number; minAmountFen: string };

/** Two rules in use for one place, step and amount would leave it to chance which holds. */
async function requireFreeRule(tx: Tx, key: RuleKey, id?: string): Promise<void> {
  const taken = await tx.run(sql`
    SELECT FROM approval_rules WHERE active AND organisation_id IS NOT DISTINCT FROM ${key.organisationId}::int
      AND step = ${key.step} AND min_amount_fen = ${key.minAmountFen}::bigint AND id <> ${Number(id ?? 0)}`);
  if (taken > 0) refuseField("minAmountFen", { key: "ruleTaken" });
}

async function idOfPlace(tx: Tx, organisation: string | null): Promise<number | null> {
  if (organisation === null) return null;
  const [place] = await tx.rows<{ id: number }>(
    sql`SELECT id FROM organisations WHERE code = ${organisation} AND active`,
  );
  if (!place) refuseField("organisation", { key: "unknownCode", values: { value: organisation } });
  return place?.id ?? null;
}

async function idOfProgramme(tx: Tx, programme: string | null): Promise<number | null> {
  if (programme === null) return null;
  const [found] = await tx.rows<{ id: number }>(
    sql`SELECT id FROM programmes WHERE code = ${programme} AND active`,
  );
  if (!found) refuseField("programme", { key: "unknownCode", values: { value: programme } });
  return found?.id ?? null;
}

export async function createRule(input: Write & { body: CreateRuleInput }): Promise<ApprovalRule> {
  const { tx, db, actor, body } = input;
  requireKeeper(actor);
  const { organisation, step, minAmountFen, level } = body;
  const organisationId = await idOfPlace(tx, organisation);
  await requireFreeRule(tx, { organisationId, step, minAmountFen });
  const row = {
    organisationId,
    step,
    minAmountFen: BigInt(minAmountFen),
    level: level.toUpperCase(),
  };
  const [made] = await tx.rows<{ id: number }>(
    sql`${insertInto("approval_rules", [row])} RETURNING id`,
  );
  const id = String(found(made).id);
  appendAudits(tx, [{ action: "approval-rule.create", subjectId: id, body }]);
  return found(await findRule(db, id));
}

export async function updateRule(
  input: Write & { params: { id: string }; body: UpdateRuleInput },
): Promise<ApprovalRule> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const before = found(await findRule(db, params.id));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const changes = changesOf(before, asked);
  const { minAmountFen, level, active } = { ...before, ...changes };
  const [place] = await tx.rows<{ id: number | null }>(
    sql`SELECT organisation_id AS id FROM approval_rules WHERE id = ${Number(params.id)}`,
  );
  const key = { organisationId: place?.id ?? null, step: before.step, minAmountFen };
  if (active) await requireFreeRule(tx, key, params.id);
  const row = { minAmountFen: BigInt(minAmountFen), level: level.toUpperCase(), active };
  const set = setOf("approval_rules", { ...row, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE approval_rules ${set} WHERE id = ${Number(params.id)} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [{ action: "approval-rule.update", subjectId: params.id, body: changes }]);
  return found(await findRule(db, params.id));
}

/** What the chain keeps of it, as people type it. */
const toldOf = ({ threshold, value, active }: FindingThreshold) => ({
  value: thresholdText(threshold, value),
  active,
});

function requireInRange(threshold: FindingThreshold["threshold"], value: string): void {
  const { min, max } = THRESHOLD_RANGES[threshold];
  if (BigInt(value) < min || BigInt(value) > max) refuseField("value", { key: "thresholdRange" });
}

export async function createThreshold(
  input: Write & { body: CreateThresholdInput },
): Promise<FindingThreshold> {
  const { tx, db, actor, body } = input;
  requireKeeper(actor);
  const { threshold, year, organisation, programme = null, value } = body;
  requireInRange(threshold, value);
  const organisationId = await idOfPlace(tx, organisation);
  const programmeId = await idOfProgramme(tx, programme);
  const taken = await tx.run(sql`
    SELECT FROM finding_thresholds WHERE active AND threshold = ${threshold}
      AND year IS NOT DISTINCT FROM ${year}::int AND organisation_id IS NOT DISTINCT FROM ${organisationId}::int
      AND programme_id IS NOT DISTINCT FROM ${programmeId}::int`);
  if (taken > 0) refuseField("threshold", { key: "thresholdTaken" });
  const row = { threshold, year, organisationId, programmeId, value: BigInt(value) };
  const [made] = await tx.rows<{ id: number }>(
    sql`${insertInto("finding_thresholds", [row])} RETURNING id`,
  );
  const id = String(found(made).id);
  const place = { threshold, year, organisation, ...(programme === null ? {} : { programme }) };
  const told = { ...place, value: thresholdText(threshold, value) };
  appendAudits(tx, [{ action: "finding-threshold.create", subjectId: id, body: told }]);
  return found(await findThreshold(db, id));
}

export async function updateThreshold(
  input: Write & { params: { id: string }; body: UpdateThresholdInput },
): Promise<FindingThreshold> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const before = found(await findThreshold(db, params.id));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const changes = changesOf(before, asked);
  const { threshold, year, organisation, programme, value, active } = { ...before, ...changes };
  requireInRange(threshold, value);
  if (!active && year === null && organisation === null && programme === null)
    refuseField("active", { key: "thresholdEverywhere" });
  const set = setOf("finding_thresholds", { value: BigInt(value), active, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE finding_thresholds ${set} WHERE id = ${Number(params.id)} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const said = (of: FindingThreshold, changed: object) =>
    Object.fromEntries(Object.entries(toldOf(of)).filter(([name]) => name in changed));
  const after = { ...before, value, active };
  appendAudits(tx, [
    {
      action: "finding-threshold.update",
      subjectId: params.id,
      body: {
        ...{ threshold, year, organisation, ...(programme === null ? {} : { programme }) },
        ...{ before: said(before, changes), after: said(after, changes) },
      },
    },
  ]);
  return found(await findThreshold(db, params.id));
}
