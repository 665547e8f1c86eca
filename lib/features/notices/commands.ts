import "server-only";
import { sql, type WriteContext } from "@/lib/platform/db";
import { listNotices } from "./queries";
import type { ReadNoticesInput } from "./schema";
import type { Notices } from "./types";

/** A mark of the person's own, and no deed: the chain has no entry of it. Nobody has read what is still to come. */
export async function readNotices(
  context: WriteContext & { now: Date; body: ReadNoticesInput },
): Promise<Notices> {
  const { tx, db, scope, actor, now, body } = context;
  const upTo = body.upTo < now.toISOString() ? body.upTo : now.toISOString();
  await tx.run(sql`INSERT INTO notice_reads (user_id, read_up_to) VALUES (${actor.userId}::uuid, ${upTo}::timestamptz)
    ON CONFLICT (user_id) DO UPDATE SET read_up_to = greatest(notice_reads.read_up_to, excluded.read_up_to)`);
  return listNotices({ db, scope, actor, now });
}
