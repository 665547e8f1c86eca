import "server-only";
import { requireOrganisation } from "@/lib/features/reference/queries";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { RECORD_SUBJECTS, rootOf } from "./rules";
import type { AuditEntry, AuditFilter, AuditPage, AuditQuery } from "./schema";

type Row = {
  position: bigint;
  at: string;
  actor: AuditEntry["actor"];
  action: string;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  organisation: string | null;
  body: AuditEntry["body"];
  hash: string;
};

/** The same rule as the policy read_history, stated once more where the query is written. */
function readable(actor: Actor, scope: Scope): Sql {
  const root = actor.memberships[0] ? rootOf(actor.memberships[0].path) : null;
  const ofRecords = sql`a.subject_type = ANY (${[...RECORD_SUBJECTS]})
    AND ${within(sql`a.organisation_id`, scope)}`;
  const atProvince = actor.memberships.some(
    (m) => m.kind === "PROVINCE" && (m.role === "AUDITOR" || m.role === "PROVINCE"),
  );
  // the closing of a year tells its sums
  const ofOthers = sql`a.subject_type <> ALL (${[...RECORD_SUBJECTS]})
    ${atProvince ? emptySql : sql`AND a.action <> 'year.close'`}`;
  return atProvince || hasRole(actor, ["ADMIN"])
    ? sql`a.root_id = ${root} AND ((${ofRecords}) OR (${ofOthers}))`
    : sql`a.root_id = ${root} AND (${ofRecords})`;
}

function conditions(filter: AuditFilter): Sql[] {
  const { subjectType, subjectId, org, action, actor, from, to } = filter;
  return [
    subjectType ? sql`a.subject_type = ${subjectType}` : null,
    subjectId ? sql`a.subject_id = ${subjectId}` : null,
    org
      ? sql`a.organisation_id IN (SELECT o.id FROM organisations o JOIN organisations top
            ON top.code = ${org} AND starts_with(o.path, top.path))`
      : null,
    action ? sql`(a.action = ${action} OR starts_with(a.action, ${`${action}.`}))` : null,
    actor ? sql`a.actor_id = (SELECT id FROM users WHERE username = ${actor})` : null,
    // days are China's, whatever the server's clock says
    from ? sql`a.at >= (${from}::date)::timestamp AT TIME ZONE 'Asia/Shanghai'` : null,
    to ? sql`a.at < (${to}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'` : null,
  ].filter((condition) => condition !== null);
}

export async function listAuditEntries(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  query: AuditQuery;
}): Promise<AuditPage> {
  const { db, scope, actor, query } = input;
  const { cursor, limit, ...filter } = query;
  await requireOrganisation(db, filter.org);
  const after = cursor ? sql`AND a.position < ${cursor}::bigint` : emptySql;
  const rows = await db.rows<Row>(sql`
    SELECT a.position, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
      CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'username', u.username,
        'nameZh', u.name_zh, 'nameEn', u.name_en) END AS actor,
      a.action, a.subject_type, a.subject_id, s.username AS subject_name, o.code AS organisation,
      a.body::json AS body, a.hash::text
    FROM audit_entries a
    LEFT JOIN users u ON u.id = a.actor_id
    LEFT JOIN users s ON a.subject_type = 'user' AND s.id::text = a.subject_id
    LEFT JOIN organisations o ON o.id = a.organisation_id
    WHERE ${joinSql([readable(actor, scope), ...conditions(filter)], " AND ")} ${after}
    ORDER BY a.position DESC LIMIT ${limit + 1}`);
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => ({
      id: String(row.position),
      at: row.at,
      actor: row.actor,
      action: row.action,
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      subjectName: row.subject_name,
      organisation: row.organisation,
      body: row.body,
      hash: row.hash,
    })),
    nextCursor: rows.length > limit ? String(page.at(-1)?.position) : null,
  };
}
