import "server-only";
import { claimRefusalOf, fileRefusalOf } from "./database-error";
import { sql, writeAs, type Door, type Sql } from "./db";

const noteOf = ({ record, lines }: { record: string; lines: number }): Sql =>
  sql`SELECT guard.note_claim_refusal(${record}::bigint, ${lines}::int)::text`;

/**
 * That somebody was told who has aid elsewhere stays, although what they asked it with was undone: in a transaction
 * of its own, before the answer leaves. Nothing where the failure is another one.
 */
export async function noteClaimRefusal(door: Door, failure: unknown): Promise<void> {
  const refusal = claimRefusalOf(failure);
  if (refusal) await writeAs(door, ({ tx }) => tx.run(noteOf(refusal)));
  const file = fileRefusalOf(failure);
  if (file)
    await writeAs(door, ({ tx }) =>
      tx.run(sql`SELECT guard.note_household_refusal(${file.organisation}, ${file.people})::text`),
    );
}

/** The same where the work goes on without what was refused. */
export async function noteClaimRefusals(
  tx: { run(query: Sql): Promise<number> },
  failures: Iterable<unknown>,
): Promise<void> {
  const noted = new Set<string>();
  for (const failure of failures) {
    const refusal = claimRefusalOf(failure);
    if (!refusal || noted.has(refusal.record)) continue;
    noted.add(refusal.record);
    await tx.run(noteOf(refusal));
  }
}
