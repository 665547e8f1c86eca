import "server-only";
import { setImmediate } from "node:timers/promises";
import { mayReveal } from "@/lib/features/rosters/policy";
import { findRostered, inTurn, placeOf } from "@/lib/features/rosters/queries";
import { AppError, found } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type WriteContext } from "@/lib/platform/db";
import { open, SealError } from "@/lib/platform/sealing";
import { MOST_LINES, REVEALED_FIELDS, type RequestAction, type RevealedField } from "./labels";
import { requestActions } from "./policy";
import { findRevealRequest } from "./queries";
import type { RequestRevealInput, RevealInput } from "./schema";
import { takeGranted, takeReveal, type SealedReveal } from "./statements";
import type { Revealed, RevealedLine, RevealRequest } from "./types";

function openField(line: SealedReveal, field: RevealedField): string | null {
  if (field === "bankWords") {
    const { bankWords, wordsId } = line;
    if (bankWords === null || wordsId === null) return null;
    return open(bankWords, { table: "payment_words", column: "words", row: wordsId });
  }
  const sealed = line[field];
  return sealed === null ? null : open(sealed as never, placeOf(line.id, field));
}

/** What no key at hand opens is said to be so; the rest of the line is still shown. */
function openLine(line: SealedReveal): RevealedLine {
  const values: Partial<Record<RevealedField, string>> = {};
  let unreadable = false;
  for (const field of REVEALED_FIELDS)
    try {
      const text = openField(line, field);
      if (text !== null) values[field] = text;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unreadable = true;
    }
  return { no: line.no, values, unreadable };
}

/** Shows lines as they were typed: written down by the database before a seal leaves it. */
export async function revealRoster(
  context: WriteContext & { id: string; input: RevealInput },
): Promise<Revealed> {
  const { tx, actor, id, input } = context;
  const record = await findRostered(context);
  if (!mayReveal(actor, record)) throw new AppError("FORBIDDEN");
  const lines = await takeReveal(tx, id, input);
  if (lines.length === 0) throw new AppError("NOT_FOUND");
  return { lines: lines.map(openLine), used: lines[0]?.used ?? 0, most: MOST_LINES };
}

type Context = WriteContext & { id: string };

const toldOf = ({ record, lines, fields, reason, words }: RevealRequest) => ({
  record,
  lines,
  fields,
  reason,
  words,
});

/** Asks for all lines of a roster: nothing is shown before another person agreed. */
export async function requestReveal(
  context: Context & { input: RequestRevealInput },
): Promise<RevealRequest> {
  const { tx, db, scope, actor, input } = context;
  const record = await findRostered(context);
  if (!mayReveal(actor, record)) throw new AppError("FORBIDDEN");
  const [roster] = await db.rows(sql`SELECT FROM guard.roster_sums(ARRAY[${record.id}::bigint])`);
  if (!roster) throw new AppError("NOT_FOUND");
  const waiting = await db.rows(sql`
    SELECT FROM reveal_requests r WHERE r.disbursement_id = ${record.id}::bigint
      AND r.requested_by = ${actor.userId}::uuid AND guard.reveal_request_state(r) IN ('PENDING', 'GRANTED')`);
  if (waiting.length > 0)
    throw new AppError("CONFLICT", { fieldErrors: { reason: [{ key: "revealAsked" }] } });
  const { fields, reason } = input;
  const [made] = await tx.rows<{ id: string }>(sql`
    INSERT INTO reveal_requests (disbursement_id, organisation_id, fields, reason, words)
    VALUES (${record.id}::bigint, ${record.organisationId}::int, ${fields}::text[], ${reason.code.toUpperCase()}, ${reason.words})
    RETURNING id::text AS id`);
  const { id } = found(made);
  const { request } = await findRevealRequest({ db, scope, actor, id });
  appendAudits(tx, [{ action: "reveal-request.create", subjectId: id, body: toldOf(request) }]);
  return request;
}

const DECISION = { grant: "GRANTED", decline: "DECLINED", withdraw: "WITHDRAWN" } as const;

async function decideReveal(
  context: Context,
  chosen: (actions: readonly RequestAction[]) => keyof typeof DECISION,
): Promise<RevealRequest> {
  const { tx, db, actor, id } = context;
  const { request, placePath } = await findRevealRequest(context);
  const actions = requestActions(actor, { ...request, state: "pending", placePath });
  if (actions.length === 0) throw new AppError("FORBIDDEN");
  const action = chosen(actions);
  if (request.state !== "pending") throw new AppError("STALE");
  await db.rows(sql`SELECT guard.decide_reveal_request(${id}::bigint, ${DECISION[action]})::text`);
  appendAudits(tx, [
    { action: `reveal-request.${action}` as const, subjectId: id, body: toldOf(request) },
  ]);
  return (await findRevealRequest(context)).request;
}

/** Grants what another person asked for: they may look, once, and soon. */
export const grantReveal = (context: Context): Promise<RevealRequest> =>
  decideReveal(context, (actions) => {
    if (!actions.includes("grant")) throw new AppError("SECOND_ADMINISTRATOR");
    return "grant";
  });

/** Declines another person's request, or takes one's own back. */
export const declineReveal = (context: Context): Promise<RevealRequest> =>
  decideReveal(context, (actions) => (actions.includes("decline") ? "decline" : "withdraw"));

/** Shows what was granted, once: written down by the database before a seal leaves it, and opened by turns. */
export async function showGranted(context: Context): Promise<{ lines: RevealedLine[] }> {
  const { tx, id } = context;
  const { request } = await findRevealRequest(context);
  if (!request.actions.includes("show"))
    throw new AppError(request.requestedBy.id === context.actor.userId ? "STALE" : "FORBIDDEN");
  const lines: RevealedLine[] = [];
  for (const some of inTurn(await takeGranted(tx, id))) {
    if (lines.length > 0) await setImmediate();
    lines.push(...some.map(openLine));
  }
  return { lines };
}
