import "server-only";
import { randomUUID } from "node:crypto";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import { AppError } from "@/lib/kernel/app-error";
import { seriesOf, type IdKind } from "@/lib/kernel/id-number";
import { sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { commitmentOf, digestsOf, freshNonce, open, seal, SealError, type Sealed } from "@/lib/platform/sealing"; // prettier-ignore
import { asJson } from "@/lib/platform/tables";
import { placeOf, SEALED_COLUMNS, type SealedField, type SealedLine } from "./queries";
import type { Line } from "./rules";

/** What a line commits to, in this order for good: whoever has the paper and its nonce can show it. */
const committed = (
  no: number,
  fields: {
    name: string;
    idKind: string | null;
    idNumber: string | null;
    phone: string | null;
    payee: string | null;
    account: string | null;
    note: string | null;
  },
): string[] => [
  String(no),
  ...[
    fields.name,
    fields.idKind,
    fields.idNumber,
    fields.phone,
    fields.payee,
    fields.account,
    fields.note,
  ].map((text) => (text === null ? "-" : `=${text}`)),
];

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
  const said = committed(no, { name, idKind, idNumber, phone, payee, account, note });
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
async function identitiesOf(tx: Tx, lines: readonly Line[]): Promise<Map<number, string>> {
  const documents = lines.flatMap(({ document }, n) =>
    document
      ? [{ n, digests: digestsOf("identity", seriesOf(document.kind), document.number) }]
      : [],
  );
  if (documents.length === 0) return new Map();
  const found = await tx.rows<{ n: number; identity: string }>(sql`
    SELECT n, identity_id::text AS identity FROM guard.identities_of(${JSON.stringify(documents)}::jsonb)`);
  return new Map(found.map(({ n, identity }) => [n, identity]));
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

/** Takes away what was there and writes these lines, in their order. */
export async function replaceLines(
  context: WriteContext & { now: Date },
  record: DisbursementRecord,
  lines: readonly Line[],
): Promise<void> {
  const { tx, now } = context;
  await bumpRecord(context, record, now);
  const identities = await identitiesOf(tx, lines);
  const rows = lines.map((line, n) => ({
    ...sealedLine(line, n + 1),
    identity_id: identities.get(n) ?? null,
    disbursement_id: record.id,
    organisation_id: record.organisationId,
  }));
  await tx.run(sql`DELETE FROM roster_lines WHERE disbursement_id = ${record.id}::bigint`);
  if (rows.length === 0) return;
  await tx.run(sql`
    INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, id_kind, id_number, phone, payee, account,
      note, amount_fen, packs, persons, households, commitment, nonce, identity_id, key_id)
    SELECT id, disbursement_id, organisation_id, no, name, id_kind, id_number, phone, payee, account, note, amount_fen,
      packs, persons, households, commitment, nonce, identity_id, encode(substring(name FROM 3 FOR 4), 'hex')
    FROM jsonb_populate_recordset(NULL::roster_lines, ${asJson(rows)}::jsonb)`);
}

type Kept = SealedLine & {
  no: number;
  idKind: string | null;
  identity: string | null;
  commitment: string;
};

const KEPT = sql`${SEALED_COLUMNS}, l.no, lower(l.id_kind) AS "idKind", l.identity_id::text AS identity,
  encode(l.commitment, 'hex') AS commitment`;

/** What a kept line says; throws a SealError where it does not open, or is not what it committed to. */
function openKept(line: Kept) {
  const read = <F extends SealedField>(field: F): string | null => {
    const sealed = line[field] as Sealed<F> | null;
    return sealed === null ? null : open(sealed, placeOf(line.id, field));
  };
  const fields = {
    name: read("name") ?? "",
    idKind: line.idKind,
    idNumber: read("idNumber"),
    phone: read("phone"),
    payee: read("payee"),
    account: read("account"),
    note: read("note"),
  };
  const nonce = read("nonce") ?? "";
  if (commitmentOf(nonce, committed(line.no, fields)) !== line.commitment)
    throw new SealError("damaged", placeOf(line.id, "nonce"));
  return { ...fields, nonce };
}

/** Does `work` on each line that opens; those that do not stay as they are, and are counted as left. */
const onEach = <T>(lines: readonly Kept[], work: (line: Kept) => T): T[] =>
  lines.flatMap((line) => {
    try {
      return [work(line)];
    } catch (error) {
      if (error instanceof SealError) return [];
      throw error;
    }
  });

function sealedAnew(line: Kept) {
  const { nonce, ...fields } = openKept(line);
  const anew = <F extends SealedField>(field: F, text: string | null) =>
    text === null ? null : seal(text, placeOf(line.id, field));
  return {
    id: line.id,
    was: line.name,
    name: anew("name", fields.name),
    id_number: anew("idNumber", fields.idNumber),
    phone: anew("phone", fields.phone),
    payee: anew("payee", fields.payee),
    account: anew("account", fields.account),
    note: anew("note", fields.note),
    nonce: anew("nonce", nonce),
  };
}

export type Batch = { read: number; done: number; last: string };
const BATCH = 500;

/** The next lines under an older key, sealed under the newest: each if nobody was faster. */
export async function resealNext(tx: Tx, key: string, after: string): Promise<Batch> {
  const lines = await tx.rows<Kept>(
    sql`SELECT ${KEPT} FROM guard.lines_sealed_before(${key}, ${after}::uuid, ${BATCH}) AS l ORDER BY l.id`,
  );
  const rows = asJson(onEach(lines, sealedAnew));
  const [row] = await tx.rows<{ done: number }>(
    sql`SELECT guard.reseal_lines(${key}, ${rows}::jsonb) AS done`,
  );
  return { read: lines.length, done: row?.done ?? 0, last: lines.at(-1)?.id ?? after };
}

/** The next people whom the newest index key does not know, by the numbers that their lines hold. */
export async function recogniseNext(tx: Tx, key: string, after: string): Promise<Batch> {
  const lines = await tx.rows<Kept>(
    sql`SELECT ${KEPT} FROM guard.lines_to_recognise(${key}, ${after}::uuid, ${BATCH}) AS l ORDER BY l.identity_id`,
  );
  const people = onEach(lines, (line) => {
    const { idKind, idNumber } = openKept(line);
    const [newest] = digestsOf("identity", seriesOf(idKind as IdKind), idNumber ?? "");
    return { identity: line.identity, digest: newest?.digest };
  });
  const [row] = await tx.rows<{ done: number }>(
    sql`SELECT guard.recognise(${key}, ${asJson(people)}::jsonb) AS done`,
  );
  return { read: lines.length, done: row?.done ?? 0, last: lines.at(-1)?.identity ?? after };
}

/** What waits for older keys once nothing new can come under them. */
export async function retireKeys(tx: Tx, keys: { field: string; index: string }): Promise<number> {
  await tx.run(sql`SELECT guard.forget_digests(${keys.index})`);
  const [row] = await tx.rows<{ left: number }>(sql`
    SELECT (guard.retire_keys('FIELD', ${keys.field}) + guard.retire_keys('INDEX', ${keys.index}))::int AS left`);
  return row?.left ?? 0;
}
