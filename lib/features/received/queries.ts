import "server-only";
import { PREFECTURE_CODE, PREFECTURE_JOIN, type FoundIds } from "@/lib/features/reference/queries";
import type { Position } from "@/lib/kernel/position";
import type { Places } from "@/lib/kernel/scope";
import { joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";

/** 到位: what organisations received, summed. How it was allotted, one by one, is in `allotments`. */

export type ReceivedAxis = "organisation" | "prefecture" | "fundSource";
type Of = Places &
  Pick<FoundIds, "fundSourceIds"> & {
    year: number | undefined;
    at?: Position | undefined;
    /** Of one project alone. */
    project?: string | undefined;
  };

/** Over `a`: received by then, and not taken back by then. */
function standing(at: Position | undefined): Sql {
  if (!at) return sql`a.voided_at IS NULL`;
  const entered = (kind: "RECEIVED" | "VOIDED") => sql`EXISTS (SELECT FROM allotment_entries e
    WHERE e.allotment_id = a.id AND e.kind = ${kind} AND e.seq <= ${wholeSql(at.seq)})`;
  return sql`${entered("RECEIVED")} AND NOT ${entered("VOIDED")}`;
}

/** Allotments `a` that were not taken back. */
const allotted = ({ year, fundSourceIds, at, project, ...places }: Of): Sql =>
  joinSql(
    [
      sql`${standing(at)} AND ${within(sql`a.organisation_id`, places)}`,
      ...(year === undefined ? [] : [sql`a.fiscal_year = ${year}`]),
      ...(fundSourceIds ? [sql`a.fund_source_id = ANY (${fundSourceIds}::int[])`] : []),
      ...(project === undefined ? [] : [sql`a.project_id = ${project}::bigint`]),
    ],
    " AND ",
  );

function receivedSql(axis: ReceivedAxis, resolved: Of): Sql {
  const relief = sql`${allotted(resolved)}
    AND NOT EXISTS (SELECT FROM programmes p WHERE p.id = a.programme_id AND p.contributory)`;
  if (axis === "fundSource")
    return sql`SELECT s.code, o.code AS organisation, sum(a.amount_fen)::bigint AS received
      FROM fund_sources s LEFT JOIN allotments a ON a.fund_source_id = s.id AND ${relief}
      LEFT JOIN organisations o ON o.id = a.organisation_id
      GROUP BY s.code, s.sort_order, o.code ORDER BY s.sort_order, o.code`;
  const code = axis === "organisation" ? sql`o.code` : PREFECTURE_CODE;
  return sql`SELECT ${code} AS code, o.code AS organisation, sum(a.amount_fen)::bigint AS received
    FROM allotments a JOIN organisations o ON o.id = a.organisation_id ${PREFECTURE_JOIN}
    WHERE ${relief} GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Null: nothing is recorded, which is not a zero. */
export type ReceivedRow = { code: string; organisation: string | null; received: bigint | null };

/**
 * What each organisation received, by place or source (of which all are named, in their order); allotments for a
 * contributory programme stand apart.
 */
export function listReceived(db: Reader, axis: ReceivedAxis, of: Of) {
  return db.rows<ReceivedRow>(receivedSql(axis, of));
}

/** The total of a list of allotments, those for contributory programmes among them. */
export async function queryReceived(db: Reader, resolved: Of) {
  const [sum] = await db.rows<{ receivedFen: string | null; allotments: number }>(sql`
    SELECT sum(a.amount_fen)::text AS "receivedFen", count(*)::int AS allotments
    FROM allotments a WHERE ${allotted(resolved)}`);
  return sum ?? { receivedFen: null, allotments: 0 };
}

/** What arrived for each project that any allotment names: given on in part, it is less. */
export async function receivedByProject(db: Reader, projects: readonly string[], places: Places) {
  const rows = await db.rows<{ project: string; received: bigint; allotments: number }>(sql`
    SELECT a.project_id::text AS project, sum(a.amount_fen)::bigint AS received, count(*)::int AS allotments
    FROM allotments a WHERE ${allotted({ ...places, year: undefined, fundSourceIds: undefined })}
      AND a.project_id = ANY (${projects}::bigint[]) GROUP BY a.project_id`);
  return new Map(rows.map(({ project, ...sum }) => [project, sum]));
}
