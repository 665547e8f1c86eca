import "server-only";
import { requireAdmin } from "@/lib/features/admin/policy";
import type { Actor } from "@/lib/kernel/actor";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import type { AdminRequest } from "./schema";

const moment = (column: Sql): Sql =>
  sql`to_char((${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const person = (alias: Sql): Sql => sql`CASE WHEN ${alias}.id IS NOT NULL THEN
  json_build_object('id', ${alias}.id, 'username', ${alias}.username, 'nameZh', ${alias}.name_zh, 'nameEn', ${alias}.name_en) END`;

const STATE = sql`CASE WHEN r.decision IS NOT NULL THEN lower(r.decision)
  WHEN r.requested_at < now() - guard.request_life() THEN 'lapsed' ELSE 'pending' END`;

const requests = sql`
  SELECT r.id::text AS id, lower(r.kind) AS kind, ${STATE} AS state,
    json_build_object('id', r.user_id, 'username', coalesce(u.username, r.username),
      'nameZh', coalesce(u.name_zh, r.name_zh), 'nameEn', coalesce(u.name_en, r.name_en)) AS account,
    CASE WHEN r.role IS NOT NULL THEN json_build_object('role', r.role, 'organisation', o.code,
      'organisationZh', o.name_zh, 'organisationEn', o.name_en) END AS role,
    CASE WHEN r.issuer IS NOT NULL THEN
      json_build_object('issuer', r.issuer, 'subject', r.subject) END AS identity,
    ${person(sql`asker`)} AS "requestedBy", ${moment(sql`r.requested_at`)} AS "requestedAt",
    ${moment(sql`r.requested_at + guard.request_life()`)} AS "lapsesAt",
    ${person(sql`decider`)} AS "decidedBy", ${moment(sql`r.decided_at`)} AS "decidedAt"
  FROM admin_requests r JOIN users asker ON asker.id = r.requested_by
  LEFT JOIN users u ON u.id = r.user_id LEFT JOIN users decider ON decider.id = r.decided_by
  LEFT JOIN organisations o ON o.id = r.organisation_id`;

type Read = { db: Reader; actor: Actor };

/** Those that wait, the oldest first; then the latest others. */
export async function listAdminRequests({ db, actor }: Read): Promise<{ items: AdminRequest[] }> {
  requireAdmin(actor);
  const rows = await db.rows<AdminRequest>(sql`${requests} ORDER BY r.id DESC LIMIT 200`);
  const waits = ({ state }: AdminRequest) => state === "pending";
  const others = rows.filter((row) => !waits(row)).slice(0, 50);
  return { items: [...rows.filter(waits).reverse(), ...others] };
}

export async function findAdminRequest(db: Reader, id: string): Promise<AdminRequest | null> {
  const [row] = await db.rows<AdminRequest>(sql`${requests} WHERE r.id = ${id}::bigint`);
  return row ?? null;
}
