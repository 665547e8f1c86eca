import "server-only";
import { authorise } from "@/lib/features/disbursements/policy";
import { subjectOf } from "@/lib/features/disbursements/queries";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import type { WriteContext } from "@/lib/platform/db";
import { mayWriteRoster } from "./policy";
import { findRostered, openedLines, rosterOf } from "./queries";
import { lineOf, readLines, sumsOf } from "./rules";
import type { PutRosterInput } from "./schema";
import { replaceLines, writeLines } from "./statements";
import type { Roster } from "./types";

type Putting = WriteContext & { now: Date; id: string; input: PutRosterInput };

/**
 * Replaces the lines of a record, as an edit of it. What cannot be right is refused by line and field; what does not
 * add up is kept, and found in the record. The chain is told how many, and no name.
 */
export async function putRoster(context: Putting): Promise<Roster> {
  const { tx, actor, now, id, input } = context;
  const record = await findRostered(context);
  const versions = { read: input.version, stored: record.version };
  authorise(actor, "edit", subjectOf({ record, partner: null }), versions);
  if (!mayWriteRoster(actor, record)) throw new AppError("FORBIDDEN");
  const { lines, faults } = readLines(input.lines, civilDateInChina(now));
  if (Object.keys(faults).length > 0) throw new AppError("LINES", { fieldErrors: faults });
  await replaceLines(context, record, lines);
  const documented = lines.filter(({ document }) => document !== null).length;
  appendAudits(tx, [
    {
      action: "disbursement.roster",
      subjectId: id,
      body: { ...sumsOf(lines, documented), version: record.version + 1 },
    },
  ]);
  return rosterOf(context, { ...record, version: record.version + 1 });
}

/**
 * The replacement of a correction, made in this transaction, begins with the lines of its original: who was named
 * stays named. Opened and sealed for their new rows; where a key lacks for one of them, none is taken over.
 */
export async function takeLinesOver(
  context: WriteContext & { from: string; to: string },
): Promise<void> {
  const { tx, from, to } = context;
  const lines = (await openedLines(context, from)).map(lineOf);
  const kept = lines.filter((line) => line !== null);
  if (kept.length === 0 || kept.length < lines.length) return;
  await writeLines(tx, await findRostered({ ...context, id: to }), kept);
}
