import "server-only";
import pg from "pg";
import { asAppError } from "./database-error";
import type { Sql } from "./db";
import { env } from "./env";
import { noteRefusal } from "./refusals";

const holder = globalThis as typeof globalThis & { nuanzhangSignInPool?: pg.Pool };

/**
 * Connections of sign-in alone: their login may read hashes and open sessions, which the application's
 * may not, so that a statement smuggled into the application opens nobody's session. Few, because each
 * attempt needs one for a moment only.
 */
function signInPool(): pg.Pool {
  if (holder.nuanzhangSignInPool) return holder.nuanzhangSignInPool;
  const pool = new pg.Pool({
    connectionString: env().DATABASE_SIGN_IN_URL ?? env().DATABASE_URL,
    max: 3,
    connectionTimeoutMillis: 2_000,
    query_timeout: 6_000,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    options:
      "-c role=nuanzhang_sign_in -c timezone=UTC -c statement_timeout=5000 -c lock_timeout=2000",
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  holder.nuanzhangSignInPool = pool;
  return pool;
}

/** One statement of the guard functions that only sign-in may call. */
export async function callSignIn<T>(query: Sql): Promise<T[]> {
  try {
    const result = await signInPool().query({ text: query.text, values: query.values });
    return result.rows as T[];
  } catch (error) {
    noteRefusal(error);
    throw asAppError(error);
  }
}

export async function closeSignIn(): Promise<void> {
  const pool = holder.nuanzhangSignInPool;
  delete holder.nuanzhangSignInPool;
  await pool?.end().catch(() => undefined);
}
