import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { AppError } from "@/lib/kernel/app-error";
import { sql, type Sql } from "./db";
import { keyedHashOf } from "./sealing";

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

/** The same of what nobody may guess from it. */
export const keyedBodyHashOf = (body: unknown): string => keyedHashOf(canonicalize(body) ?? "");

type Claim = { key: string; route: string; bodyHash: string };

/** Takes the key inside the transaction of the work itself, so that claim and effect stand or fall together. */
export const claimKey = ({ key, route, bodyHash }: Claim): Sql =>
  sql`SELECT * FROM guard.claim_key(${key}, ${route}, ${bodyHash})`;

type Stored = { route: string; body_hash: string; status: number; response: string };

/** The answer given to this request before; null = the key is ours, go on. */
export function answerOf(claimed: readonly unknown[], claim: Claim): StoredAnswer | null {
  const [stored] = claimed as readonly Stored[];
  if (!stored) return null;
  if (stored.route !== claim.route || stored.body_hash !== claim.bodyHash)
    throw new AppError("IDEMPOTENCY_MISMATCH");
  // Status 0: done, but its answer was not kept (a secret, or the work ended its own session).
  if (stored.status === 0)
    throw new AppError("CONFLICT", {
      fieldErrors: { "Idempotency-Key": [{ key: "answeredOnce" }] },
    });
  return { status: stored.status, text: stored.response };
}

export const storeAnswer = (userId: string, key: string, { status, text }: StoredAnswer): Sql =>
  sql`SELECT guard.store_answer(${userId}, ${key}, ${status}, ${text})`;
