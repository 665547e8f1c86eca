import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { namedLike, requireOrganisation } from "@/lib/features/reference/queries";
import { requireAdmin } from "./policy";
import type {
  AdminOrganisation,
  AdminProgramme,
  AdminUser,
  FailedSignIn,
  UsersPage,
  UsersQuery,
} from "./schema";

const userColumns = sql`u.id, u.username, u.name_zh AS "nameZh", u.name_en AS "nameEn", u.active,
  u.is_demo AS "isDemo", u.created_at AS "createdAt", u.version,
  EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "secondFactor", coalesce((
    SELECT json_agg(json_build_object('issuer', i.issuer, 'subject', i.subject) ORDER BY i.issuer, i.subject)
    FROM user_identities i WHERE i.user_id = u.id), '[]') AS identities, coalesce((
    SELECT json_agg(json_build_object('id', m.id, 'role', m.role, 'organisation', o.code,
      'organisationZh', o.name_zh, 'organisationEn', o.name_en,
      'grantedAt', to_char(m.granted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      ORDER BY o.path, guard.role_rank(m.role))
    FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = u.id AND m.revoked_at IS NULL), '[]') AS memberships`;

type UserRow = Omit<AdminUser, "createdAt"> & { createdAt: Date };
const userOf = (row: UserRow): AdminUser => ({ ...row, createdAt: row.createdAt.toISOString() });

function conditions({ q, org, role, active }: UsersQuery): Sql[] {
  const like = `%${(q ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  const holds = sql`SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = u.id AND m.revoked_at IS NULL`;
  return [
    sql`NOT u.is_system`,
    q
      ? sql`(u.username ILIKE ${like} OR u.name_zh ILIKE ${like} OR u.name_en ILIKE ${like})`
      : null,
    role ? sql`EXISTS (${holds} AND m.role = ${role})` : null,
    org
      ? sql`EXISTS (${holds} AND starts_with(o.path, (SELECT path FROM organisations WHERE code = ${org})))`
      : null,
    active ? sql`u.active = ${active === "true"}` : null,
  ].filter((condition) => condition !== null);
}

export async function listUsers(input: {
  db: Reader;
  actor: Actor;
  query: UsersQuery;
}): Promise<UsersPage> {
  const { db, actor, query } = input;
  requireAdmin(actor);
  await requireOrganisation(db, query.org);
  const after = query.cursor ? sql`AND u.username > ${query.cursor}` : emptySql;
  const rows = await db.rows<UserRow>(sql`
    SELECT ${userColumns} FROM users u WHERE ${joinSql(conditions(query), " AND ")} ${after}
    ORDER BY u.username LIMIT ${query.limit + 1}`);
  const items = rows.slice(0, query.limit).map(userOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.username ?? null) : null };
}

/** Import accounts are nobody's to change, so they are not found. */
export async function findUser(input: { db: Reader; id: string }): Promise<AdminUser | null> {
  const [row] = await input.db.rows<UserRow>(sql`
    SELECT ${userColumns} FROM users u WHERE u.id = ${input.id}::uuid AND NOT u.is_system`);
  return row ? userOf(row) : null;
}

const organisationColumns = sql`o.code, o.name_zh AS "nameZh", o.name_en AS "nameEn", o.kind,
  parent.code AS parent, parent.name_zh AS "parentZh", parent.name_en AS "parentEn", o.active, o.version`;

export async function listAdminOrganisations(input: {
  db: Reader;
  actor: Actor;
  /** Words of a name or code. */
  q?: string;
  limit?: number;
}): Promise<{ items: AdminOrganisation[] }> {
  requireAdmin(input.actor);
  const items = await input.db.rows<AdminOrganisation>(sql`
    SELECT ${organisationColumns} FROM organisations o
    LEFT JOIN organisations parent ON parent.id = o.parent_id
    WHERE ${namedLike(input.q ?? "")} ORDER BY o.code COLLATE "C" LIMIT ${input.limit ?? null}::int`);
  return { items };
}

export async function findAdminOrganisation(input: {
  db: Reader;
  code: string;
}): Promise<AdminOrganisation | null> {
  const [row] = await input.db.rows<AdminOrganisation>(sql`
    SELECT ${organisationColumns} FROM organisations o
    LEFT JOIN organisations parent ON parent.id = o.parent_id WHERE o.code = ${input.code}`);
  return row ?? null;
}

const programmeColumns = sql`p.code, p.name_zh AS "nameZh", p.name_en AS "nameEn",
  lower(p.season::text) AS season, p.contributory, p.season_months AS "seasonMonths",
  p.main_unit AS "mainUnit", lower(p.allowed_forms::text)::text[] AS "allowedForms",
  lower(p.default_form::text) AS "defaultForm", p.sort_order AS "sortOrder", p.active, p.version,
  p.notice_from_year AS "noticeFromYear", guard.claim_rules(p.code) AS claims,
  (SELECT c.code FROM aid_categories c WHERE c.id = p.default_aid_category_id) AS "defaultAidCategory",
  (SELECT k.code FROM recipient_kinds k WHERE k.id = p.default_recipient_kind_id) AS "defaultRecipientKind"`;

export async function listAdminProgrammes(input: {
  db: Reader;
  actor: Actor;
}): Promise<{ items: AdminProgramme[] }> {
  requireAdmin(input.actor);
  const items = await input.db.rows<AdminProgramme>(
    sql`SELECT ${programmeColumns} FROM programmes p ORDER BY p.sort_order, p.id`,
  );
  return { items };
}

export async function findAdminProgramme(input: {
  db: Reader;
  code: string;
}): Promise<AdminProgramme | null> {
  const [row] = await input.db.rows<AdminProgramme>(
    sql`SELECT ${programmeColumns} FROM programmes p WHERE p.code = ${input.code}`,
  );
  return row ?? null;
}

const moment = (column: Sql): Sql =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function listFailedSignIns(input: {
  db: Reader;
  actor: Actor;
}): Promise<{ items: FailedSignIn[] }> {
  requireAdmin(input.actor);
  const items = await input.db.rows<FailedSignIn>(sql`
    SELECT a.id::text AS id, a.address, a.failures, a.failed_in_a_row AS "failedInARow",
      ${moment(sql`a.first_at`)} AS "firstAt", ${moment(sql`a.tried_at`)} AS "triedAt",
      ${moment(sql`a.succeeded_at`)} AS "succeededAt",
      CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'username', u.username,
        'nameZh', u.name_zh, 'nameEn', u.name_en) END AS "user"
    FROM sign_in_attempts a LEFT JOIN users u ON u.id = a.user_id
    WHERE a.failures > 0 ORDER BY a.tried_at DESC, a.id DESC LIMIT 200`);
  return { items };
}
