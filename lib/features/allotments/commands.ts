import "server-only";
import type { Origin } from "@/lib/kernel/record-codes";
import { AppError, refuseField, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { joinSql, sql, type Reader, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { decide } from "./policy";
import { getAllotment, getAllotments, getAllotmentSubject } from "./queries";
import type { AllotmentInput, CarryOverInput, PassDownInput, VoidAllotmentInput } from "./schema";
import type { Allotment, AllotmentAction, SourceKind } from "./types";

type CommandContext = WriteContext & { now: Date };

/** Where it came from, for imports only: nothing that crosses the wire can say this. */
export type AllotmentProvenance = {
  origin: Exclude<Origin, "entered">;
  sourceRef?: string;
  sourceCitation?: string;
};

const storedKind = (kind: SourceKind | null | undefined) =>
  kind?.replaceAll("-", "_").toUpperCase() ?? null;

type Codes = {
  organisation: { id: number; path: string; active: boolean } | null;
  fundSource: { id: number; active: boolean } | null;
  programme: number | null;
  /** Whether the project named takes this money; null: none is named. */
  project: boolean | null;
  yearOpen: boolean | null;
};

type Money = { organisation: string; fiscalYear: number; fundSource: string; programme: string | null }; // prettier-ignore

/** Whether an approved project takes this money, as the law has it (prisma/sql/55-projects). */
const takesMoney = (project: string, money: Money) => sql`EXISTS (SELECT FROM projects p
  JOIN organisations o ON o.id = p.organisation_id JOIN fund_sources f ON f.id = p.fund_source_id
  WHERE p.id = ${project}::bigint AND p.status = 'APPROVED' AND o.code = ${money.organisation}
    AND p.fiscal_year = ${money.fiscalYear} AND f.code = ${money.fundSource}
    AND (${money.programme}::text IS NULL OR cardinality(p.programme_ids) = 0
      OR (SELECT x.id FROM programmes x WHERE x.code = ${money.programme}::text) = ANY (p.programme_ids)))`;

async function findCodes(db: Reader, input: AllotmentInput): Promise<Codes> {
  const [codes] = await db.rows<Codes>(sql`
    SELECT (SELECT json_build_object('id', o.id, 'path', o.path, 'active', o.active)
        FROM organisations o WHERE o.code = ${input.organisation}) AS organisation,
      (SELECT json_build_object('id', id, 'active', active)
        FROM fund_sources WHERE code = ${input.fundSource}) AS "fundSource",
      (SELECT id FROM programmes WHERE code = ${input.programme ?? null}) AS programme,
      ${input.project ? takesMoney(input.project, { ...input, programme: input.programme ?? null }) : sql`NULL::boolean`} AS project,
      (SELECT guard.takes_entries(status, reopened_until) FROM years WHERE year = ${input.fiscalYear}) AS "yearOpen"`);
  if (!codes) throw new Error("allotments: a SELECT without FROM answered no row");
  return codes;
}

/** Faults of the input, each by its field. */
function faults(input: AllotmentInput, codes: Codes, today: string): FieldErrors {
  const unknown = (value: string) => [{ key: "unknownCode", values: { value } }];
  return {
    ...(codes.fundSource === null ? { fundSource: unknown(input.fundSource) } : {}),
    ...(codes.fundSource?.active === false ? { fundSource: [{ key: "inactive" }] } : {}),
    ...(input.programme && codes.programme === null ? { programme: unknown(input.programme) } : {}),
    ...(input.receivedOn && input.receivedOn > today
      ? { receivedOn: [{ key: "futureDate" }] }
      : {}),
    ...(codes.organisation?.active === false ? { organisation: [{ key: "inactive" }] } : {}),
    ...(codes.project === false ? { project: [{ key: "notProjectsMoney" }] } : {}),
    ...(codes.yearOpen === null
      ? { fiscalYear: [{ key: "yearClosed", values: { year: String(input.fiscalYear) } }] }
      : {}),
  };
}

/** 登记到位资金. An organisation out of reach and one that does not exist are the same answer. */
export async function createAllotment(
  context: CommandContext & { input: AllotmentInput; provenance?: AllotmentProvenance },
): Promise<Allotment> {
  const { tx, db, scope, actor, now, input, provenance } = context;
  const codes = await findCodes(db, input);
  const { organisation } = codes;
  if (!organisation || !reaches(scope, organisation.path))
    throw new AppError(
      actor.memberships.some((m) => m.role === "PROVINCE") ? "NOT_FOUND" : "FORBIDDEN",
    );
  const refused = decide(actor, "create", {
    ...{ organisationPath: organisation.path, yearOpen: codes.yearOpen !== false, voided: false },
    ...{ giverPath: null, leftFen: null, givenOn: false, hasBelow: false, nextYearOpen: false },
  });
  if (refused) throw new AppError(refused);
  const fieldErrors = faults(input, codes, civilDateInChina(now));
  if (Object.keys(fieldErrors).length > 0 || codes.fundSource === null)
    throw new AppError("VALIDATION", { fieldErrors });
  const row = {
    organisationId: organisation.id,
    fiscalYear: input.fiscalYear,
    fundSourceId: codes.fundSource.id,
    programmeId: codes.programme,
    purpose: input.purpose ?? null,
    documentNumber: input.documentNumber ?? null,
    sourceKind: storedKind(input.sourceKind),
    amountFen: BigInt(input.amountFen),
    amountKind: input.amountKind === "estimated" ? "ESTIMATED" : "EXACT",
    amountWording: input.amountWording ?? null,
    receivedOn: input.receivedOn ?? null,
    note: input.note ?? null,
    projectId: input.project ? BigInt(input.project) : null,
    origin: provenance?.origin === "demo" ? "DEMO" : provenance ? "PUBLISHED" : "ENTERED",
    sourceRef: provenance?.sourceRef ?? null,
    sourceCitation: provenance?.sourceCitation ?? null,
    createdBy: actor.userId,
    createdAt: now,
  };
  const [written] = await tx.rows<{ id: string }>(
    sql`${insertInto("allotments", [row])} RETURNING id::text`,
  );
  const id = written?.id ?? "";
  appendAudits(tx, [
    {
      action: "allotment.create",
      subjectId: id,
      body: {
        fiscalYear: input.fiscalYear,
        fundSource: input.fundSource,
        amountFen: input.amountFen,
        amountKind: input.amountKind,
        programme: input.programme ?? null,
        ...(input.project ? { project: input.project } : {}),
        origin: provenance?.origin ?? "entered",
      },
    },
  ]);
  return getAllotment({ db, scope, actor, id });
}

type OfOne = CommandContext & { id: string };
type Subject = Awaited<ReturnType<typeof getAllotmentSubject>>;

/** What is received at the other end: by whom, for which year, how much. */
type Part = {
  organisationId: number;
  organisation: string;
  fiscalYear: number;
  amountFen: bigint;
  purpose: string | null;
  project: string | null;
};
type Transfer = {
  kind: "PASSED" | "CARRIED";
  parts: readonly Part[];
  documentNumber: string | null;
  day: string | null;
  /** The field of the request that a refusal is about. */
  field: string;
};
type Taken = { organisationId: number; fundSourceId: number; programmeId: number | null };

async function subjectOf(context: OfOne, action: AllotmentAction): Promise<Subject> {
  const subject = await getAllotmentSubject(context);
  const refused = decide(context.actor, action, subject);
  if (refused) throw new AppError(refused);
  return subject;
}

/** Locks the allotment until the commit; refuses more than is left of it. */
async function takeFrom(db: Reader, id: string, { kind, parts, field }: Transfer): Promise<Taken> {
  const [taken] = await db.rows<Taken & { leftFen: string | null }>(sql`
    SELECT guard.allotment_left(a.id, ${kind})::text AS "leftFen", a.organisation_id AS "organisationId",
      a.fund_source_id AS "fundSourceId", a.programme_id AS "programmeId"
    FROM allotments a WHERE a.id = ${id}::bigint`);
  const asked = parts.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const leftFen = taken?.leftFen ?? "0";
  if (!taken || asked > BigInt(leftFen))
    return refuseField(field, {
      key: kind === "PASSED" ? "moreThanLeft" : "moreThanUnspent",
      values: { leftFen, askedFen: asked.toString() },
    });
  const { organisationId, fundSourceId, programmeId } = taken;
  return { organisationId, fundSourceId, programmeId };
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

/** Two rows for each part, which sum to zero: what is given away, and what is received of it. */
async function give(context: OfOne, subject: Subject, transfer: Transfer) {
  const { tx, db, scope, actor, now, id } = context;
  const { kind, parts, documentNumber, day } = transfer;
  const isPassed = kind === "PASSED";
  const origin = await takeFrom(db, id, transfer);
  const both = {
    ...{ fundSourceId: origin.fundSourceId, programmeId: origin.programmeId, transferKind: kind },
    ...{ documentNumber, receivedOn: day, createdBy: actor.userId, createdAt: now },
  };
  const write = (rows: Parameters<typeof insertInto<"allotments">>[1]) =>
    tx.rows<{ id: string }>(sql`${insertInto("allotments", rows)} RETURNING id::text`);
  const given = idsOf(
    await write(
      parts.map((part) => ({
        ...both,
        ...{ organisationId: origin.organisationId, fiscalYear: subject.fiscalYear },
        counterpartId: isPassed ? part.organisationId : null,
        takenFromId: BigInt(id),
        amountFen: -part.amountFen,
        purpose: part.purpose,
        projectId: subject.projectId === null ? null : BigInt(subject.projectId),
        sourceKind: storedKind(subject.sourceKind),
      })),
    ),
  );
  const fromAbove = isPassed && subject.sourceKind === "own-union";
  const received = idsOf(
    await write(
      parts.map((part, at) => ({
        ...both,
        ...{ organisationId: part.organisationId, fiscalYear: part.fiscalYear },
        counterpartId: isPassed ? origin.organisationId : null,
        pairedId: BigInt(given[at] ?? 0),
        amountFen: part.amountFen,
        purpose: part.purpose,
        projectId: part.project === null ? null : BigInt(part.project),
        sourceKind: storedKind(fromAbove ? "higher-union" : subject.sourceKind),
      })),
    ),
  );
  const body = { takenFrom: id, fundSource: subject.fundSource, documentNumber };
  const entry = (
    subjectId: string,
    part: Pick<Part, "organisation" | "fiscalYear" | "project">,
    fen: bigint,
  ) => ({
    action: isPassed ? ("allotment.pass-down" as const) : ("allotment.carry-over" as const),
    subjectId,
    body: {
      ...body,
      ...{ organisation: part.organisation, fiscalYear: part.fiscalYear },
      ...(part.project === null ? {} : { project: part.project }),
      amountFen: fen.toString(),
    },
  });
  const giver = { ...subject, project: subject.projectId };
  appendAudits(
    tx,
    parts.flatMap((part, at) => [
      entry(given[at] ?? "", giver, -part.amountFen),
      entry(received[at] ?? "", part, part.amountFen),
    ]),
  );
  const asking = { db, scope, actor };
  return {
    from: await getAllotment({ ...asking, id }),
    received: await getAllotments({ ...asking, ids: received }),
  };
}

/** Which parts name a project that this money is not for. */
async function projectsElsewhere(db: Reader, subject: Subject, { to }: PassDownInput) {
  const named = to.flatMap(({ project, organisation }, at) =>
    project ? [{ at, project, organisation }] : [],
  );
  if (named.length === 0) return [];
  const { fiscalYear, fundSource, programme } = subject;
  const asked = named.map(
    ({ at, project, organisation }) =>
      sql`SELECT ${at}::int AS at WHERE NOT ${takesMoney(project, { organisation, fiscalYear, fundSource, programme })}`,
  );
  const rows = await db.rows<{ at: number }>(joinSql(asked, " UNION ALL "));
  return rows.map(({ at }) => at);
}

type Below = { id: number; code: string; active: boolean };

/** 下拨: all parts or none, each to an organisation below the one that received the money. */
export async function passDownAllotment(context: OfOne & { input: PassDownInput }) {
  const { db, now, input } = context;
  const subject = await subjectOf(context, "pass-down");
  const found = await db.rows<Below>(sql`
    SELECT o.id, o.code, o.active FROM organisations o
    JOIN organisation_closure c ON c.descendant_id = o.id AND c.ancestor_id <> o.id
    WHERE c.ancestor_id = ${subject.organisationId}::int
      AND o.code = ANY (${input.to.map(({ organisation }) => organisation)}::text[])`);
  const below = new Map(found.map((one) => [one.code, one]));
  const fieldErrors: FieldErrors = {
    ...(input.passedOn > civilDateInChina(now) ? { passedOn: [{ key: "futureDate" }] } : {}),
  };
  const strange = await projectsElsewhere(db, subject, input);
  const parts = input.to.flatMap(({ organisation, amountFen, purpose, project }, at): Part[] => {
    const one = below.get(organisation);
    if (!one?.active)
      fieldErrors[`to.${at}.organisation`] = [{ key: one ? "inactive" : "notBelow" }];
    if (strange.includes(at)) fieldErrors[`to.${at}.project`] = [{ key: "notProjectsMoney" }];
    const { fiscalYear } = subject;
    return one
      ? [
          {
            ...{ organisationId: one.id, organisation, fiscalYear, amountFen: BigInt(amountFen) },
            purpose: purpose ?? subject.purpose,
            project: project ?? null,
          },
        ]
      : [];
  });
  if (Object.keys(fieldErrors).length > 0) throw new AppError("VALIDATION", { fieldErrors });
  const { documentNumber, passedOn } = input;
  return give(context, subject, {
    ...{ kind: "PASSED", parts, documentNumber, day: passedOn, field: "to" },
  });
}

/** 结转: what is neither spent nor submitted, out of its year and into the next. */
export async function carryOverAllotment(context: OfOne & { input: CarryOverInput }) {
  const { now, input } = context;
  const subject = await subjectOf(context, "carry-over");
  if (input.carriedOn && input.carriedOn > civilDateInChina(now))
    return refuseField("carriedOn", { key: "futureDate" });
  const { organisationId, organisation, purpose } = subject;
  const amountFen = BigInt(input.amountFen);
  return give(context, subject, {
    kind: "CARRIED",
    parts: [
      {
        ...{ organisationId, organisation, fiscalYear: subject.fiscalYear + 1, amountFen, purpose },
        project: null,
      },
    ],
    documentNumber: input.documentNumber ?? subject.documentNumber,
    day: input.carriedOn ?? null,
    field: "amountFen",
  });
}

/** 作废: with a reason; what is wrong is voided and entered anew. Of a transfer both ends are, which gives it back. */
export async function voidAllotment(
  context: CommandContext & { id: string; input: VoidAllotmentInput },
): Promise<Allotment> {
  const { tx, db, scope, actor, now, id, input } = context;
  const subject = await getAllotmentSubject({ db, scope, id });
  const refused = decide(actor, "void", subject);
  if (refused === "FORBIDDEN") throw new AppError("FORBIDDEN");
  if (subject.version !== input.version) throw new AppError("STALE");
  if (refused) throw new AppError(refused);
  const voided = {
    voidedAt: now,
    voidedBy: actor.userId,
    voidReason: input.reason,
    version: input.version + 1,
  };
  const ends =
    subject.pairId === null
      ? sql`id = ${id}::bigint`
      : sql`(id = ${subject.pairId}::bigint OR paired_id = ${subject.pairId}::bigint)`;
  const rows = await tx.rows<{ id: string; amountFen: string; fiscalYear: number }>(sql`
    UPDATE allotments ${setOf("allotments", voided)}
    WHERE ${ends} AND version = ${input.version} AND voided_at IS NULL
    RETURNING id::text, amount_fen::text AS "amountFen", fiscal_year AS "fiscalYear"`);
  if (rows.length === 0) throw new AppError("STALE");
  appendAudits(
    tx,
    rows.map(({ id: subjectId, amountFen, fiscalYear }) => ({
      action: "allotment.void",
      subjectId,
      body: { reason: input.reason, amountFen, fiscalYear },
    })),
  );
  return getAllotment({ db, scope, actor, id });
}
