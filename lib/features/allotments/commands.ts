import "server-only";
import type { Origin } from "@/lib/kernel/record-codes";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { decide } from "./policy";
import { getAllotment, getAllotmentSubject } from "./queries";
import type { AllotmentInput, VoidAllotmentInput } from "./schema";
import type { Allotment } from "./types";

type CommandContext = WriteContext & { now: Date };

/** Where it came from, for imports only: nothing that crosses the wire can say this. */
export type AllotmentProvenance = {
  origin: Exclude<Origin, "entered">;
  sourceRef?: string;
  sourceCitation?: string;
};

type Codes = {
  organisation: { id: number; path: string; active: boolean } | null;
  fundSource: { id: number; active: boolean } | null;
  programme: number | null;
  yearOpen: boolean | null;
};

async function findCodes(db: Reader, input: AllotmentInput): Promise<Codes> {
  const [codes] = await db.rows<Codes>(sql`
    SELECT (SELECT json_build_object('id', o.id, 'path', o.path, 'active', o.active)
        FROM organisations o WHERE o.code = ${input.organisation}) AS organisation,
      (SELECT json_build_object('id', id, 'active', active)
        FROM fund_sources WHERE code = ${input.fundSource}) AS "fundSource",
      (SELECT id FROM programmes WHERE code = ${input.programme ?? null}) AS programme,
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
  const subject = { voided: false, yearOpen: codes.yearOpen !== false };
  if (!organisation || !reaches(scope, organisation.path))
    throw new AppError(
      actor.memberships.some((m) => m.role === "PROVINCE") ? "NOT_FOUND" : "FORBIDDEN",
    );
  const refused = decide(actor, "create", { ...subject, organisationPath: organisation.path });
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
    amountFen: BigInt(input.amountFen),
    amountKind: input.amountKind === "estimated" ? "ESTIMATED" : "EXACT",
    amountWording: input.amountWording ?? null,
    receivedOn: input.receivedOn ?? null,
    note: input.note ?? null,
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
        origin: provenance?.origin ?? "entered",
      },
    },
  ]);
  return getAllotment({ db, scope, actor, id });
}

/** 作废: with a reason, by provincial staff; what is wrong is voided and entered anew. */
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
  const count = await tx.run(sql`UPDATE allotments ${setOf("allotments", voided)}
    WHERE id = ${id}::bigint AND version = ${input.version} AND voided_at IS NULL`);
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [
    {
      action: "allotment.void",
      subjectId: id,
      body: { reason: input.reason, amountFen: subject.amountFen, fiscalYear: subject.fiscalYear },
    },
  ]);
  return getAllotment({ db, scope, actor, id });
}
