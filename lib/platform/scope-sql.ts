import "server-only";
import type { Home, Places } from "@/lib/kernel/scope";
import { joinSql, sql, type Sql } from "./db";

// The first wall, in another structure than the second: it knows paths and the row's own county, the policies
// know the closure (docs/decisions/0011), so that one mistake does not open both.

type Place = Places["homes"][number];

const NOWHERE = sql`false`;
const EVERYWHERE = sql`true`;

/** Over `organisations o`. */
function lies({ id, path, leaf, alone }: Place): Sql {
  return leaf || alone ? sql`o.id = ${id}` : sql`o.path ^@ ${path}`;
}

/** Over `organisations o`: below no prefecture, those directly below the province. */
function counted({ kind, path }: Home): Sql {
  if (kind === "PREFECTURE") return sql`o.path ^@ ${path}`;
  return sql`o.path ^@ ${path} AND NOT EXISTS (
    SELECT FROM organisations p WHERE p.kind = 'PREFECTURE' AND o.path ^@ p.path)`;
}

const anyOf = (conditions: readonly Sql[]): Sql => {
  const [only, ...others] = conditions;
  if (only === undefined) return NOWHERE;
  return others.length === 0 ? only : sql`(${joinSql(conditions, " OR ")})`;
};

/** Is `column`, an organisation's id, in one of the places? */
export function within(column: Sql, { homes, everything, prefectures }: Places): Sql {
  const [only, ...others] = homes;
  if (only === undefined) return NOWHERE;
  const inside = (condition: Sql) =>
    sql`${column} IN (SELECT o.id FROM organisations o WHERE ${condition})`;
  const alone = others.length === 0 && (only.leaf || only.alone);
  const reached = everything
    ? EVERYWHERE
    : alone
      ? sql`${column} = ${only.id}`
      : inside(anyOf(homes.map(lies)));
  return prefectures ? sql`(${reached} AND ${inside(anyOf(prefectures.map(counted)))})` : reached;
}

function holds(place: Place): Sql {
  const { id, kind, leaf, alone } = place;
  if (kind === "COUNTY" && (leaf || !alone)) return sql`d.county_id = ${id}`;
  if (leaf || alone) return sql`d.organisation_id = ${id}`;
  if (kind === "PREFECTURE") return sql`d.prefecture_id = ${id}`;
  return within(sql`d.organisation_id`, { homes: [place], everything: false });
}

/**
 * The same over `disbursements d`, in the words the ledger's indexes understand: one number that stands on
 * the row, wherever there is one, leaves an index in the ledger's order.
 */
export function recordsWithin({ homes, everything, prefectures }: Places): Sql {
  const reached = everything && homes.length > 0 ? EVERYWHERE : anyOf(homes.map(holds));
  const counted = prefectures?.map(({ id }) => sql`d.prefecture_id = ${id}`);
  return counted ? sql`(${reached} AND ${anyOf(counted)})` : reached;
}
