import "server-only";
import pg from "pg";
import { AppError } from "@/lib/kernel/app-error";
import { asAppError } from "./database-error";
import { sql, type Sql } from "./db";
import { env } from "./env";

const holder = globalThis as typeof globalThis & { nuanzhangPublicPool?: pg.Pool };

/**
 * Connections of /public alone: their login reads what the province published and sees no table, so that whatever is
 * smuggled into a page without a session finds nothing.
 */
function publicPool(): pg.Pool {
  if (holder.nuanzhangPublicPool) return holder.nuanzhangPublicPool;
  const pool = new pg.Pool({
    connectionString: env().DATABASE_PUBLIC_URL ?? env().DATABASE_URL,
    max: 3,
    connectionTimeoutMillis: 2_000,
    query_timeout: 6_000,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    options:
      "-c role=nuanzhang_public -c timezone=UTC -c statement_timeout=5000 -c lock_timeout=2000",
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  holder.nuanzhangPublicPool = pool;
  return pool;
}

/** One statement of the guard functions that /public may call. */
export async function callPublic<T>(query: Sql): Promise<T[]> {
  try {
    return (await publicPool().query({ text: query.text, values: query.values })).rows as T[];
  } catch (error) {
    throw asAppError(error);
  }
}

/** As many for one address as a newsroom reads behind one, and no more: nobody here is signed in. */
const VISITORS = { capacity: 60, perSecond: 2 };

export async function admitVisitor(address: string): Promise<void> {
  const { capacity, perSecond } = VISITORS;
  const [row] = await callPublic<{ wait: number }>(
    sql`SELECT guard.admit_visitor(${address}, ${capacity}, ${perSecond}) AS wait`,
  );
  if (row && row.wait > 0)
    throw new AppError("RATE_LIMITED", { retryAfter: Math.max(1, Math.ceil(row.wait)) });
}

export async function closePublic(): Promise<void> {
  const pool = holder.nuanzhangPublicPool;
  delete holder.nuanzhangPublicPool;
  await pool?.end().catch(() => undefined);
}
