import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import { writeCheckpoints } from "@/lib/platform/checkpoint";
import { sql, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { closesFrom, decide } from "./policy";
import { getYearSnapshot, listYears, type YearSnapshot } from "./queries";
import type { YearView } from "./types";

type CommandContext = WriteContext & { now: Date };

/** The hash anybody can work out again from the snapshot: SHA-256 over its canonical JSON (RFC 8785). */
function snapshotHash(snapshot: YearSnapshot): string {
  return createHash("sha256")
    .update(canonicalize(snapshot) ?? "")
    .digest("hex");
}

async function viewOf(context: CommandContext, year: number): Promise<YearView> {
  const view = (await listYears(context)).find((one) => one.year === year);
  if (!view) throw new AppError("NOT_FOUND");
  return view;
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

/**
 * Closes a year for good. The row lock comes first: whoever is writing into the year finishes before
 * the snapshot is taken, and whoever comes later finds it closed.
 */
export async function closeYear(
  context: CommandContext & { year: number; input: { version: number; acceptOpen: boolean } },
): Promise<YearView> {
  const { tx, db, scope, actor, now, year, input } = context;
  const early = decide(actor, "close", "open");
  if (early) throw new AppError(early);
  const [row] = await db.rows<{ status: "open" | "closed"; version: number }>(
    sql`SELECT lower(status::text) AS status, version FROM years WHERE year = ${year} FOR UPDATE`,
  );
  const refused = decide(actor, "close", row?.status ?? null);
  if (refused) throw new AppError(refused);
  if (row?.version !== input.version) throw new AppError("STALE");
  const day = closesFrom(year, civilDateInChina(now));
  if (day !== null)
    throw new AppError("CONFLICT", {
      fieldErrors: { year: [{ key: "yearNotEnded", values: { day } }] },
    });
  const snapshot = await getYearSnapshot({ db, scope, year });
  const { draft, submitted, returned } = snapshot.waiting;
  if (draft + submitted + returned > 0 && !input.acceptOpen)
    throw new AppError("CONFLICT", {
      fieldErrors: { acceptOpen: [{ key: "yearWaiting", values: { draft, submitted, returned } }] },
    });
  const sha256 = snapshotHash(snapshot);
  const closed = {
    status: "CLOSED",
    closedAt: now,
    closedBy: actor.userId,
    snapshot: { sha256, content: snapshot },
    version: input.version + 1,
  };
  await tx.run(sql`UPDATE years ${setOf("years", closed)} WHERE year = ${year}`);
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
      },
    },
  ]);
  // The checkpoint tells how far the chain has come: the closing must stand in it.
  await tx.settle();
  await writeCheckpoints(db, "YEAR_CLOSE");
  return viewOf(context, year);
}
