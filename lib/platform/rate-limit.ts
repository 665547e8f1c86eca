import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import type { Actor } from "@/lib/kernel/actor";
import type { RateClass } from "@/lib/kernel/contract";
import { actorOf, type PersonRow, sql } from "./db";
import { callGuard } from "./guard";

type Bucket = { capacity: number; perSecond: number };

/**
 * Buckets live in Postgres, so that they hold for every node. Those of signed-in people are counted by
 * person; sign-in is counted by address and wide enough for an office of a hundred behind one.
 */
export const BUCKETS: Record<RateClass, Bucket> = {
  read: { capacity: 200, perSecond: 100 },
  write: { capacity: 60, perSecond: 30 },
  export: { capacity: 40, perSecond: 1 },
  "sign-in": { capacity: 200, perSecond: 2 },
};

function refuse(seconds: number): never {
  throw new AppError("RATE_LIMITED", { retryAfter: Math.max(1, Math.ceil(seconds)) });
}

/**
 * Lets the session's person in, or throws UNAUTHENTICATED or RATE_LIMITED. Also keeps the session
 * awake. Answers the person's id.
 */
export async function admit(sessionHash: string, rate: RateClass): Promise<string> {
  const { capacity, perSecond } = BUCKETS[rate];
  const [row] = await callGuard<{ user_id: string; wait_seconds: number }>(
    sql`SELECT user_id, wait_seconds FROM guard.admit(${sessionHash}, ${rate}, ${capacity}, ${perSecond})`,
  );
  if (!row) throw new AppError("UNAUTHENTICATED");
  if (row.wait_seconds > 0) refuse(row.wait_seconds);
  return row.user_id;
}

/**
 * The same for a page, whose frame names the person: one round trip answers both, so that the frame
 * needs no transaction of its own beside the page's.
 */
export async function admitPerson(sessionHash: string): Promise<Actor> {
  const { capacity, perSecond } = BUCKETS.read;
  const [row] = await callGuard<PersonRow & { wait_seconds: number }>(sql`
    SELECT door.wait_seconds,
      who.user_id, who.username, who.name_zh, who.name_en, who.is_demo, who.memberships
    FROM guard.admit(${sessionHash}, 'read', ${capacity}, ${perSecond}) AS door,
      guard.begin_as(${sessionHash}) AS who`);
  if (!row) throw new AppError("UNAUTHENTICATED");
  if (row.wait_seconds > 0) refuse(row.wait_seconds);
  return actorOf(row);
}

/** Takes a token for an address that is not signed in yet. */
export async function admitAddress(address: string): Promise<void> {
  const { capacity, perSecond } = BUCKETS["sign-in"];
  const [row] = await callGuard<{ wait: number }>(
    sql`SELECT guard.take_token(${`sign-in:${address}`}, ${capacity}, ${perSecond}) AS wait`,
  );
  if (row && row.wait > 0) refuse(row.wait);
}
