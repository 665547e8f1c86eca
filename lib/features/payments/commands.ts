import "server-only";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import { mayPostPayments } from "@/lib/features/rosters/policy";
import { findRostered } from "@/lib/features/rosters/queries";
import { AppError, refuseField } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import type { WriteContext } from "@/lib/platform/db";
import { hashOf, newBatchFile, payableLinesOf, paymentsOf } from "./queries";
import { doubtfulAccounts, payableNow, readReissue, readReturn, type Result } from "./rules";
import type { CancelBatchInput, MakeBatchInput, PostPaymentsInput, ReissueInput } from "./schema";
import { digestsOfReturn, endBatch, insertBatch, paysElsewhere, postResults, wasPosted } from "./statements"; // prettier-ignore
import type { Payments, Posted } from "./types";

type Posting = WriteContext & { now: Date; id: string };

/** The record whose payments somebody may post; a day that is still to come is none. */
async function postable(context: Posting, on?: string): Promise<DisbursementRecord> {
  const record = await findRostered(context);
  if (!mayPostPayments(context.actor, { ...record, status: "approved" }))
    throw new AppError("FORBIDDEN");
  if (!mayPostPayments(context.actor, record)) throw new AppError("TRANSITION");
  if (on !== undefined && on > civilDateInChina(context.now))
    refuseField("on", { key: "futureDate" });
  return record;
}

const fenOf = (results: readonly Result[]) =>
  results.reduce((sum, { line }) => sum + line.amountFen, 0n).toString();

/** The chain is told how many lines and fen, and no name. */
function audit({ tx, id }: Posting, on: string, results: readonly Result[]): void {
  const said = (["paid", "returned", "reissued"] as const).flatMap((state) => {
    const of = results.filter((result) => result.state === state);
    // "returned" is what becomes of records
    const word = state === "returned" ? "bounced" : state;
    return of.length === 0 ? [] : [[word, { lines: of.length, amountFen: fenOf(of) }] as const];
  });
  appendAudits(tx, [
    { action: "disbursement.payments", subjectId: id, body: { on, ...Object.fromEntries(said) } },
  ]);
}

/** Posts a bank's return, all of it or nothing; one that was posted before changes nothing. */
export async function postPayments(
  context: Posting & { input: PostPaymentsInput },
): Promise<Posted> {
  const { tx, id, input } = context;
  const { on, rows, totalFen = null, batch = null } = input;
  const record = await postable(context, on);
  const digests = digestsOfReturn(id, { on, rows, totalFen, batch });
  const [digest = null] = digests;
  const answer = async (results: readonly Result[]) => ({
    posted: results.length,
    already: rows.length - results.length,
    postedFen: fenOf(results),
    payments: await paymentsOf(context, record),
  });
  if (await wasPosted(tx, record, digests)) return answer([]);
  const lines = (await payableLinesOf(context, id)).filter(
    (line) => batch === null || line.batch === batch,
  );
  const { results, faults } = readReturn({ rows, on, totalFen }, lines);
  if (Object.keys(faults).length > 0) throw new AppError("LINES", { fieldErrors: faults });
  if (results.length === 0) return answer([]);
  await postResults(tx, record, { on, digest, results });
  audit(context, on, results);
  return answer(results);
}

/** 补发: returned lines are paid anew, once each, if nobody was aided elsewhere meanwhile. */
export async function reissuePayments(context: Posting & { input: ReissueInput }): Promise<Posted> {
  const { tx, id, input } = context;
  const record = await postable(context, input.on);
  // what a correction took back is not paid again under the record that it took it back from
  if (record.corrections.includes("approved")) throw new AppError("TRANSITION");
  const { results, faults } = readReissue(input, await payableLinesOf(context, id));
  if (Object.keys(faults).length > 0) throw new AppError("LINES", { fieldErrors: faults });
  await postResults(tx, record, { on: input.on, digest: null, results });
  audit(context, input.on, results);
  const payments = await paymentsOf(context, record);
  return { posted: results.length, already: 0, postedFen: fenOf(results), payments };
}

/** Puts what waits and has an account into a file that is made once; the file itself is asked for apart. */
export async function makeBatch(context: Posting & { input: MakeBatchInput }): Promise<Payments> {
  const { tx, id, now, input } = context;
  const record = await postable(context);
  if (record.corrections.includes("approved")) throw new AppError("TRANSITION");
  if (await paysElsewhere(tx, record)) refuseField("batch", { key: "batchPaidBefore" });
  const lines = payableNow(await payableLinesOf(context, id));
  if (lines.length === 0) refuseField("batch", { key: "batchEmpty" });
  const doubtful = input.accept ? {} : doubtfulAccounts(lines);
  if (Object.keys(doubtful).length > 0) throw new AppError("LINES", { fieldErrors: doubtful });
  const { format } = input;
  const file = await newBatchFile(context, record, { ids: lines.map((line) => line.id), format, madeAt: now }); // prettier-ignore
  const sha256 = hashOf(file);
  const no = await insertBatch(tx, record, { format, sha256, madeAt: now, lines });
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0n).toString();
  const body = { batch: no, format, lines: lines.length, amountFen, sha256 };
  appendAudits(tx, [{ action: "disbursement.batch", subjectId: id, body }]);
  return paymentsOf(context, record);
}

type Cancelling = Posting & { no: number; input: CancelBatchInput };

/** Lets all lines of a batch go that the bank has not answered for. */
export async function cancelBatch(context: Cancelling): Promise<Payments> {
  const { tx, id, now, no, input } = context;
  const record = await postable(context);
  const { batches } = await paymentsOf(context, record);
  if (!batches.some((batch) => batch.no === no)) throw new AppError("NOT_FOUND");
  await endBatch(tx, record, { no, reason: input.reason, now });
  const body = { batch: no, reason: input.reason };
  appendAudits(tx, [{ action: "disbursement.cancel-batch", subjectId: id, body }]);
  return paymentsOf(context, record);
}
