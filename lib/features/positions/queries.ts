import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import type { Position, Stamp } from "@/lib/kernel/position";
import { sql, type Reader } from "@/lib/platform/db";

const refuse = (field: string, key: string): never => {
  throw new AppError("VALIDATION", { fieldErrors: { [field]: [{ key }] } });
};

type Found = { rootId: number; seq: string; at: Date; head: string };

const FOUND = sql`p.root_id AS "rootId", p.seq::text, p.at, h.seq::text AS head`;
const placed = ({ rootId, seq, at, head }: Found): Position => ({
  rootId,
  seq: Number(seq),
  at: at.toISOString(),
  head: Number(head),
});

/** How far the chain has come in this snapshot. */
export async function headOf(db: Reader): Promise<Position> {
  const [found] = await db.rows<Found>(sql`
    SELECT ${FOUND} FROM guard.chain_head() h CROSS JOIN LATERAL guard.position_at(NULL, h.seq) p`);
  if (!found) throw new AppError("UNAUTHENTICATED");
  return placed(found);
}

/** Where a stamp leads; undefined = none was given: as it stands now. */
export async function positionOf(
  db: Reader,
  { asOf, seq }: Stamp,
  named: { asOf: string; seq: string } = { asOf: "asOf", seq: "seq" },
): Promise<Position | undefined> {
  if (asOf === undefined && seq === undefined) return undefined;
  if (asOf !== undefined && seq !== undefined) return refuse(named.seq, "oneStamp");
  const [found] = await db.rows<Found>(sql`
    SELECT ${FOUND}
    FROM guard.position_at(${asOf ?? null}::timestamptz, ${seq ?? null}::bigint) p
    CROSS JOIN guard.chain_head() h`);
  if (!found) return refuse(asOf === undefined ? named.seq : named.asOf, "notYet");
  return placed(found);
}
