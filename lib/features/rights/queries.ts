import "server-only";
import { referenceOf } from "@/lib/features/disbursements/queries";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { rightsActions } from "./policy";
import type { RightsRequest } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

type Row = Omit<RightsRequest, "line" | "requestedAt" | "decidedAt" | "actions"> & {
  path: string;
  record: string | null;
  fiscalYear: number | null;
  lineNo: number | null;
  requestedAt: Date;
  decidedAt: Date | null;
};

const MOST = 200;
const nameOf = (user: Sql) =>
  sql`(SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) FROM users u WHERE u.id = ${user})`;

async function requestsWhere(
  { db, scope, actor }: Asking,
  condition: Sql,
): Promise<{ request: RightsRequest; path: string }[]> {
  const rows = await db.rows<Row>(sql`
    SELECT r.id::text AS id, lower(r.kind) AS kind, o.code AS organisation, o.path,
      CASE WHEN r.household_id IS NOT NULL THEN json_build_object('id', r.household_id, 'code', r.code) END AS file,
      r.disbursement_id::text AS record, d.fiscal_year AS "fiscalYear", r.line_no AS "lineNo",
      replace(lower(r.reason), '_', '-') AS reason, r.asked_on::text AS "askedOn", ${nameOf(sql`r.requested_by`)} AS "requestedBy",
      r.requested_at AS "requestedAt", coalesce(lower(r.decision), 'pending') AS state, ${nameOf(sql`r.decided_by`)} AS "decidedBy",
      r.decided_at AS "decidedAt", r.rows
    FROM rights_requests r JOIN organisations o ON o.id = r.organisation_id LEFT JOIN disbursements d ON d.id = r.disbursement_id
    WHERE ${within(sql`r.organisation_id`, scope)} AND ${condition}
    ORDER BY r.decision IS NULL DESC, r.id DESC LIMIT ${MOST}`);
  return rows.map((row) => {
    const { path, record, fiscalYear, lineNo, requestedAt, decidedAt, ...rest } = row;
    const { organisation } = rest;
    const request = {
      ...rest,
      line:
        record === null || fiscalYear === null || lineNo === null
          ? null
          : {
              record,
              reference: referenceOf({ organisation, fiscalYear, id: record }),
              no: lineNo,
            },
      requestedAt: requestedAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      actions: rightsActions(actor, { ...rest, path }),
    };
    return { request, path };
  });
}

/** Whoever reads records reads what was asked for; administrators read neither. */
export async function listRights(asking: Asking): Promise<{ items: RightsRequest[] }> {
  if (!hasRole(asking.actor, ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"]))
    throw new AppError("FORBIDDEN");
  const found = await requestsWhere(asking, sql`true`);
  return { items: found.map(({ request }) => request) };
}

/** With where it is: what somebody may decide is asked before whether it still waits. */
export const findRights = async (
  asking: Asking & { id: string },
): Promise<{ request: RightsRequest; path: string }> =>
  found((await requestsWhere(asking, sql`r.id = ${asking.id}::bigint`))[0]);
