import "server-only";
import { createHash } from "node:crypto";
import { referenceOf, type DisbursementRecord } from "@/lib/features/disbursements/queries";
import { mayPostPayments } from "@/lib/features/rosters/policy";
import { findRostered, paymentSumsIn, placeOf } from "@/lib/features/rosters/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField } from "@/lib/kernel/app-error";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { open, type Sealed } from "@/lib/platform/sealing";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { batchCsv, batchSheet } from "./present";
import type { FileLine, PayableLine, Payments } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

type Stored = Omit<PayableLine, "amountFen" | "account"> & {
  amountFen: string;
  account: Sealed<"account"> | null;
};

/** The lines that are paid in money, at most ten thousand, with their accounts opened: to hold a return against. */
export async function payableLinesOf(
  { db, scope }: Pick<Asking, "db" | "scope">,
  id: string,
): Promise<PayableLine[]> {
  const stored = await db.rows<Stored>(sql`
    SELECT l.id::text AS id, l.no, l.account::text AS account, l.amount_fen::text AS "amountFen",
      coalesce(lower(p.state), 'pending') AS state, coalesce(p.no, 0) AS said, p.told_on::text AS "on",
      EXISTS (SELECT FROM payment_results r WHERE r.line_id = l.id AND r.state = 'REISSUED') AS reissued,
      (SELECT b.no FROM payment_batch_lines x JOIN payment_batches b ON b.id = x.batch_id WHERE x.line_id = l.id AND x.open) AS batch
    FROM roster_lines l
    LEFT JOIN LATERAL (
      SELECT r.state, r.no, s.told_on FROM payment_results r JOIN payment_postings s ON s.id = r.posting_id
      WHERE r.line_id = l.id ORDER BY r.no DESC LIMIT 1) AS p ON true
    WHERE l.disbursement_id = ${id}::bigint AND l.amount_fen > 0 AND ${within(sql`l.organisation_id`, scope)}
    ORDER BY l.no`);
  return stored.map(({ account, amountFen, ...line }) => ({
    ...line,
    amountFen: BigInt(amountFen),
    account: account === null ? null : open(account, placeOf(line.id, "account")),
  }));
}

type Posting = Omit<Payments["postings"][number], "at"> & { at: Date };
type Batch = Omit<Payments["batches"][number], "madeAt" | "cancelledAt"> & {
  madeAt: Date;
  cancelledAt: Date | null;
};
const PERSON = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;

const batchesIn = (db: Reader, scope: Scope, id: string) =>
  db.rows<Batch>(sql`
    SELECT b.no, lower(b.format) AS format, b.lines, b.amount_fen::text AS "amountFen", encode(b.sha256, 'hex') AS sha256,
      b.made_at AS "madeAt", ${PERSON} AS "madeBy", b.downloads, b.cancelled_at AS "cancelledAt", b.cancel_reason AS "cancelReason",
      guard.is_answered(b.id) AS answered
    FROM payment_batches b JOIN users u ON u.id = b.made_by
    WHERE b.disbursement_id = ${id}::bigint AND ${within(sql`b.organisation_id`, scope)}
    ORDER BY b.no DESC LIMIT 50`);

const postingsIn = (db: Reader, scope: Scope, id: string) =>
  db.rows<Posting>(sql`
    SELECT s.id::text AS id, lower(s.kind) AS kind, s.told_on::text AS "on", s.posted_at AS at, ${PERSON} AS by
    FROM payment_postings s JOIN users u ON u.id = s.posted_by
    WHERE s.disbursement_id = ${id}::bigint AND ${within(sql`s.organisation_id`, scope)}
    ORDER BY s.id DESC LIMIT 50`);

/** Asked without opening anything: whether there is an account is no secret to who typed it. */
async function nextIn(db: Reader, scope: Scope, id: string): Promise<Payments["next"]> {
  const [next] = await db.rows<NonNullable<Payments["next"]>>(sql`
    SELECT count(l.account)::int AS lines, coalesce(sum(l.amount_fen) FILTER (WHERE l.account IS NOT NULL), 0)::text AS "amountFen",
      (count(*) - count(l.account))::int AS "withoutAccount"
    FROM roster_lines l LEFT JOIN LATERAL guard.last_payment(l.id) AS p ON true
    WHERE l.disbursement_id = ${id}::bigint AND ${within(sql`l.organisation_id`, scope)} AND l.amount_fen > 0
      AND (p.state IS NULL OR p.state = 'REISSUED')
      AND NOT EXISTS (SELECT FROM payment_batch_lines b WHERE b.line_id = l.id AND b.open)`);
  return next ?? null;
}

export async function paymentsOf(
  { db, scope, actor }: Asking,
  record: DisbursementRecord,
): Promise<Payments> {
  const { id } = record;
  const mayPost = mayPostPayments(actor, record);
  const batches = await batchesIn(db, scope, id);
  const postings = await postingsIn(db, scope, id);
  return {
    id,
    sums: await paymentSumsIn(db, record),
    mayPost,
    next: mayPost ? await nextIn(db, scope, id) : null,
    batches: batches.map(({ madeAt, cancelledAt, ...batch }) => ({
      ...batch,
      madeAt: madeAt.toISOString(),
      cancelledAt: cancelledAt?.toISOString() ?? null,
    })),
    postings: postings.map(({ at, ...posting }) => ({ ...posting, at: at.toISOString() })),
  };
}

export const getPayments = async (input: Asking & { id: string }): Promise<Payments> =>
  paymentsOf(input, await findRostered(input));

type StoredFileLine = {
  id: string;
  no: number;
  name: Sealed<"name">;
  payee: Sealed<"payee"> | null;
  account: Sealed<"account">;
  amountFen: string;
};

/** Lines as the bank reads them: who is paid, opened. `where` is over roster_lines `l`. */
async function fileLines(db: Reader, scope: Scope, where: Sql): Promise<FileLine[]> {
  const stored = await db.rows<StoredFileLine>(sql`
    SELECT l.id::text AS id, l.no, l.name::text AS name, l.payee::text AS payee, l.account::text AS account,
      l.amount_fen::text AS "amountFen"
    FROM roster_lines l WHERE ${where} AND l.account IS NOT NULL AND ${within(sql`l.organisation_id`, scope)} ORDER BY l.no`);
  return stored.map(({ id, no, name, payee, account, amountFen }) => ({
    no,
    payee: payee === null ? open(name, placeOf(id, "name")) : open(payee, placeOf(id, "payee")),
    account: open(account, placeOf(id, "account")),
    amountFen: BigInt(amountFen),
  }));
}

/** The bytes of a payment file: of the same lines the same, whenever it is made. */
async function bytesOf(
  lines: readonly FileLine[],
  { format, madeAt, record }: { format: FileFormat; madeAt: Date; record: DisbursementRecord },
): Promise<Uint8Array<ArrayBuffer>> {
  const remark = referenceOf(record);
  if (format === "csv") return textFile(batchCsv({ lines, remark }));
  return workbookFile([batchSheet({ lines, remark })], { title: "付款文件", created: madeAt });
}

export const hashOf = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** The file that a batch of these lines would have. */
export async function newBatchFile(
  { db, scope }: Pick<Asking, "db" | "scope">,
  record: DisbursementRecord,
  { ids, ...how }: { ids: readonly string[]; format: FileFormat; madeAt: Date },
) {
  const lines = await fileLines(db, scope, sql`l.id = ANY (${ids}::uuid[])`);
  return bytesOf(lines, { ...how, record });
}

type FileAsked = Asking & { params: { id: string; no: number } };

/** To clerks of the place; counted and told to the chain before the first byte leaves. */
export async function getBatchFile({ db, scope, actor, params: { id, no } }: FileAsked) {
  const record = await findRostered({ db, scope, id });
  if (!mayPostPayments(actor, record)) throw new AppError("FORBIDDEN");
  const [batch] = await db.rows<{ id: string; format: FileFormat; madeAt: Date; sha256: string; cancelled: boolean }>(sql`
    SELECT b.id::text AS id, lower(b.format) AS format, b.made_at AS "madeAt", encode(b.sha256, 'hex') AS sha256,
      b.cancelled_at IS NOT NULL AS cancelled
    FROM payment_batches b
    WHERE b.disbursement_id = ${id}::bigint AND b.no = ${no} AND ${within(sql`b.organisation_id`, scope)}`); // prettier-ignore
  if (!batch) throw new AppError("NOT_FOUND");
  if (batch.cancelled) throw new AppError("TRANSITION");
  const lines = await fileLines(db, scope, sql`l.id IN (SELECT x.line_id FROM payment_batch_lines x WHERE x.batch_id = ${batch.id}::bigint)`); // prettier-ignore
  const body = await bytesOf(lines, { ...batch, record });
  if (hashOf(body) !== batch.sha256) refuseField("batch", { key: "batchDiffers" });
  const name = `付款_${referenceOf(record)}_${no}.${batch.format}`;
  const take = sql`SELECT guard.take_batch(${id}::bigint, ${no}, ${name})::text`;
  return { name, type: FILE_TYPES[batch.format], body, record: take };
}
