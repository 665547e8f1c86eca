import { resolveFilter } from "@/lib/features/filter/queries";
import { queryReceived } from "@/lib/features/received/queries";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Origin } from "@/lib/kernel/record-codes";
import type { Scope } from "@/lib/kernel/scope";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import "server-only";
import { allowedActions, type AllotmentSubject } from "./policy";
import type { Allotment, AllotmentPage, AllottedKind } from "./types";

type Row = Omit<Allotment, "actions" | "voided" | "createdAt" | "transfer"> &
  AllotmentSubject & {
    transferKind: NonNullable<Allotment["transfer"]>["kind"] | null;
    counterpart: string | null;
    isGiven: boolean;
    pairId: string | null;
    projectId: string | null;
    organisationId: number;
    origin: Origin;
    amountKind: AllottedKind;
    createdAt: Date;
    voidedAt: Date | null;
    voidedBy: Person | null;
    voidReason: string | null;
  };

const person = (user: Sql) =>
  sql`(SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)
    FROM users u WHERE u.id = ${user})`;

const select = (where: Sql, limit: number) => sql`
  SELECT a.id::text AS id, a.version, o.id AS "organisationId", o.code AS organisation,
    o.path AS "organisationPath", a.fiscal_year AS "fiscalYear", f.code AS "fundSource",
    p.code AS programme, a.purpose, a.amount_fen::text AS "amountFen",
    lower(a.amount_kind::text) AS "amountKind", a.amount_wording AS "amountWording",
    a.received_on::text AS "receivedOn", a.note, lower(a.origin::text) AS origin,
    a.source_ref AS "sourceRef", a.source_citation AS "sourceCitation",
    a.created_at AS "createdAt", ${person(sql`a.created_by`)} AS "createdBy",
    a.voided_at AS "voidedAt", a.voided_at IS NOT NULL AS voided,
    ${person(sql`a.voided_by`)} AS "voidedBy", a.void_reason AS "voidReason",
    guard.takes_entries(y.status, y.reopened_until) AS "yearOpen", a.document_number AS "documentNumber",
    replace(lower(a.source_kind), '_', '-') AS "sourceKind", lower(a.transfer_kind) AS "transferKind",
    c.code AS counterpart, a.amount_fen < 0 AS "isGiven",
    CASE WHEN a.transfer_kind IS NOT NULL THEN coalesce(a.paired_id, a.id)::text END AS "pairId",
    CASE WHEN a.transfer_kind = 'PASSED' THEN CASE WHEN a.amount_fen < 0 THEN o.path ELSE c.path END END AS "giverPath",
    CASE WHEN a.voided_at IS NULL AND a.amount_fen > 0
      THEN (a.amount_fen + coalesce(given.fen, 0))::text END AS "leftFen", given.fen IS NOT NULL AS "givenOn",
    CASE WHEN j.id IS NOT NULL THEN json_build_object('id', j.id::text, 'name', j.name) END AS project, a.project_id::text AS "projectId",
    EXISTS (SELECT FROM organisations b WHERE b.parent_id = o.id AND b.active) AS "hasBelow",
    EXISTS (SELECT FROM years n WHERE n.year = a.fiscal_year + 1 AND guard.takes_entries(n.status, n.reopened_until)) AS "nextYearOpen"
  FROM allotments a
  JOIN organisations o ON o.id = a.organisation_id
  JOIN fund_sources f ON f.id = a.fund_source_id
  JOIN years y ON y.year = a.fiscal_year
  LEFT JOIN programmes p ON p.id = a.programme_id
  LEFT JOIN organisations c ON c.id = a.counterpart_id
  LEFT JOIN projects j ON j.id = a.project_id
  CROSS JOIN LATERAL (SELECT sum(t.amount_fen) AS fen FROM allotments t
    WHERE t.taken_from_id = a.id AND t.voided_at IS NULL) AS given
  WHERE ${where} ORDER BY a.id DESC LIMIT ${limit}`;

function transferOf(row: Row): Allotment["transfer"] {
  const { transferKind: kind, isGiven, counterpart, organisation, fiscalYear } = row;
  if (kind === null) return null;
  const yearThere = fiscalYear + (kind === "passed" ? 0 : isGiven ? 1 : -1);
  return {
    kind,
    direction: isGiven ? "out" : "in",
    organisation: counterpart ?? organisation,
    fiscalYear: yearThere,
  };
}

function toAllotment(row: Row, actor: Actor): Allotment {
  const { organisationId: _, organisationPath, giverPath, yearOpen, nextYearOpen, ...stored } = row;
  const { voidedAt, voidedBy, voidReason, givenOn, hasBelow, ...other } = stored;
  const { transferKind, counterpart, isGiven, pairId, projectId, ...rest } = other;
  return {
    ...rest,
    transfer: transferOf(row),
    createdAt: row.createdAt.toISOString(),
    voided:
      voidedAt && voidedBy
        ? { at: voidedAt.toISOString(), by: voidedBy, reason: voidReason ?? "" }
        : null,
    actions: allowedActions(actor, row),
  };
}

type Asking = { db: Reader; scope: Scope; actor: Actor };
type AllotmentFilter = {
  year?: number | undefined;
  org?: string | undefined;
  organisation?: string | undefined;
  prefecture?: string | undefined;
  fundSource?: string | undefined;
  project?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Newest first; the totals are of the whole filter, voided ones left out. */
export async function listAllotments(
  input: Asking & { filter: AllotmentFilter },
): Promise<AllotmentPage> {
  const { db, scope, actor } = input;
  const { cursor, limit = 200, fundSource, project, ...places } = input.filter;
  const filter = { ...places, ...(fundSource ? { fundSource: [fundSource] } : {}) };
  const resolved = await resolveFilter({ db, scope, filter });
  const where = joinSql(
    [
      sql`${within(sql`a.organisation_id`, resolved)}`,
      ...(resolved.year === undefined ? [] : [sql`a.fiscal_year = ${resolved.year}`]),
      ...(resolved.fundSourceIds
        ? [sql`a.fund_source_id = ANY (${resolved.fundSourceIds}::int[])`]
        : []),
      ...(project === undefined ? [] : [sql`a.project_id = ${project}::bigint`]),
    ],
    " AND ",
  );
  const after = cursor === undefined ? where : sql`${where} AND a.id < ${cursor}::bigint`;
  const found = await db.rows<Row>(select(after, limit + 1));
  const rows = found.slice(0, limit);
  return {
    items: rows.map((row) => toAllotment(row, actor)),
    nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    totals: await queryReceived(db, { ...resolved, project }),
  };
}

/** A project by its name, for a list of what arrived for it. */
export async function namedProject({ db, scope, id }: Omit<Asking, "actor"> & { id: string }) {
  const [project] = await db.rows<{ id: string; name: string }>(sql`
    SELECT p.id::text, p.name FROM projects p WHERE p.id = ${id}::bigint AND ${within(sql`p.organisation_id`, scope)}`);
  if (!project) throw new AppError("NOT_FOUND");
  return project;
}

async function findRow(db: Reader, scope: Scope, id: string): Promise<Row> {
  const [row] = await db.rows<Row>(
    select(sql`a.id = ${id}::bigint AND ${within(sql`a.organisation_id`, scope)}`, 1),
  );
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

export async function getAllotment({ db, scope, actor, id }: Asking & { id: string }) {
  return toAllotment(await findRow(db, scope, id), actor);
}

/** These, in the order in which they were written. */
export async function getAllotments(input: Asking & { ids: readonly string[] }) {
  const { db, scope, actor, ids } = input;
  const found = await db.rows<Row>(
    select(
      sql`a.id = ANY (${ids}::bigint[]) AND ${within(sql`a.organisation_id`, scope)}`,
      ids.length,
    ),
  );
  return found.map((row) => toAllotment(row, actor)).reverse();
}

/** What a command needs to judge and to write: whose it is, how it stands. */
export const getAllotmentSubject = ({ db, scope, id }: Omit<Asking, "actor"> & { id: string }) =>
  findRow(db, scope, id);
