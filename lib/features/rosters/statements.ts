import "server-only";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import { AppError } from "@/lib/kernel/app-error";
import { seriesOf } from "@/lib/kernel/id-number";
import { sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { commitmentOf, digestsOf, freshNonce, seal, type Sealed } from "@/lib/platform/sealing";
import { asJson } from "@/lib/platform/tables";
import { inTurn, markedRows, openedLines, placeOf, type SealedField } from "./queries";
import { committedLine, lineOf, type Line } from "./rules";

function sealedLine(line: Line, no: number) {
  const id = randomUUID();
  const nonce = freshNonce();
  const sealed = <F extends SealedField>(field: F, text: string): Sealed<F> =>
    seal(text, placeOf(id, field));
  const maybe = <F extends SealedField>(field: F, text: string | null) =>
    text === null ? null : sealed(field, text);
  const { name, document, phone, payee, account, note } = line;
  const idKind = document?.kind ?? null;
  const idNumber = document?.number ?? null;
  const said = committedLine({
    no,
    name,
    id_kind: idKind,
    id_number: idNumber,
    phone,
    payee,
    account,
    note,
  });
  return {
    id,
    no,
    name: sealed("name", name),
    id_kind: idKind?.toUpperCase() ?? null,
    id_number: maybe("idNumber", idNumber),
    phone: maybe("phone", phone),
    payee: maybe("payee", payee),
    account: maybe("account", account),
    note: maybe("note", note),
    amount_fen: line.amountFen,
    packs: line.packs,
    persons: line.persons,
    households: line.households,
    commitment: `\\x${commitmentOf(nonce, said)}`,
    nonce: sealed("nonce", nonce),
  };
}

/** By which its holder is known: a random id behind a keyed digest. */
async function identitiesOf(tx: Tx, lines: readonly Numbered[]): Promise<Map<number, string>> {
  const documents = lines.flatMap(({ no, line: { document } }) =>
    document
      ? [{ n: no, digests: digestsOf("identity", seriesOf(document.kind), document.number) }]
      : [],
  );
  // in one order over all statements, as over all who save: nobody waits in a ring
  const ordered = documents
    .map((one) => ({ one, first: one.digests.map(({ digest }) => digest).sort()[0] ?? "" }))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  const known = new Map<number, string>();
  for (const some of inTurn(ordered)) {
    const asked = JSON.stringify(some.map(({ one }) => one));
    const found = await tx.rows<{ n: number; identity: string }>(sql`
      SELECT n, identity_id::text AS identity FROM guard.identities_of(${asked}::jsonb)`);
    for (const { n, identity } of found) known.set(n, identity);
  }
  return known;
}

/** The record's next version, if nobody was faster: lines are part of it. */
async function bumpRecord(
  { tx }: { tx: Tx },
  record: DisbursementRecord,
  now: Date,
): Promise<void> {
  const moved = await tx.run(sql`
    UPDATE disbursements SET version = version + 1, updated_at = ${now}::timestamptz
    WHERE id = ${record.id}::bigint AND version = ${record.version} AND status = ${record.status.toUpperCase()}`);
  if (moved === 0) throw new AppError("STALE");
}

type Numbered = { no: number; line: Line };

/**
 * Writes these lines in their order and takes away what else was there. A line that says what it said stays the row that
 * it is, with its commitment: what was printed or hung out of it still holds. One that does not open says nothing.
 */
export async function replaceLines(
  context: WriteContext & { now: Date },
  record: DisbursementRecord,
  lines: readonly Line[],
): Promise<void> {
  const { tx, now } = context;
  await bumpRecord(context, record, now);
  const before = new Map(
    (await openedLines(context, record.id)).map((line) => [line.no, lineOf(line)]),
  );
  const fresh = numbered(lines).filter(({ no, line }) => !isDeepStrictEqual(before.get(no), line));
  const written = new Set(fresh.map(({ no }) => no));
  const gone = [...before.keys()].filter((no) => no > lines.length || written.has(no));
  await tx.run(sql`
    DELETE FROM roster_lines WHERE disbursement_id = ${record.id}::bigint AND no = ANY (${gone}::int[])`);
  await writeNumbered(tx, record, fresh);
}

const numbered = (lines: readonly Line[]): Numbered[] =>
  lines.map((line, n) => ({ no: n + 1, line }));

/** Lines of a record that has none. */
export const writeLines = (
  tx: Tx,
  record: Pick<DisbursementRecord, "id" | "organisationId">,
  lines: readonly Line[],
): Promise<void> => writeNumbered(tx, record, numbered(lines));

/** Each sealed for its own row: by turns, so that nobody else waits for all of them. */
async function writeNumbered(
  tx: Tx,
  record: Pick<DisbursementRecord, "id" | "organisationId">,
  lines: readonly Numbered[],
): Promise<void> {
  const identities = await identitiesOf(tx, lines);
  for (const some of inTurn(lines)) {
    const rows = some.map(({ no, line }) => ({
      line,
      row: {
        ...sealedLine(line, no),
        identity_id: identities.get(no) ?? null,
        disbursement_id: record.id,
        organisation_id: record.organisationId,
      },
    }));
    const sealed = rows.map(({ row }) => row);
    await tx.run(sql`
      INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, id_kind, id_number, phone, payee, account,
        note, amount_fen, packs, persons, households, commitment, nonce, identity_id, key_id)
      SELECT id, disbursement_id, organisation_id, no, name, id_kind, id_number, phone, payee, account, note, amount_fen,
        packs, persons, households, commitment, nonce, identity_id, encode(substring(name FROM 3 FOR 4), 'hex')
      FROM jsonb_populate_recordset(NULL::roster_lines, ${asJson(sealed)}::jsonb)`);
    const marks = rows.flatMap(({ line, row }) => markedRows(row.id, record.organisationId, line));
    await tx.run(sql`SELECT guard.mark_lines(${record.id}::bigint, ${asJson(marks)}::jsonb)`);
  }
}
