import "server-only";
import { figuresOf } from "@/lib/features/figures/queries";
import { addSums, balanceRows, emptySums, sumsOfCell, type FigureCell } from "@/lib/features/figures/rules"; // prettier-ignore
import type { BalanceSums, Standing } from "@/lib/features/figures/types";
import { resolveFilter } from "@/lib/features/filter/queries";
import { receivedByProject } from "@/lib/features/received/queries";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { allowedActions, type ProjectSubject } from "./policy";
import type { Project, ProjectPage } from "./types";

type Stored = Omit<
  Project,
  "declared" | "approval" | "closed" | "voided" | "allotments" | "balance" | "actions"
> &
  Omit<ProjectSubject, "declaredBy"> & {
    declaredBy: Person;
    declaredAt: Date;
    approvedFen: string | null;
    approvalDocument: string | null;
    approvedOn: string | null;
    approvedBy: Person | null;
    approvedAt: Date | null;
    closedBy: Person | null;
    closedAt: Date | null;
    closeNote: string | null;
    voidedBy: Person | null;
    voidedAt: Date | null;
    voidReason: string | null;
  };

const person = (user: Sql) =>
  sql`(SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)
    FROM users u WHERE u.id = ${user})`;

const select = (where: Sql, limit: number) => sql`
  SELECT p.id::text AS id, p.version, o.code AS organisation, o.path AS "organisationPath",
    p.fiscal_year AS "fiscalYear", p.number, p.name, f.code AS "fundSource", p.purpose, lower(p.status) AS status,
    ARRAY(SELECT x.code FROM programmes x WHERE x.id = ANY (p.programme_ids) ORDER BY x.sort_order, x.id) AS programmes,
    p.declared_fen::text AS "declaredFen", p.declared_on::text AS "declaredOn",
    ${person(sql`p.created_by`)} AS "declaredBy", p.created_at AS "declaredAt",
    p.approved_fen::text AS "approvedFen", p.approval_document AS "approvalDocument", p.approved_on::text AS "approvedOn",
    ${person(sql`p.approved_by`)} AS "approvedBy", p.approved_at AS "approvedAt",
    ${person(sql`p.closed_by`)} AS "closedBy", p.closed_at AS "closedAt", p.close_note AS "closeNote",
    ${person(sql`p.voided_by`)} AS "voidedBy", p.voided_at AS "voidedAt", p.void_reason AS "voidReason",
    lower(p.origin) AS origin, p.source_ref AS "sourceRef", p.source_citation AS "sourceCitation",
    guard.takes_entries(y.status, y.reopened_until) AS "yearOpen",
    EXISTS (SELECT FROM allotments a WHERE a.project_id = p.id AND a.voided_at IS NULL) AS "hasMoney"
  FROM projects p
  JOIN organisations o ON o.id = p.organisation_id
  JOIN fund_sources f ON f.id = p.fund_source_id
  JOIN years y ON y.year = p.fiscal_year
  WHERE ${where} ORDER BY p.id DESC LIMIT ${limit}`;

const isSpentOn = (project: Stored, cell: FigureCell): boolean =>
  cell.organisation === project.organisation &&
  cell.year === project.fiscalYear &&
  cell.fundSource === project.fundSource &&
  (project.programmes.length === 0 || project.programmes.includes(cell.programme ?? ""));

type Accounts = { rows: Map<string, BalanceSums>; totals: BalanceSums } & Standing;

/** Received, spent and left of projects, however many, in one figure for each year they are of. */
async function accountsOf(
  { db, scope }: { db: Reader; scope: Scope },
  projects: readonly Stored[],
  received: ReadonlyMap<string, { received: bigint }>,
): Promise<Accounts> {
  const years = [...new Set(projects.map(({ fiscalYear }) => fiscalYear))];
  const groupBy = ["year", "organisation", "programme", "fundSource"] as const;
  const sets = [];
  for (const year of years.length > 0 ? years : [0]) {
    const of = projects.filter(({ fiscalYear }) => fiscalYear === year);
    const organisation = [...new Set(of.map((one) => one.organisation))];
    const fundSource = [...new Set(of.map((one) => one.fundSource))];
    const filter = { year, ...(of.length > 0 ? { organisation, fundSource } : {}) };
    sets.push({ resolved: await resolveFilter({ db, scope, filter }), groupBy });
  }
  const answers = await figuresOf(db, sets);
  const cells = answers.flatMap(({ rows }) => rows);
  const decided = projects.filter(({ status }) => status === "approved" || status === "closed");
  const spending = decided.flatMap((project) =>
    cells
      .filter((cell) => isSpentOn(project, cell))
      .map((cell) => ({ ...cell, organisation: project.id })),
  );
  const balance = balanceRows(
    "organisation",
    decided.map(({ id }) => ({
      ...{ code: id, organisation: id },
      received: received.get(id)?.received ?? null,
    })),
    { rows: spending, total: wholeOf(spending) },
  );
  const [head] = answers;
  if (!head) throw new Error("projects: no figure was asked for");
  return {
    rows: new Map(balance.rows.map(({ organisation: id = "", ...sums }) => [id, sums])),
    totals: balance.totals,
    ...{ asOf: head.asOf, seq: head.seq, definition: head.definition },
  };
}

const wholeOf = (cells: readonly FigureCell[]) =>
  cells.reduce((sum, cell) => addSums(sum, sumsOfCell(cell)), emptySums());

/** No record, and nothing that arrived: also of what is not approved, which has no spending yet. */
const NOTHING: BalanceSums = {
  ...{ receivedFen: null, spentFen: null, balanceFen: null, executedPermille: null },
  ...{ records: 0, unvalued: 0, withoutMoney: 0, reversals: 0 },
};

const stepOf = (by: Person | null, at: Date | null) =>
  by && at ? { by, at: at.toISOString() } : null;

const subjectOf = (row: Stored): ProjectSubject => ({ ...row, declaredBy: row.declaredBy.id });

type Money = { allotments: number; balance: BalanceSums };

function toProject(row: Stored, { allotments, balance }: Money, actor: Actor): Project {
  const { organisationPath: _, yearOpen: __, hasMoney: ___, ...shown } = row;
  const { declaredBy, declaredAt, approvedFen, approvalDocument, approvedOn, ...more } = shown;
  const { approvedBy, approvedAt, closedBy, closedAt, closeNote, ...rest } = more;
  const { voidedBy, voidedAt, voidReason, ...project } = rest;
  const [approved, closed] = [stepOf(approvedBy, approvedAt), stepOf(closedBy, closedAt)];
  const voided = stepOf(voidedBy, voidedAt);
  return {
    ...project,
    declared: { by: declaredBy, at: declaredAt.toISOString() },
    approval: approved && {
      ...approved,
      amountFen: approvedFen,
      document: approvalDocument,
      on: approvedOn,
    },
    closed: closed && { ...closed, note: closeNote },
    voided: voided && { ...voided, reason: voidReason ?? "" },
    allotments,
    balance,
    actions: allowedActions(actor, subjectOf(row)),
  };
}

type Asking = { db: Reader; scope: Scope; actor: Actor };

async function withMoney({ db, scope, actor }: Asking, rows: readonly Stored[]) {
  const ids = rows.map(({ id }) => id);
  const received = await receivedByProject(db, ids, scope);
  const accounts = await accountsOf({ db, scope }, rows, received);
  const items = rows.map((row) => {
    const allotments = received.get(row.id)?.allotments ?? 0;
    const balance = accounts.rows.get(row.id) ?? NOTHING;
    return toProject(row, { allotments, balance }, actor);
  });
  return { items, accounts };
}

/** Null: none of them is known. */
function sumOf(amounts: readonly (string | null | undefined)[]): string | null {
  const known = amounts.filter((fen) => typeof fen === "string");
  return known.length === 0 ? null : known.reduce((sum, fen) => sum + BigInt(fen), 0n).toString();
}

type ProjectFilter = {
  year?: number | undefined;
  org?: string | undefined;
  organisation?: string | undefined;
  fundSource?: string | undefined;
  status?: readonly string[] | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Newest first, one line each. */
export async function listProjects(
  input: Asking & { filter: ProjectFilter },
): Promise<ProjectPage> {
  const { db, scope } = input;
  const { cursor, limit = 100, fundSource, status, ...places } = input.filter;
  const filter = { ...places, ...(fundSource ? { fundSource: [fundSource] } : {}) };
  const resolved = await resolveFilter({ db, scope, filter });
  const statuses = status?.map((word) => word.toUpperCase());
  const where = joinSql(
    [
      within(sql`p.organisation_id`, resolved),
      ...(resolved.year === undefined ? [] : [sql`p.fiscal_year = ${resolved.year}`]),
      ...(resolved.fundSourceIds
        ? [sql`p.fund_source_id = ANY (${resolved.fundSourceIds}::int[])`]
        : []),
      ...(statuses?.length ? [sql`p.status = ANY (${statuses}::text[])`] : []),
      ...(cursor === undefined ? [] : [sql`p.id < ${cursor}::bigint`]),
    ],
    " AND ",
  );
  const found = await db.rows<Stored>(select(where, limit + 1));
  const rows = found.slice(0, limit);
  const { items, accounts } = await withMoney(input, rows);
  const standing = items.filter((project) => project.status !== "voided");
  const { totals: balance, asOf, seq, definition } = accounts;
  return {
    items,
    nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    totals: {
      declaredFen: sumOf(standing.map(({ declaredFen }) => declaredFen)),
      approvedFen: sumOf(standing.map(({ approval }) => approval?.amountFen)),
      balance,
    },
    ...{ asOf, seq, definition },
  };
}

async function findRow({ db, scope }: Omit<Asking, "actor">, id: string): Promise<Stored> {
  const [row] = await db.rows<Stored>(
    select(sql`p.id = ${id}::bigint AND ${within(sql`p.organisation_id`, scope)}`, 1),
  );
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

export async function getProject(input: Asking & { id: string }): Promise<Project> {
  const { items } = await withMoney(input, [await findRow(input, input.id)]);
  const [project] = items;
  if (!project) throw new AppError("NOT_FOUND");
  return project;
}

/** What a command needs to judge and to write. */
export async function getProjectSubject(input: Omit<Asking, "actor"> & { id: string }) {
  const row = await findRow(input, input.id);
  return { ...subjectOf(row), version: row.version, organisation: row.organisation };
}
