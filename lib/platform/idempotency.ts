import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { AppError } from "@/lib/kernel/app-error";
import type { Tx } from "./db";

export type StoredAnswer = { status: number; text: string };

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The Idempotency-Key of a request; null = none was sent. */
export function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get("idempotency-key");
  if (key === null || KEY.test(key)) return key;
  throw new AppError("VALIDATION", { fieldErrors: { "Idempotency-Key": [{ key: "invalid" }] } });
}

export function bodyHashOf(body: unknown): string {
  return createHash("sha256")
    .update(canonicalize(body) ?? "")
    .digest("hex");
}

type Claim = { userId: string; key: string; route: string; bodyHash: string };

/**
 * Claims the key inside the transaction of the work itself, so that the claim and the effect stand or
 * fall together. A second request with the key waits here for the first to commit, then gets its
 * stored answer; null = the key is ours, go on.
 */
export async function claimKey(tx: Tx, claim: Claim): Promise<StoredAnswer | null> {
  const { userId, key, route, bodyHash } = claim;
  const claimed = await tx.$executeRaw`
    INSERT INTO idempotency_records (user_id, key, route, body_hash, status, response)
    VALUES (${userId}::uuid, ${key}, ${route}, ${bodyHash}, 0, '')
    ON CONFLICT (user_id, key) DO NOTHING`;
  if (claimed === 1) return null;
  const [stored] = await tx.$queryRaw<
    { route: string; body_hash: string; status: number; response: string }[]
  >`SELECT route, body_hash::text, status::int, response FROM idempotency_records
    WHERE user_id = ${userId}::uuid AND key = ${key}`;
  if (!stored || stored.route !== route || stored.body_hash !== bodyHash)
    throw new AppError("IDEMPOTENCY_MISMATCH");
  // Status 0: done, but its answer was not kept (a secret, or the work ended its own session).
  if (stored.status === 0)
    throw new AppError("CONFLICT", {
      fieldErrors: { "Idempotency-Key": [{ key: "answeredOnce" }] },
    });
  return { status: stored.status, text: stored.response };
}

export async function storeAnswer(
  tx: Tx,
  claim: Pick<Claim, "userId" | "key">,
  answer: StoredAnswer,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE idempotency_records SET status = ${answer.status}::smallint, response = ${answer.text}
    WHERE user_id = ${claim.userId}::uuid AND key = ${claim.key}`;
}
