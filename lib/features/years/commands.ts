import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { AppError, found } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import { writeCheckpoints } from "@/lib/platform/checkpoint";
import { sql, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { closesFrom, decide, reopeningActions } from "./policy";
import { getYear, getYearSnapshot, lastReopeningDay, listYears } from "./queries";
import type { ReopenYearInput } from "./schema";
import type { YearDetail, YearStatus, YearView } from "./types";

type CommandContext = WriteContext & { now: Date };

async function viewOf(context: CommandContext, year: number): Promise<YearView> {
  return found((await listYears({ ...context, year }))[0]);
}

/** Opens the year after the last one; years are never skipped. */
export async function openYear(context: CommandContext & { year: number }): Promise<YearView> {
  const { tx, db, actor, year } = context;
  const [last] = await db.rows<{ year: number | null }>(
    sql`SELECT max(year)::int AS year FROM years`,
  );
  const known = last?.year ?? null;
  const refused = decide(actor, "open", known !== null && year <= known ? "open" : null);
  if (refused) throw new AppError(refused);
  if (known !== null && year !== known + 1)
    throw new AppError("VALIDATION", {
      fieldErrors: { year: [{ key: "nextYear", values: { year: String(known + 1) } }] },
    });
  await tx.run(insertInto("years", [{ year }]));
  appendAudits(tx, [
    {
      action: "year.open",
      subjectId: String(year),
      body: { year },
    },
  ]);
  return viewOf(context, year);
}

/** The year's row, locked: whoever is writing into the year finishes first, and whoever comes later meets what we made of it. */
async function lockYear({ db, actor }: CommandContext, year: number, action: "close" | "reopen") {
  // who may not is told so before anything waits
  const early = decide(actor, action, action === "close" ? "open" : "closed");
  if (early) throw new AppError(early);
  const [row] = await db.rows<{ status: YearStatus; version: number }>(
    sql`SELECT lower(status) AS status, version FROM years WHERE year = ${year} FOR UPDATE`,
  );
  const refused = decide(actor, action, row?.status ?? null);
  if (refused) throw new AppError(refused);
  return found(row);
}

/** The digest of every figure there is; meanwhile nobody else writes. */
const CHECKPOINT_MS = 60_000;

type Closing = CommandContext & {
  year: number;
  input: { version: number; acceptOpen: boolean; note?: string | undefined };
};

/**
 * Closes a year, for the first time or after it was opened once more. The figures are read while the chain is held,
 * so that they are those of the closing's own place in it.
 */
export async function closeYear(context: Closing): Promise<YearView> {
  const { tx, db, scope, actor, now, year, input } = context;
  const row = await lockYear(context, year, "close");
  if (row.version !== input.version) throw new AppError("STALE");
  const day = closesFrom(year, civilDateInChina(now));
  if (day !== null)
    throw new AppError("CONFLICT", {
      fieldErrors: { year: [{ key: "yearNotEnded", values: { day } }] },
    });
  await db.rows(sql`SELECT guard.hold_chain()::text`);
  const snapshot = await getYearSnapshot({ db, scope, year });
  const { draft, submitted, returned } = snapshot.waiting;
  if (draft + submitted + returned > 0 && !input.acceptOpen)
    throw new AppError("CONFLICT", {
      fieldErrors: { acceptOpen: [{ key: "yearWaiting", values: { draft, submitted, returned } }] },
    });
  const closed = {
    status: "CLOSED",
    closedAt: now,
    closedBy: actor.userId,
    reopenedUntil: null,
    version: input.version + 1,
  };
  await tx.run(sql`UPDATE years ${setOf("years", closed)} WHERE year = ${year}`);
  // Anybody can work out the digest again: it is of this text, canonical JSON (RFC 8785).
  const payload = canonicalize(snapshot) ?? "";
  const sha256 = createHash("sha256").update(payload).digest("hex");
  const note = input.note ? input.note : null;
  await tx.run(insertInto("year_closings", [{ year, payload, sha256, note }]));
  appendAudits(tx, [
    {
      action: "year.close",
      subjectId: String(year),
      body: {
        year,
        sha256,
        acceptOpen: input.acceptOpen,
        draft,
        submitted,
        returned,
        records: snapshot.figures.totals.records,
        amountFen: snapshot.figures.totals.amountFen,
        ...(note && { words: note }),
      },
    },
  ]);
  // The checkpoint tells how far the chain has come: the closing must stand in it.
  await tx.settle();
  await writeCheckpoints({ rows: (query) => tx.patiently(query, CHECKPOINT_MS) }, "YEAR_CLOSE");
  return viewOf(context, year);
}

/** Asks for a closed year to be opened once more; another of the province confirms it. */
export async function reopenYear(
  context: CommandContext & { year: number; input: ReopenYearInput },
): Promise<YearDetail> {
  const { tx, db, now, year, input } = context;
  await lockYear(context, year, "reopen");
  const first = civilDateInChina(now);
  const last = await lastReopeningDay(db, now);
  if (input.until < first || input.until > last)
    throw new AppError("VALIDATION", {
      fieldErrors: { until: [{ key: "reopenUntil", values: { first, last } }] },
    });
  const { reopenings } = await getYear(context);
  if (reopenings.some(({ state }) => state === "pending"))
    throw new AppError("CONFLICT", { fieldErrors: { reason: [{ key: "reopenAsked" }] } });
  const [made] = await tx.rows<{ id: string }>(
    sql`INSERT INTO year_reopenings (year, reason, until)
      VALUES (${year}::smallint, ${input.reason}, ${input.until}::date) RETURNING id::text AS id`,
  );
  const { reason, until } = input;
  appendAudits(tx, [
    {
      action: "year-reopening.create",
      subjectId: found(made).id,
      body: { year, words: reason, until },
    },
  ]);
  return getYear(context);
}

type Deciding = CommandContext & { year: number; id: string };
const DECISION = { confirm: "CONFIRMED", decline: "DECLINED", withdraw: "WITHDRAWN" } as const;

async function decideReopening(
  context: Deciding,
  chosen: (actions: readonly (keyof typeof DECISION)[]) => keyof typeof DECISION,
): Promise<YearDetail> {
  const { tx, db, actor, year, id } = context;
  const { reopenings } = await getYear(context);
  const request = found(reopenings.find((one) => one.id === id));
  if (request.state !== "pending") throw new AppError("STALE");
  const actions = reopeningActions(actor, request);
  if (actions.length === 0) throw new AppError("FORBIDDEN");
  const action = chosen(actions);
  await db.rows(sql`SELECT guard.decide_reopening(${id}::bigint, ${DECISION[action]})::text`);
  const told = { year, words: request.reason, until: request.until };
  appendAudits(tx, [
    ...(action === "confirm"
      ? [{ action: "year.reopen" as const, subjectId: String(year), body: told }]
      : []),
    { action: `year-reopening.${action}` as const, subjectId: id, body: told },
  ]);
  return getYear(context);
}

/** Does what another person asked for: the year takes entries to the end of the day that was named. */
export const confirmReopening = (context: Deciding): Promise<YearDetail> =>
  decideReopening(context, (actions) => {
    if (!actions.includes("confirm")) throw new AppError("SECOND_ADMINISTRATOR");
    return "confirm";
  });

/** Declines another person's request, or takes one's own back. */
export const declineReopening = (context: Deciding): Promise<YearDetail> =>
  decideReopening(context, (actions) => (actions.includes("decline") ? "decline" : "withdraw"));
