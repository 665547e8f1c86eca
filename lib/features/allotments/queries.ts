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

type Row = Omit<Allotment, "actions" | "voided" | "createdAt"> &
  AllotmentSubject & {
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
    guard.takes_entries(y.status, y.reopened_until) AS "yearOpen"
  FROM allotments a
  JOIN organisations o ON o.id = a.organisation_id
  JOIN fund_sources f ON f.id = a.fund_source_id
  JOIN years y ON y.year = a.fiscal_year
  LEFT JOIN programmes p ON p.id = a.programme_id
  WHERE ${where} ORDER BY a.id DESC LIMIT ${limit}`;

function toAllotment(row: Row, actor: Actor): Allotment {
  const {
    organisationId: _,
    organisationPath,
    yearOpen,
    voidedAt,
    voidedBy,
    voidReason,
    ...rest
  } = row;
  return {
    ...rest,
    createdAt: row.createdAt.toISOString(),
    voided:
      voidedAt && voidedBy
        ? { at: voidedAt.toISOString(), by: voidedBy, reason: voidReason ?? "" }
        : null,
    actions: allowedActions(actor, { organisationPath, yearOpen, voided: row.voided }),
  };
}

type Asking = { db: Reader; scope: Scope; actor: Actor };
type AllotmentFilter = {
  year?: number | undefined;
  org?: string | undefined;
  organisation?: string | undefined;
  prefecture?: string | undefined;
  fundSource?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Newest first; the totals are of the whole filter, voided ones left out. */
export async function listAllotments(
  input: Asking & { filter: AllotmentFilter },
): Promise<AllotmentPage> {
  const { db, scope, actor } = input;
  const { cursor, limit = 200, fundSource, ...places } = input.filter;
  const filter = { ...places, ...(fundSource ? { fundSource: [fundSource] } : {}) };
  const resolved = await resolveFilter({ db, scope, filter });
  const where = joinSql(
    [
      sql`${within(sql`a.organisation_id`, resolved)}`,
      ...(resolved.year === undefined ? [] : [sql`a.fiscal_year = ${resolved.year}`]),
      ...(resolved.fundSourceIds
        ? [sql`a.fund_source_id = ANY (${resolved.fundSourceIds}::int[])`]
        : []),
    ],
    " AND ",
  );
  const after = cursor === undefined ? where : sql`${where} AND a.id < ${cursor}::bigint`;
  const found = await db.rows<Row>(select(after, limit + 1));
  const rows = found.slice(0, limit);
  return {
    items: rows.map((row) => toAllotment(row, actor)),
    nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    totals: await queryReceived(db, resolved),
  };
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

/** What a command needs to judge: whose it is, how it stands. */
export async function getAllotmentSubject({
  db,
  scope,
  id,
}: Omit<Asking, "actor"> & { id: string }) {
  const { organisationId, organisationPath, voided, yearOpen, version, amountFen, fiscalYear } =
    await findRow(db, scope, id);
  return { organisationId, organisationPath, voided, yearOpen, version, amountFen, fiscalYear };
}
