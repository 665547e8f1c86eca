import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/generated/prisma/client";
import type { Actor, Membership } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { mintScope, type Scope } from "@/lib/kernel/scope";
import { asAppError } from "./database-error";
import { env } from "./env";

/** SQL with its values apart; `sql`, `join` and `empty` build it (never string concatenation). */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;
export const joinSql = Prisma.join;
export const emptySql = Prisma.empty;

/** Runs one SELECT. int8 arrives as bigint, timestamptz as Date; cast dates `::text`, sums `::bigint`. */
export type Reader = { rows<T>(query: Sql): Promise<T[]> };
export type Tx = Prisma.TransactionClient;

/** A job under way: by its token whoever asked for it acts, with the rights of this moment. */
export type JobRun = { readonly jobId: string; readonly token: string };
/** By which door somebody comes in: the hash of their session, or a job they asked for. */
export type Door = string | JobRun;

export type ReadContext = { db: Reader; scope: Scope; actor: Actor };
export type WriteContext = ReadContext & { tx: Tx };

const INT8 = 20;
const plainTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8
      ? BigInt
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

type Clients = { pool: pg.Pool; prisma: PrismaClient };
const holder = globalThis as typeof globalThis & { nuanzhangDb?: Clients };

/**
 * One pool of at most ten connections for everything. Each connects as the role that owns nothing and
 * bypasses nothing, in UTC, with limits that keep one bad query from holding the others up.
 */
function clients(): Clients {
  if (holder.nuanzhangDb) return holder.nuanzhangDb;
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    options:
      "-c role=nuanzhang_app -c timezone=UTC -c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=15000",
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  holder.nuanzhangDb = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return holder.nuanzhangDb;
}

type ActorRow = {
  user_id: string;
  username: string;
  name_zh: string;
  name_en: string;
  is_demo: boolean;
  memberships: Membership[];
  readable: number[];
};

function identify(row: ActorRow | undefined): { actor: Actor; scope: Scope } {
  if (!row) throw new AppError("UNAUTHENTICATED");
  const actor: Actor = {
    userId: row.user_id,
    username: row.username,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    isDemo: row.is_demo,
    memberships: row.memberships,
  };
  return { actor, scope: mintScope(row.readable) };
}

const SECRET = /^[0-9a-f]{64}$/;

function settingOf(door: Door): { name: "app.session" | "app.job"; value: string } {
  const [name, value] =
    typeof door === "string"
      ? (["app.session", door] as const)
      : (["app.job", door.token] as const);
  if (!SECRET.test(value)) throw new AppError("UNAUTHENTICATED");
  return { name, value };
}

/**
 * One snapshot for everything `work` reads (REPEATABLE READ, read only), as the person the session
 * belongs to, or who asked for the job. Throws UNAUTHENTICATED where that door is closed.
 * `timeoutMs` lifts the statement limit for exports.
 */
export async function readAs<T>(
  door: Door,
  work: (context: ReadContext) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  const { name, value } = settingOf(door);
  const client = await clients().pool.connect().catch(rethrow);
  let broken: Error | undefined;
  try {
    const limit = Math.trunc(options.timeoutMs ?? 5_000);
    const opened = (await client.query({
      text: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
        SELECT set_config('${name}', '${value}', true), set_config('statement_timeout', '${limit}', true);
        SELECT * FROM guard.current_actor()`,
      types: plainTypes,
    })) as unknown as pg.QueryResult<ActorRow>[];
    const { actor, scope } = identify(opened[2]?.rows[0]);
    const db: Reader = {
      rows: async <R>(query: Sql) =>
        (await client.query({ text: query.text, values: query.values, types: plainTypes }))
          .rows as R[],
    };
    const result = await work({ db, scope, actor });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => (broken = failure));
    throw asAppError(error);
  } finally {
    client.release(broken);
  }
}

const WRITE_MS = 15_000;
const jobs = new WeakMap<Tx, string>();

/** The job that acts in this transaction; undefined: a person does. */
export const jobOf = (tx: Tx): string | undefined => jobs.get(tx);

async function transact<T>(
  door: Door,
  work: (context: { tx: Tx; db: Reader }) => Promise<T>,
  timeoutMs = WRITE_MS,
): Promise<T> {
  const { name, value } = settingOf(door);
  try {
    return await clients().prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config(${name}, ${value}, true)`;
        if (timeoutMs > WRITE_MS)
          await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true)`;
        if (typeof door !== "string") jobs.set(tx, door.jobId);
        return work({ tx, db: { rows: <R>(query: Sql) => tx.$queryRaw<R[]>(query) } });
      },
      { maxWait: 2_000, timeout: timeoutMs },
    );
  } catch (error) {
    throw asAppError(error);
  }
}

/** One READ COMMITTED transaction as the person who came in by this door; all of it or nothing. */
export function writeAs<T>(door: Door, work: (context: WriteContext) => Promise<T>): Promise<T> {
  return transact(door, async ({ tx, db }) => {
    const [row] = await tx.$queryRaw<ActorRow[]>`SELECT * FROM guard.current_actor()`;
    return work({ tx, db, ...identify(row) });
  });
}

/** A transaction of a job, also one that nobody asked for: such a one has no rights but the guard functions. */
export function inJob<T>(
  run: JobRun,
  work: (context: { tx: Tx; db: Reader }) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  return transact(run, work, options.timeoutMs);
}

/** Statements that need no session: sign-in functions, rate buckets, health. */
export async function callGuard<T>(query: Sql): Promise<T[]> {
  const { pool } = clients();
  return pool
    .query({ text: query.text, values: query.values, types: plainTypes })
    .then((result) => result.rows as T[])
    .catch(rethrow);
}

export async function closeDb(): Promise<void> {
  const open = holder.nuanzhangDb;
  delete holder.nuanzhangDb;
  if (!open) return;
  await open.prisma.$disconnect();
  await open.pool.end().catch(() => undefined);
}

function rethrow(error: unknown): never {
  throw asAppError(error);
}
