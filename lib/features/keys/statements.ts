import "server-only";
import { markedRows } from "@/lib/features/rosters/queries";
import { ROSTER_LINES } from "@/lib/features/rosters/rules";
import { seriesOf, type IdKind } from "@/lib/kernel/id-number";
import { boundName, type OpenedRow, type SealedTable } from "@/lib/kernel/sealed-table";
import { sql, type Tx } from "@/lib/platform/db";
import { commitmentOf, digestsOf, open, seal, SealError, type Sealed } from "@/lib/platform/sealing"; // prettier-ignore
import { asJson } from "@/lib/platform/tables";

type Kept = { id: string; identity: string | null; content: Record<string, unknown> };

const placeOf = ({ table }: SealedTable, column: string, row: string) => ({
  table,
  column: boundName(column),
  row,
});

/** What a kept row says; throws a SealError where it does not open, or is not what it committed to. */
function openKept(of: SealedTable, { id, content }: Kept): OpenedRow {
  const opened = of.seals.map((column) => {
    const sealed = content[column] as Sealed<string> | null;
    return [column, sealed === null ? null : open(sealed, placeOf(of, column, id))] as const;
  });
  const row: Record<string, unknown> = { ...content, ...Object.fromEntries(opened) };
  const kept = (content["commitment"] as string | undefined)?.slice(2);
  if (of.commits && commitmentOf(row["nonce"] as string, of.commits(row)) !== kept)
    throw new SealError("damaged", placeOf(of, "nonce", id));
  return row;
}

/** Does `work` on each row that opens; those that do not stay as they are, and are counted as left. */
const onEach = <T>(
  of: SealedTable,
  rows: readonly Kept[],
  work: (row: OpenedRow, kept: Kept) => T,
) =>
  rows.flatMap((kept) => {
    try {
      return [work(openKept(of, kept), kept)];
    } catch (error) {
      if (error instanceof SealError) return [];
      throw error;
    }
  });

const wasOf = ({ seals: [first = ""] }: SealedTable, { content }: Kept) => content[first];

export type Batch = { read: number; done: number; last: string };
const BATCH = 500;

async function settle(tx: Tx, statement: ReturnType<typeof sql>): Promise<number> {
  const [row] = await tx.rows<{ done: number }>(statement);
  return row?.done ?? 0;
}

/** The next rows under an older key, sealed under the newest: each if nobody was faster. */
export async function resealNext(
  tx: Tx,
  of: SealedTable,
  key: string,
  after: string,
): Promise<Batch> {
  const kept = await tx.rows<Kept>(sql`
    SELECT id::text AS id, content FROM guard.sealed_before(${of.table}, ${key}, ${after}::uuid, ${BATCH}) ORDER BY 1`);
  const rows = onEach(of, kept, (row, one) => ({
    id: one.id,
    was: wasOf(of, one),
    ...Object.fromEntries(
      of.seals.map((column) => {
        const text = row[column] as string | null;
        return [column, text === null ? null : seal(text, placeOf(of, column, one.id))];
      }),
    ),
  }));
  const done = await settle(tx, sql`SELECT guard.reseal(${of.table}, ${key}, ${asJson(rows)}::jsonb) AS done`); // prettier-ignore
  return { read: kept.length, done, last: kept.at(-1)?.id ?? after };
}

/** The next rows that are found by digests of an older index key, made to be found by the newest. */
export async function digestNext(
  tx: Tx,
  of: SealedTable,
  key: string,
  after: string,
): Promise<Batch> {
  const digests = Object.entries(of.digests ?? {});
  if (digests.length === 0) return { read: 0, done: 0, last: after };
  const kept = await tx.rows<Kept>(sql`
    SELECT id::text AS id, content FROM guard.digested_before(${of.table}, ${key}, ${after}::uuid, ${BATCH}) ORDER BY 1`);
  const rows = onEach(of, kept, (row, one) => ({
    id: one.id,
    was: wasOf(of, one),
    ...Object.fromEntries(
      digests.map(([column, partsOf]) => {
        const [what, ...parts] = partsOf(row) ?? [];
        return [column, what === undefined ? null : digestsOf(what, ...parts)[0]?.digest];
      }),
    ),
  }));
  const done = await settle(tx, sql`SELECT guard.digest_anew(${of.table}, ${key}, ${asJson(rows)}::jsonb) AS done`); // prettier-ignore
  return { read: kept.length, done, last: kept.at(-1)?.id ?? after };
}

/** The next people whom the newest index key does not know, by the numbers that their rows hold. */
export async function recogniseNext(
  tx: Tx,
  of: SealedTable,
  key: string,
  after: string,
): Promise<Batch> {
  const { document } = of;
  if (!document) return { read: 0, done: 0, last: after };
  const kept = await tx.rows<Kept>(sql`
    SELECT id::text AS id, identity_id::text AS identity, content
    FROM guard.to_recognise(${of.table}, ${key}, ${after}::uuid, ${BATCH}) ORDER BY 2`);
  const people = onEach(of, kept, (row, { identity }) => {
    const { kind, number } = document(row);
    const [newest] = digestsOf("identity", seriesOf(kind as IdKind), number);
    return { identity, digest: newest?.digest };
  });
  const done = await settle(tx, sql`SELECT guard.recognise(${key}, ${asJson(people)}::jsonb) AS done`); // prettier-ignore
  return { read: kept.length, done, last: kept.at(-1)?.identity ?? after };
}

/** The next lines of rosters that nothing compares under the newest index key. */
export async function markNext(tx: Tx, key: string, after: string): Promise<Batch> {
  const kept = await tx.rows<Kept>(sql`
    SELECT id::text AS id, content FROM guard.to_mark(${key}, ${after}::uuid, ${BATCH}) ORDER BY 1`);
  const marks = onEach(ROSTER_LINES, kept, (row, { id }) => {
    const text = (column: string) => row[column] as string | null;
    const kind = text("id_kind")?.toLowerCase() as IdKind | undefined;
    const number = text("id_number");
    return markedRows(id, row["organisation_id"] as number, {
      name: row["name"] as string,
      document: kind && number ? { kind, number } : null,
      phone: text("phone"),
      account: text("account"),
      payee: text("payee"),
    }).filter((mark) => mark.key === key);
  }).flat();
  const done = await settle(tx, sql`SELECT guard.mark_anew(${asJson(marks)}::jsonb) AS done`);
  return { read: kept.length, done, last: kept.at(-1)?.id ?? after };
}

/** What waits for older keys once nothing new can come under them. */
export async function retireKeys(tx: Tx, keys: { field: string; index: string }): Promise<number> {
  await tx.run(sql`SELECT guard.forget_digests(${keys.index}), guard.forget_marks(${keys.index})`);
  const [row] = await tx.rows<{ left: number }>(sql`
    SELECT (guard.retire_keys('FIELD', ${keys.field}) + guard.retire_keys('INDEX', ${keys.index}))::int AS left`);
  return row?.left ?? 0;
}
