import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { requireKeeper } from "./policy";
import type { AdminCampaign, ApprovalRule, FindingThreshold, ListItem } from "./schema";
import type { ListName } from "./types";

type Asking = { db: Reader; actor: Actor };

const EARMARKED: Record<ListName, Sql> = {
  "aid-categories": sql`NULL::boolean AS earmarked, NULL::json AS limits FROM aid_categories i`,
  "fund-sources": sql`i.earmarked, (
      SELECT coalesce(json_agg(json_build_object('fromYear', e.key::int, 'limit', lower(e.value)) ORDER BY e.key), '[]')
      FROM jsonb_each_text(i.limits) AS e) AS limits FROM fund_sources i`,
  "recipient-kinds": sql`NULL::boolean AS earmarked, NULL::json AS limits FROM recipient_kinds i`,
};
const itemsSql = (list: ListName) => sql`
  SELECT i.code, i.name_zh AS "nameZh", i.name_en AS "nameEn", i.sort_order AS "sortOrder", i.active, i.version,
    ${EARMARKED[list]}`;

/** Reference data is kept by administrators and public to whoever is signed in, so it has no scope. */
export async function listItems(input: Asking & { list: ListName }): Promise<ListItem[]> {
  requireKeeper(input.actor);
  return input.db.rows<ListItem>(sql`${itemsSql(input.list)} ORDER BY i.sort_order, i.id`);
}

export async function findItem(
  db: Reader,
  list: ListName,
  code: string,
): Promise<ListItem | undefined> {
  const [item] = await db.rows<ListItem>(sql`${itemsSql(list)} WHERE i.code = ${code}`);
  return item;
}

const CAMPAIGNS = sql`
  SELECT c.code, c.name_zh AS "nameZh", c.name_en AS "nameEn", o.code AS organisation, o.name_zh AS "organisationZh",
    o.name_en AS "organisationEn", p.code AS programme, c.starts_on::text AS "startsOn", c.ends_on::text AS "endsOn",
    c.version
  FROM campaigns c JOIN organisations o ON o.id = c.organisation_id JOIN programmes p ON p.id = c.programme_id`;

export async function listCampaigns({ db, actor }: Asking): Promise<AdminCampaign[]> {
  requireKeeper(actor);
  return db.rows<AdminCampaign>(sql`${CAMPAIGNS} ORDER BY c.starts_on DESC, c.code`);
}

export async function findCampaign(db: Reader, code: string): Promise<AdminCampaign | undefined> {
  const [campaign] = await db.rows<AdminCampaign>(sql`${CAMPAIGNS} WHERE c.code = ${code}`);
  return campaign;
}

const RULES = sql`
  SELECT r.id::text, o.code AS organisation, o.name_zh AS "organisationZh", o.name_en AS "organisationEn", r.step,
    r.min_amount_fen::text AS "minAmountFen", lower(r.level) AS level, r.active, r.version
  FROM approval_rules r LEFT JOIN organisations o ON o.id = r.organisation_id`;

/** What holds everywhere first, then by place; within a place in the order of the approvals. */
export async function listRules({ db, actor }: Asking): Promise<ApprovalRule[]> {
  requireKeeper(actor);
  return db.rows<ApprovalRule>(sql`
    ${RULES} ORDER BY NOT r.active, o.code COLLATE "C" NULLS FIRST, r.step, r.min_amount_fen, r.id`);
}

export async function findRule(db: Reader, id: string): Promise<ApprovalRule | undefined> {
  const [rule] = await db.rows<ApprovalRule>(sql`${RULES} WHERE r.id = ${Number(id)}`);
  return rule;
}

const THRESHOLDS = sql`
  SELECT t.id::text, t.threshold, t.year, o.code AS organisation, o.name_zh AS "organisationZh",
    o.name_en AS "organisationEn", p.code AS programme, t.value::text, t.active, t.version
  FROM finding_thresholds t LEFT JOIN organisations o ON o.id = t.organisation_id
  LEFT JOIN programmes p ON p.id = t.programme_id`;

/** What holds everywhere first, then by programme, place and year. */
export async function listThresholds({ db, actor }: Asking): Promise<FindingThreshold[]> {
  requireKeeper(actor);
  return db.rows<FindingThreshold>(sql`
    ${THRESHOLDS} ORDER BY NOT t.active, p.sort_order NULLS FIRST, o.code COLLATE "C" NULLS FIRST, t.year NULLS FIRST, t.id`);
}

export async function findThreshold(db: Reader, id: string): Promise<FindingThreshold | undefined> {
  const [threshold] = await db.rows<FindingThreshold>(
    sql`${THRESHOLDS} WHERE t.id = ${Number(id)}`,
  );
  return threshold;
}
