import "server-only";
import { listOwed } from "@/lib/features/calendar/queries";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { dueSoon, NOTICE_DAYS, noticesOf } from "./rules";
import type { Notice, Notices } from "./types";

/** How far back an office's entries, and the chain's end, are looked through. */
const ENTRIES_OF_AN_OFFICE = 300;
const ENTRIES_OF_THE_CHAIN = 2000;

type Asking = { db: Reader; scope: Scope; actor: Actor; now: Date };
type Row = Omit<Notice, "unread" | "at"> & { at: string };

const officesOf = ({ memberships }: Actor) =>
  memberships.filter((m) => m.role === "CLERK").map(({ organisationId }) => organisationId);

/**
 * Told by the chain, which is not written a second time: to an office what came back and what was approved, to whoever
 * asked for it that an import is done, to reviewers what was taken back before they came to it. One's own deeds are
 * no news.
 */
async function listTold({ db, scope, actor, now }: Asking): Promise<Row[]> {
  const since = new Date(now.getTime() - NOTICE_DAYS * 86_400_000);
  const reviews = hasRole(actor, ["REVIEWER", "PROVINCE"]);
  const root = Number(actor.memberships[0]?.path.split("/")[1] ?? 0);
  return db.rows<Row>(sql`
    WITH told AS MATERIALIZED (
      SELECT e.* FROM unnest(${officesOf(actor)}::int[]) AS office (id) CROSS JOIN LATERAL (
        SELECT a.position, a.at, a.action, a.subject_id, a.actor_id, a.organisation_id, a.body FROM audit_entries a
        WHERE a.organisation_id = office.id ORDER BY a.position DESC LIMIT ${ENTRIES_OF_AN_OFFICE}) AS e
      WHERE e.at > ${since} AND CASE e.action
        WHEN 'disbursement.return' THEN e.actor_id <> ${actor.userId}::uuid
        WHEN 'disbursement.approve' THEN e.actor_id <> ${actor.userId}::uuid AND e.body::json ->> 'to' = 'approved'
        WHEN 'import.finish' THEN e.actor_id = ${actor.userId}::uuid ELSE false END
      UNION ALL
      SELECT e.* FROM (
        SELECT a.position, a.at, a.action, a.subject_id, a.actor_id, a.organisation_id, a.body FROM audit_entries a
        WHERE a.root_id = ${root} AND ${reviews} ORDER BY a.position DESC LIMIT ${ENTRIES_OF_THE_CHAIN}) AS e
      WHERE e.at > ${since} AND e.action = 'disbursement.withdraw' AND e.actor_id <> ${actor.userId}::uuid
        AND ${within(sql`e.organisation_id`, scope)}
    )
    SELECT t.position::text AS id,
      CASE t.action WHEN 'disbursement.return' THEN 'returned' WHEN 'disbursement.approve' THEN 'approved'
        WHEN 'disbursement.withdraw' THEN 'withdrawn' ELSE 'imported' END AS kind,
      to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, o.code AS organisation,
      p.code AS programme, t.subject_id AS subject, coalesce(d.paid_on, d.period_to)::text AS day,
      CASE t.action WHEN 'disbursement.return' THEN t.body::json ->> 'reason' END AS reason,
      CASE WHEN t.action <> 'import.finish'
        THEN json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) END AS actor
    FROM told t JOIN organisations o ON o.id = t.organisation_id LEFT JOIN users u ON u.id = t.actor_id
    LEFT JOIN disbursements d ON d.id = CASE WHEN t.action <> 'import.finish' THEN t.subject_id::bigint END
    LEFT JOIN programmes p ON p.id = d.programme_id
    -- what was published is brought in by no office; a correction is told of once, by the half that is written
    WHERE d.id IS NULL OR d.origin <> 'PUBLISHED' AND (d.entry_kind <> 'REVERSAL' OR NOT EXISTS (SELECT FROM adjustments j WHERE j.reversal_id = d.id AND j.replacement_id IS NOT NULL))`);
}

async function readUpTo(db: Reader, actor: Actor): Promise<string | null> {
  const [mark] = await db.rows<{ at: string }>(sql`
    SELECT to_char(read_up_to AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
    FROM notice_reads WHERE user_id = ${actor.userId}::uuid`);
  return mark?.at ?? null;
}

/** `owed`: what the person's offices owe, where the caller knows it already. */
export async function listNotices(
  asking: Asking & { owed?: readonly ExpectedPeriod[] },
): Promise<Notices> {
  const { db, actor, now } = asking;
  const owed = asking.owed ?? (await listOwed({ db, actor, today: civilDateInChina(now) }));
  const told = await listTold(asking);
  return noticesOf([...told, ...dueSoon(owed)], await readUpTo(db, actor));
}
