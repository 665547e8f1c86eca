import "server-only";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Origin } from "@/lib/kernel/record-codes";
import { reaches } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf, type Columns } from "@/lib/platform/tables";
import { decide } from "./policy";
import { getProject, getProjectSubject } from "./queries";
import type {
  ApproveProjectInput,
  CloseProjectInput,
  ProjectInput,
  VoidProjectInput,
} from "./schema";
import type { Project, ProjectAction } from "./types";

type CommandContext = WriteContext & { now: Date };

/** Where it came from, for imports only: a publication may leave amounts out. */
export type ProjectProvenance = {
  origin: Exclude<Origin, "entered">;
  sourceRef: string;
  sourceCitation: string;
};

type Codes = {
  organisation: { id: number; path: string; active: boolean } | null;
  fundSource: { id: number; active: boolean } | null;
  programmes: { id: number; code: string; contributory: boolean }[];
  yearOpen: boolean | null;
};

async function findCodes(
  db: Reader,
  input: Pick<ProjectInput, "organisation" | "fundSource" | "programmes" | "fiscalYear">,
): Promise<Codes> {
  const [codes] = await db.rows<Codes>(sql`
    SELECT (SELECT json_build_object('id', o.id, 'path', o.path, 'active', o.active)
        FROM organisations o WHERE o.code = ${input.organisation}) AS organisation,
      (SELECT json_build_object('id', id, 'active', active)
        FROM fund_sources WHERE code = ${input.fundSource}) AS "fundSource",
      (SELECT coalesce(json_agg(json_build_object('id', id, 'code', code, 'contributory', contributory) ORDER BY id), '[]')
        FROM programmes WHERE code = ANY (${input.programmes}::text[])) AS programmes,
      (SELECT guard.takes_entries(status, reopened_until) FROM years WHERE year = ${input.fiscalYear}) AS "yearOpen"`);
  if (!codes) throw new Error("projects: a SELECT without FROM answered no row");
  return codes;
}

const unknown = (value: string) => [{ key: "unknownCode", values: { value } }];

/** Faults of the input, each by its field. */
function faults(input: CreateInput, codes: Codes, today: string): FieldErrors {
  const { fundSource, organisation, programmes, yearOpen } = codes;
  const strange = input.programmes.find((code) => !programmes.some((one) => one.code === code));
  const contributory = programmes.some((one) => one.contributory);
  return {
    ...(fundSource === null ? { fundSource: unknown(input.fundSource) } : {}),
    ...(fundSource?.active === false ? { fundSource: [{ key: "inactive" }] } : {}),
    ...(contributory ? { programmes: [{ key: "contributoryProject" }] } : {}),
    ...(strange === undefined ? {} : { programmes: unknown(strange) }),
    ...(input.declaredOn && input.declaredOn > today
      ? { declaredOn: [{ key: "futureDate" }] }
      : {}),
    ...(organisation?.active === false ? { organisation: [{ key: "inactive" }] } : {}),
    ...(yearOpen === null
      ? { fiscalYear: [{ key: "yearClosed", values: { year: String(input.fiscalYear) } }] }
      : {}),
  };
}

/** What was published may say no amount. */
type CreateInput = Omit<ProjectInput, "declaredFen"> & { declaredFen: string | null };

/** 项目申报. An organisation out of reach and one that does not exist are the same answer. */
export async function createProject(
  context: CommandContext &
    (
      | { input: ProjectInput; provenance?: undefined }
      | { input: CreateInput; provenance: ProjectProvenance }
    ),
): Promise<Project> {
  const { tx, db, scope, actor, now, input, provenance } = context;
  const codes = await findCodes(db, input);
  const { organisation, fundSource, programmes } = codes;
  if (!organisation || !reaches(scope, organisation.path)) throw new AppError("NOT_FOUND");
  const refused = decide(actor, "create", {
    ...{ organisationPath: organisation.path, yearOpen: codes.yearOpen !== false },
    ...{ status: "declared", declaredBy: actor.userId, hasMoney: false },
  });
  if (refused) throw new AppError(refused);
  const fieldErrors = faults(input, codes, civilDateInChina(now));
  if (Object.keys(fieldErrors).length > 0 || fundSource === null)
    throw new AppError("VALIDATION", { fieldErrors });
  const row = {
    organisationId: organisation.id,
    fiscalYear: input.fiscalYear,
    number: input.number || null,
    name: input.name,
    fundSourceId: fundSource.id,
    programmeIds: programmes.map(({ id }) => id),
    purpose: input.purpose || null,
    declaredFen: input.declaredFen === null ? null : BigInt(input.declaredFen),
    declaredOn: input.declaredOn ?? null,
    origin: provenance?.origin === "demo" ? "DEMO" : provenance ? "PUBLISHED" : "ENTERED",
    sourceRef: provenance?.sourceRef ?? null,
    sourceCitation: provenance?.sourceCitation ?? null,
    createdBy: actor.userId,
    createdAt: now,
  };
  const [written] = await tx.rows<{ id: string }>(
    sql`${insertInto("projects", [row])} RETURNING id::text`,
  );
  const id = written?.id ?? "";
  const { organisation: code, fiscalYear, name, number, declaredFen } = input;
  appendAudits(tx, [
    {
      action: "project.create",
      subjectId: id,
      body: {
        ...{ organisation: code, fiscalYear, name, number: number || null },
        ...{ fundSource: input.fundSource, programme: input.programmes, declaredFen },
      },
    },
  ]);
  return getProject({ db, scope, actor, id });
}

type OfOne = CommandContext & { id: string };
type Step = {
  action: Exclude<ProjectAction, "create">;
  version: number;
  fields: Partial<Columns<"projects">>;
  body: Record<string, string | null>;
};

/** One step of a project's life: refused by policy before by version, written where nobody was faster. */
async function take(context: OfOne, step: Step): Promise<Project> {
  const { tx, db, scope, actor, id } = context;
  const { action, version, fields, body } = step;
  const subject = await getProjectSubject({ db, scope, id });
  const refused = decide(actor, action, subject);
  if (refused === "FORBIDDEN") throw new AppError("FORBIDDEN");
  if (subject.version !== version) throw new AppError("STALE");
  if (refused) throw new AppError(refused);
  const rows = await tx.rows<{ id: string }>(sql`
    UPDATE projects ${setOf("projects", { ...fields, version: version + 1 })}
    WHERE id = ${id}::bigint AND version = ${version} RETURNING id::text`);
  if (rows.length === 0) throw new AppError("STALE");
  appendAudits(tx, [{ action: `project.${action}`, subjectId: id, body }]);
  return getProject({ db, scope, actor, id });
}

const notYet = (on: string | null | undefined, now: Date, field: string) => {
  if (on && on > civilDateInChina(now))
    throw new AppError("VALIDATION", { fieldErrors: { [field]: [{ key: "futureDate" }] } });
};

/** 批复: by another person, from above. */
export async function approveProject(
  context: OfOne & {
    input: Omit<ApproveProjectInput, "approvedFen" | "documentNumber"> & {
      approvedFen: string | null;
      documentNumber: string | null;
    };
  },
): Promise<Project> {
  const { actor, now, input } = context;
  const { version, approvedFen, documentNumber, approvedOn } = input;
  notYet(approvedOn, now, "approvedOn");
  return take(context, {
    ...{ action: "approve", version },
    fields: {
      status: "APPROVED",
      approvedFen: approvedFen === null ? null : BigInt(approvedFen),
      approvalDocument: documentNumber,
      approvedOn: approvedOn ?? null,
      approvedBy: actor.userId,
      approvedAt: now,
    },
    body: { approvedFen, documentNumber, approvedOn: approvedOn ?? null },
  });
}

/** 结项: nothing arrives for it any more. */
export async function closeProject(context: OfOne & { input: CloseProjectInput }) {
  const { actor, now, input } = context;
  const note = input.note || null;
  return take(context, {
    ...{ action: "close", version: input.version },
    fields: { status: "CLOSED", closedBy: actor.userId, closedAt: now, closeNote: note },
    body: { note },
  });
}

/** 作废: with a reason; a declaration that is not approved as well. */
export async function voidProject(context: OfOne & { input: VoidProjectInput }) {
  const { actor, now, input } = context;
  const { version, reason } = input;
  return take(context, {
    ...{ action: "void", version },
    fields: { status: "VOIDED", voidedBy: actor.userId, voidedAt: now, voidReason: reason },
    body: { reason },
  });
}
