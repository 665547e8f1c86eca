import "server-only";
import { referenceOf } from "@/lib/features/disbursements/queries";
import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { requestActions } from "./policy";
import type { RevealCount, RevealRequest } from "./types";

async function countsOf({
  db,
  actor,
  days,
  by,
}: {
  db: Reader;
  actor: Actor;
  days: number;
  by: "day" | "month";
}): Promise<RevealCount[]> {
  if (!hasRole(actor, ["ADMIN", "AUDITOR"])) throw new AppError("FORBIDDEN");
  return db.rows<RevealCount>(sql`
    SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) AS "user", c.day::text AS day, c.what,
      c.reveals, c.by_two AS "byTwo", c.lines, c.fields, c.reasons
    FROM guard.reveal_counts(${days}::int, ${by}) AS c JOIN users u ON u.id = c.user_id
    ORDER BY c.day DESC, c.lines DESC, u.id, c.what`);
}

/** How far back the months go. */
const YEAR_DAYS = 366;

/** The same by month, for a year; to whoever may ask for it by day. */
export const listRevealMonths = ({ db, actor }: { db: Reader; actor: Actor }) =>
  countsOf({ db, actor, days: YEAR_DAYS, by: "month" });

/** Counts alone: whom they were shown stands in no list. */
export const listReveals = async (input: {
  db: Reader;
  actor: Actor;
  query: { days: number };
}): Promise<{ items: RevealCount[] }> => ({
  items: await countsOf({ ...input, days: input.query.days, by: "day" }),
});

type Asking = { db: Reader; scope: Scope; actor: Actor };
type Row = Omit<RevealRequest, "reference" | "requestedAt" | "decidedAt" | "until" | "actions"> & {
  fiscalYear: number;
  placePath: string;
  requestedAt: Date;
  decidedAt: Date | null;
  until: Date;
};

const MOST = 200;
const nameOf = (user: Sql) =>
  sql`(SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) FROM users u WHERE u.id = ${user})`;

type Asked = { request: RevealRequest; placePath: string };

async function requestsWhere({ db, scope, actor }: Asking, condition: Sql): Promise<Asked[]> {
  const rows = await db.rows<Row>(sql`
    SELECT r.id::text AS id, r.disbursement_id::text AS record, d.fiscal_year AS "fiscalYear", o.code AS organisation,
      place.path AS "placePath", r.lines, r.fields, lower(r.reason) AS reason, r.words,
      ${nameOf(sql`r.requested_by`)} AS "requestedBy", r.requested_at AS "requestedAt",
      lower(guard.reveal_request_state(r)) AS state, ${nameOf(sql`r.decided_by`)} AS "decidedBy", r.decided_at AS "decidedAt",
      coalesce(r.decided_at + guard.reveal_grant_life(), r.requested_at + guard.reveal_request_life()) AS until
    FROM reveal_requests r JOIN organisations o ON o.id = r.organisation_id JOIN organisations place ON place.id = r.place_id
    JOIN disbursements d ON d.id = r.disbursement_id
    WHERE ${within(sql`r.organisation_id`, scope)} AND ${condition}
    ORDER BY r.id DESC LIMIT ${MOST}`);
  const told = rows.map((row): Asked => {
    const { fiscalYear, placePath, requestedAt, decidedAt, until, ...rest } = row;
    const waits = rest.state === "pending" || rest.state === "granted";
    const { record: id, organisation } = rest;
    const request = {
      ...rest,
      reference: referenceOf({ organisation, fiscalYear, id }),
      requestedAt: requestedAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      until: waits ? until.toISOString() : null,
      actions: requestActions(actor, { ...rest, placePath }),
    };
    return { request, placePath };
  });
  return told.filter(
    ({ request, placePath }) =>
      request.requestedBy.id === actor.userId ||
      holdsRole(actor, ["REVIEWER", "PROVINCE", "AUDITOR"], placePath),
  );
}

const requireReader = (actor: Actor) => {
  if (!hasRole(actor, ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"]))
    throw new AppError("FORBIDDEN");
};

/** One's own, and what is asked for where one judges or audits; what this reader can do something about comes first. */
export async function listRevealRequests(asking: Asking): Promise<{ items: RevealRequest[] }> {
  requireReader(asking.actor);
  const all = (await requestsWhere(asking, sql`true`)).map(({ request }) => request);
  const waits = ({ actions }: RevealRequest) => actions.length > 0;
  return { items: [...all.filter(waits), ...all.filter((request) => !waits(request))] };
}

/** With the place from where it was asked: what somebody may decide is asked before whether it still waits. */
export const findRevealRequest = async (asking: Asking & { id: string }): Promise<Asked> =>
  found((await requestsWhere(asking, sql`r.id = ${asking.id}::bigint`))[0]);
