import "server-only";
import { findRostered } from "@/lib/features/rosters/queries";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type WriteContext } from "@/lib/platform/db";
import type { RightsAction } from "./labels";
import { mayAskRights, rightsActions } from "./policy";
import { findRights } from "./queries";
import type { AskRightsInput, RightsRequest } from "./types";

type Context = WriteContext & { now: Date };
type Subject = { organisationId: number; household: string | null; record: string | null; line: number | null }; // prettier-ignore

const word = (text: string) => text.replaceAll("-", "_").toUpperCase();
const refuse = (faults: FieldErrors) => {
  if (Object.keys(faults).length > 0) throw new AppError("VALIDATION", { fieldErrors: faults });
};

async function fileOf(
  { db, scope, actor }: Context,
  organisation: string,
  code: string,
): Promise<Subject> {
  const [place] = await db.rows<{ id: number; path: string }>(
    sql`SELECT id, path FROM organisations WHERE code = ${organisation}`,
  );
  if (!place || !reaches(scope, place.path)) throw new AppError("NOT_FOUND");
  if (!mayAskRights(actor, place.path)) throw new AppError("FORBIDDEN");
  const [row] = await db.rows<{ id: string | null }>(
    sql`SELECT guard.household_by_code(${place.id}::int, ${code})::text AS id`,
  );
  if (!row?.id) refuse({ file: [{ key: "rights-missing" }] });
  return { organisationId: place.id, household: row?.id ?? null, record: null, line: null };
}

/** A record by its 编号 as people write it, or by the number at its end. */
async function lineOf(context: Context, record: string, line: number): Promise<Subject> {
  const id = /(?:^|-)0*([1-9]\d{0,17})$/.exec(record.trim())?.[1];
  if (id === undefined) throw new AppError("VALIDATION", { fieldErrors: { record: [{ key: "rights-missing" }] } }); // prettier-ignore
  const { db, actor } = context;
  const rostered = await findRostered({ ...context, id });
  if (!mayAskRights(actor, rostered.organisationPath)) throw new AppError("FORBIDDEN");
  const [place] = await db.rows<{ id: number }>(
    sql`SELECT id FROM organisations WHERE code = ${rostered.organisation}`,
  );
  return { organisationId: place?.id ?? 0, household: null, record: id, line };
}

/** What is asked about, of one of the two. */
async function subjectOf(context: Context, input: AskRightsInput): Promise<Subject> {
  const { organisation, file, record, line } = input;
  if (file && organisation && !record) return fileOf(context, organisation, file);
  if (record && line && !file && input.kind === "forget") return lineOf(context, record, line);
  const missing: FieldErrors = record
    ? { line: [{ key: "required" }] }
    : { file: [{ key: "required" }] };
  throw new AppError("VALIDATION", { fieldErrors: missing });
}

/** One asks on a person's behalf; what it is about is told by its number, and of the person nothing. */
export async function askRights(
  context: Context & { input: AskRightsInput },
): Promise<RightsRequest> {
  const { tx, db, now, input } = context;
  const { kind, reason, askedOn } = input;
  const { organisationId, household, record, line } = await subjectOf(context, input);
  const [said] = await db.rows<{ refusal: string | null }>(sql`
    SELECT guard.rights_refusal(${word(kind)}, ${household}::uuid, ${record}::bigint, ${line}::int) AS refusal`);
  const why = said?.refusal?.toLowerCase().replace("_", "-");
  refuse({
    ...(why ? { [household ? "file" : "line"]: [{ key: `rights-${why}` }] } : {}),
    ...(askedOn > civilDateInChina(now) ? { askedOn: [{ key: "futureDate" }] } : {}),
  });
  const [row] = await tx.rows<{ id: string }>(sql`
    INSERT INTO rights_requests (kind, organisation_id, household_id, disbursement_id, line_no, reason, asked_on)
    VALUES (${word(kind)}, ${organisationId}, ${household}::uuid, ${record}::bigint, ${line}::int, ${word(reason)}, ${askedOn}::date)
    RETURNING id::text`);
  const id = row?.id ?? "";
  appendAudits(tx, [
    { action: "rights-request.create", subjectId: id, body: { right: kind, household, record, line, reason, askedOn } }, // prettier-ignore
  ]);
  return (await findRights({ ...context, id })).request;
}

const DECISION = { confirm: "CONFIRMED", decline: "DECLINED", withdraw: "WITHDRAWN" } as const;
type Deciding = Context & { id: string };

async function decideRights(
  context: Deciding,
  chosen: (actions: readonly RightsAction[]) => RightsAction,
): Promise<RightsRequest> {
  const { tx, db, actor, id } = context;
  const { request, path } = await findRights(context);
  const actions = rightsActions(actor, { ...request, state: "pending", path });
  if (actions.length === 0) throw new AppError("FORBIDDEN");
  const action = chosen(actions);
  if (request.state !== "pending") throw new AppError("STALE");
  await db.rows(sql`SELECT guard.decide_rights_request(${id}::bigint, ${DECISION[action]})::text`);
  const after = (await findRights(context)).request;
  const { kind, reason, rows } = after;
  appendAudits(tx, [
    { action: `rights-request.${action}` as const, subjectId: id, body: { right: kind, reason, rows } }, // prettier-ignore
  ]);
  return after;
}

/** Does what another person asked for, for good. */
export const confirmRights = (context: Deciding): Promise<RightsRequest> =>
  decideRights(context, (actions) => {
    if (!actions.includes("confirm")) throw new AppError("SECOND_ADMINISTRATOR");
    return "confirm";
  });

/** Declines another person's request, or takes one's own back. */
export const declineRights = (context: Deciding): Promise<RightsRequest> =>
  decideRights(context, (actions) => (actions.includes("decline") ? "decline" : "withdraw"));
