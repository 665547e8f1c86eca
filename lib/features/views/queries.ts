import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader } from "@/lib/platform/db";
import type { SavedView } from "./schema";
import type { ViewPage } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

/** One's own, and of the others those shared with an organisation under which one reads. */
export async function listViews(
  input: Asking & { page?: ViewPage | undefined; id?: string },
): Promise<SavedView[]> {
  const { db, scope, actor, page, id } = input;
  const homes = scope.homes.map((home) => home.id);
  return db.rows<SavedView>(sql`
    SELECT v.id::text AS id, lower(v.page) AS page, v.name, v.query, v.owner_id = ${actor.userId}::uuid AS own,
      json_build_object('nameZh', u.name_zh, 'nameEn', u.name_en) AS owner, o.code AS "sharedWith", v.version,
      to_char(v.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"
    FROM saved_views v JOIN users u ON u.id = v.owner_id LEFT JOIN organisations o ON o.id = v.shared_with_id
    WHERE v.removed_at IS NULL AND (v.owner_id = ${actor.userId}::uuid OR EXISTS (
        SELECT FROM organisations home WHERE home.id = ANY (${homes}::int[]) AND starts_with(home.path, o.path)))
      ${page === undefined ? emptySql : sql`AND v.page = ${page.toUpperCase()}`}
      ${id === undefined ? emptySql : sql`AND v.id = ${id}::bigint`}
    ORDER BY own DESC, v.name, v.id LIMIT 300`);
}

/** One's own; null for whatever is another's, or nobody's any more. */
export async function findOwnView(input: Asking & { id: string }): Promise<SavedView | null> {
  const [view] = await listViews(input);
  return view?.own ? view : null;
}
