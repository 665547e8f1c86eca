import "server-only";
import { PREFECTURE_CODE, PREFECTURE_JOIN, type FoundIds } from "@/lib/features/reference/queries";
import type { Places } from "@/lib/kernel/scope";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";

/** 到位: what organisations received, summed. How it was allotted, one by one, is in `allotments`. */

export type ReceivedAxis = "organisation" | "prefecture" | "fundSource";
type Of = Places & Pick<FoundIds, "fundSourceIds"> & { year: number | undefined };

/** Allotments `a` that were not taken back. */
const allotted = ({ year, fundSourceIds, ...places }: Of): Sql =>
  joinSql(
    [
      sql`a.voided_at IS NULL AND ${within(sql`a.organisation_id`, places)}`,
      ...(year === undefined ? [] : [sql`a.fiscal_year = ${year}`]),
      ...(fundSourceIds ? [sql`a.fund_source_id = ANY (${fundSourceIds}::int[])`] : []),
    ],
    " AND ",
  );

function receivedSql(axis: ReceivedAxis, resolved: Of): Sql {
  const relief = sql`${allotted(resolved)}
    AND NOT EXISTS (SELECT FROM programmes p WHERE p.id = a.programme_id AND p.contributory)`;
  if (axis === "fundSource")
    return sql`SELECT s.code, coalesce(sum(a.amount_fen), 0)::bigint AS received
      FROM fund_sources s LEFT JOIN allotments a ON a.fund_source_id = s.id AND ${relief}
      GROUP BY s.code, s.sort_order ORDER BY s.sort_order`;
  const code = axis === "organisation" ? sql`o.code` : PREFECTURE_CODE;
  return sql`SELECT ${code} AS code, coalesce(sum(a.amount_fen), 0)::bigint AS received
    FROM organisations o ${PREFECTURE_JOIN} LEFT JOIN allotments a ON a.organisation_id = o.id AND ${relief}
    WHERE ${within(sql`o.id`, resolved)}
    GROUP BY 1 ORDER BY 1`;
}

/** By place or source, in their order; allotments for a contributory programme stand apart. */
export function listReceived(db: Reader, axis: ReceivedAxis, of: Of) {
  return db.rows<{ code: string; received: bigint }>(receivedSql(axis, of));
}

/** The total of a list of allotments, those for contributory programmes among them. */
export async function queryReceived(db: Reader, resolved: Of) {
  const [sum] = await db.rows<{ receivedFen: string; allotments: number }>(sql`
    SELECT coalesce(sum(a.amount_fen), 0)::text AS "receivedFen", count(*)::int AS allotments
    FROM allotments a WHERE ${allotted(resolved)}`);
  return sum ?? { receivedFen: "0", allotments: 0 };
}
