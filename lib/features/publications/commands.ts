import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { AppError, found } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type WriteContext } from "@/lib/platform/db";
import { insertInto } from "@/lib/platform/tables";
import type { YearStatus } from "@/lib/features/years/types";
import { decide } from "./policy";
import {
  listEarlier,
  listPublicProgrammes,
  listPublications,
  readBooks,
  readLines,
} from "./queries";
import { makePublicTable } from "./rules";
import type { WithdrawPublicationInput } from "./schema";
import type { Publication } from "./types";

type Publishing = WriteContext & {
  input: { year: number; licence: string; contact?: string | undefined };
};

/**
 * Publishes a closed year. The figures are read while the chain is held, so that they are those of one position in it;
 * what is of too few people is hidden before anything is kept, and is nowhere in what is.
 */
export async function publishYear({
  tx,
  db,
  scope,
  actor,
  input,
}: Publishing): Promise<Publication> {
  const { year, licence } = input;
  const early = decide(actor, "publish", "closed");
  if (early) throw new AppError(early);
  const [row] = await db.rows<{ status: YearStatus }>(
    sql`SELECT lower(status) AS status FROM years WHERE year = ${year}::smallint`,
  );
  const refused = decide(actor, "publish", row?.status ?? null);
  if (refused === "CONFLICT")
    throw new AppError("CONFLICT", { fieldErrors: { year: [{ key: "yearNotClosed" }] } });
  if (refused) throw new AppError(refused);
  await db.rows(sql`SELECT guard.hold_chain()::text`);
  const { seq, ...books } = await readBooks({ db, scope, year });
  const { table, sensitive } = makePublicTable({
    ...books,
    ...(await readLines(db, scope)),
    programmes: await listPublicProgrammes(db),
    earlier: await listEarlier({ db, scope, year }),
    ...{ year, licence, contact: input.contact ? input.contact : null },
  });
  // Anybody can work out the digest again: it is of this text, canonical JSON (RFC 8785).
  const payload = canonicalize(table) ?? "";
  const sha256 = createHash("sha256").update(payload).digest("hex");
  const insert = insertInto("publications", [{ year, seq, payload, sha256, sensitive }]);
  const [made] = await tx.rows<{ id: string }>(sql`${insert} RETURNING id::text AS id`);
  const { id } = found(made);
  const hidden = table.cells.filter((cell) => cell.hidden).length;
  appendAudits(tx, [
    {
      action: "publication.create",
      subjectId: id,
      body: { year, sha256, cells: table.cells.length, hidden, licence },
    },
  ]);
  return found((await listPublications(db, { id }))[0]);
}

/** Takes a publication back; what came before it does not come back in its place. */
export async function withdrawPublication(
  context: WriteContext & { id: string; input: WithdrawPublicationInput },
): Promise<Publication> {
  const { tx, db, actor, id, input } = context;
  const refused = decide(actor, "withdraw", null);
  if (refused) throw new AppError(refused);
  const standing = found((await listPublications(db, { id }))[0]);
  if (standing.withdrawnAt !== null) throw new AppError("STALE");
  const changed = await tx.run(sql`
    UPDATE publications SET withdraw_reason = ${input.reason} WHERE id = ${id}::bigint AND withdrawn_at IS NULL`);
  if (changed === 0) throw new AppError("STALE");
  appendAudits(tx, [
    {
      action: "publication.withdraw",
      subjectId: id,
      body: { year: standing.year, words: input.reason },
    },
  ]);
  return found((await listPublications(db, { id }))[0]);
}
