import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import type { Position, Stamp } from "@/lib/kernel/position";
import { sql, type Reader } from "@/lib/platform/db";

const refuse = (field: string, key: string): never => {
  throw new AppError("VALIDATION", { fieldErrors: { [field]: [{ key }] } });
};

/** Where a stamp leads; undefined = none was given: as it stands now. */
export async function positionOf(
  db: Reader,
  { asOf, seq }: Stamp,
  named: { asOf: string; seq: string } = { asOf: "asOf", seq: "seq" },
): Promise<Position | undefined> {
  if (asOf === undefined && seq === undefined) return undefined;
  if (asOf !== undefined && seq !== undefined) return refuse(named.seq, "oneStamp");
  const [found] = await db.rows<{ rootId: number; seq: string; at: Date }>(sql`
    SELECT p.root_id AS "rootId", p.seq::text, p.at
    FROM guard.position_at(${asOf ?? null}::timestamptz, ${seq ?? null}::bigint) p`);
  if (!found) return refuse(asOf === undefined ? named.seq : named.asOf, "notYet");
  return { rootId: found.rootId, seq: Number(found.seq), at: found.at.toISOString() };
}
