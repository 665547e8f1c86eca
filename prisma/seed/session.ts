import { createHash, randomBytes } from "node:crypto";
import type pg from "pg";

/** What app.session holds: the SHA-256 of a token that nobody ever sees. */
export type SessionHash = string;

/**
 * Opens a session for an account that cannot sign in, as the owner, for the length of a seed. The
 * records written under it pass the same laws as everybody's.
 */
export async function openSession(owner: pg.Client, userId: string): Promise<SessionHash> {
  const hash = createHash("sha256").update(randomBytes(32)).digest("hex");
  await owner.query(
    `INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '2 hours')`,
    [hash, userId],
  );
  return hash;
}

/** Also ends what a killed seed left open: by account, not by hash. */
export async function endSessions(owner: pg.Client, userIds: readonly string[]): Promise<void> {
  await owner.query(
    `UPDATE sessions SET revoked_at = now(), end_reason = 'seed-finished'
     WHERE user_id = ANY ($1) AND revoked_at IS NULL`,
    [userIds],
  );
}
