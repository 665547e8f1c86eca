import "server-only";
import pg from "pg";
import { asAppError } from "./database-error";
import type { Sql } from "./db";
import { env } from "./env";

const ROLE = "-c role=nuanzhang_worker -c timezone=UTC -c lock_timeout=5000";

const address = () => env().DATABASE_WORKER_URL ?? env().DATABASE_URL;

/**
 * Connections of the worker's own login: they begin and end jobs and serve the queue, which the web
 * server's may not, so that a statement smuggled into the web server acts for nobody who asked for a job.
 */
export function workerPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: address(),
    max: 6,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: `${ROLE} -c statement_timeout=60000`,
  });
  // graphile-worker asks for both; a broken connection is replaced by the pool
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** One statement of the guard functions that only the worker may call. */
export async function callWorker<T>(pool: pg.Pool, query: Sql): Promise<T[]> {
  try {
    return (await pool.query({ text: query.text, values: query.values })).rows as T[];
  } catch (error) {
    throw asAppError(error);
  }
}

/**
 * Takes the lock by which others see that this worker lives. `lost` resolves when it is gone: the worker
 * must then end, since its jobs will be given to another.
 */
export async function holdLife(
  key: number,
): Promise<{ lost: Promise<void>; end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: address(), keepAlive: true, options: ROLE });
  const lost = new Promise<void>((done) => {
    client.on("error", () => done());
    client.on("end", () => done());
  });
  await client.connect();
  await client.query("SELECT pg_advisory_lock(guard.lock_of_workers(), $1)", [key]);
  return { lost, end: () => client.end() };
}
