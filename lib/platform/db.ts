import "server-only";
import type pg from "pg";
import type { Actor, Membership } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Home, Scope } from "@/lib/kernel/scope";
import { mintScope } from "./mint-scope";
import { run, runKept, runTogether, sql, STATEMENT_MS, withConnection, type Sql } from "./pool";

export { askAgain, closeDb, emptySql, joinSql, sql, wholeSql, type Sql } from "./pool";

/** Runs one statement. int8 arrives as bigint, timestamptz as Date; cast dates `::text`, sums `::bigint`. */
export type Reader = {
  /** "once": planned once a connection, whatever its values; for statements of which there are few. */
  rows<T>(query: Sql, planned?: "once"): Promise<T[]>;
};

export type Tx = Reader & {
  /** Answers how many rows it touched. */
  run(query: Sql): Promise<number>;
  /**
   * What is left for the end, in one round trip with the COMMIT: the audit entry, whose lock everybody
   * else waits for, and before it whatever needs no lock.
   */
  readonly atEnd: Sql[];
  /** Runs what is left for the end now, for whoever cannot wait for it. */
  settle(): Promise<void>;
  /** A statement that may take longer than the others: it reads the whole ledger, and is asked once a year. */
  patiently<T>(query: Sql, timeoutMs: number): Promise<T[]>;
  /** The job that acts here; absent where a person does. */
  readonly job?: string;
};

/** A job under way: by its token whoever asked for it acts, with the rights of this moment. */
export type JobRun = { readonly jobId: string; readonly token: string };
/** By which door somebody comes in: the hash of their session, or a job they asked for. */
export type Door = string | JobRun;

export type ReadContext = { db: Reader; scope: Scope; actor: Actor };
export type WriteContext = ReadContext & { tx: Tx };

export type PersonRow = {
  user_id: string;
  username: string;
  name_zh: string;
  name_en: string;
  is_demo: boolean;
  memberships: Membership[];
};
/** As `guard.begin_as` answers. */
type ActorRow = PersonRow & { homes: Home[]; everything: boolean };

export const actorOf = (row: PersonRow): Actor => ({
  userId: row.user_id,
  username: row.username,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  isDemo: row.is_demo,
  memberships: row.memberships,
});

function identify(entered: pg.QueryResult | undefined): { actor: Actor; scope: Scope } {
  const [row] = (entered?.rows ?? []) as ActorRow[];
  if (!row) throw new AppError("UNAUTHENTICATED");
  return { actor: actorOf(row), scope: mintScope(row) };
}

const SECRET = /^[0-9a-f]{64}$/;

/** From here on the transaction is that person's, as far as the laws are concerned. */
function enter(door: Door): Sql {
  const secret = typeof door === "string" ? door : door.token;
  if (!SECRET.test(secret)) throw new AppError("UNAUTHENTICATED");
  return typeof door === "string"
    ? sql`SELECT * FROM guard.begin_as(${secret})`
    : sql`SELECT * FROM guard.begin_as_job(${secret})`;
}

/**
 * One snapshot for everything `work` reads (REPEATABLE READ, read only), as the person the session
 * belongs to, or who asked for the job. Throws UNAUTHENTICATED where that door is closed.
 * `timeoutMs` lifts the statement limit for exports; `settled` waits for whoever is writing, so that all that bears a
 * time before now is in the snapshot.
 */
export async function readAs<T>(
  door: Door,
  work: (context: ReadContext) => Promise<T>,
  options: { timeoutMs?: number; settled?: boolean } = {},
): Promise<T> {
  const entering = enter(door);
  const limit = Math.trunc(options.timeoutMs ?? STATEMENT_MS);
  return withConnection(async (client) => {
    const longer = sql`SELECT set_config('statement_timeout', ${limit}, true)`;
    const opening = [
      sql`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`,
      ...(limit === STATEMENT_MS ? [] : [longer]),
      entering,
    ];
    if (options.settled) await run(client, sql`SELECT guard.await_chains()`);
    const entered = (await runTogether(client, opening)).at(-1);
    const db: Reader = {
      rows: async <R>(query: Sql, planned?: "once") =>
        (await (planned ? runKept(client, query) : run(client, query, limit))).rows as R[],
    };
    const result = await work({ db, ...identify(entered) });
    await client.query("COMMIT");
    return result;
  });
}

function transactionOn(client: pg.ClientBase, door: Door): Tx {
  const tx: Tx = {
    ...(typeof door === "string" ? {} : { job: door.jobId }),
    rows: async <R>(query: Sql) => (await runKept(client, query)).rows as R[],
    run: async (query) => (await runKept(client, query)).rowCount ?? 0,
    atEnd: [],
    settle: async () => {
      const left = tx.atEnd.splice(0);
      if (left.length > 0) await runTogether(client, left);
    },
    patiently: async <R>(query: Sql, timeoutMs: number) => {
      const within = (ms: number) => sql`SELECT set_config('statement_timeout', ${ms}, true)`;
      await runTogether(client, [within(Math.trunc(timeoutMs))]);
      const { rows } = await run(client, query, timeoutMs);
      await runTogether(client, [within(STATEMENT_MS)]);
      return rows as R[];
    },
  };
  return tx;
}

/** Left to itself the server plans the larger statements anew each time: for the values it saves nothing. */
const PLANNED_ONCE = sql`SET LOCAL plan_cache_mode = force_generic_plan`;

const BEGIN = {
  write: sql`BEGIN`,
  /** One snapshot, in which the database refuses whatever writes. */
  ask: sql`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`,
};

/**
 * One READ COMMITTED transaction as the person who came in by this door; all of it or nothing. `beside`
 * runs in the same round trip as the opening; `work` gets its rows.
 */
export async function writeAs<T>(
  door: Door,
  work: (context: WriteContext, beside: unknown[]) => Promise<T>,
  beside: Sql[] = [],
  opens: keyof typeof BEGIN = "write",
): Promise<T> {
  const entering = enter(door);
  return withConnection(async (client) => {
    const opening = [BEGIN[opens], PLANNED_ONCE, entering, ...beside];
    const [, , entered, found] = await runTogether(client, opening);
    const tx = transactionOn(client, door);
    const result = await work({ tx, db: tx, ...identify(entered) }, found?.rows ?? []);
    await commit(client, tx);
    return result;
  });
}

async function commit(client: pg.ClientBase, tx: Tx): Promise<void> {
  const ended = await runTogether(client, [...tx.atEnd, sql`COMMIT`]);
  // What Postgres answers to the COMMIT of a transaction in which a statement had failed unheard.
  if (ended.at(-1)?.command !== "COMMIT") throw new AppError("INTERNAL");
}

/**
 * A transaction of a job, also of one that nobody asked for: such a one has no rights but the guard
 * functions. `timeoutMs` lifts the limit of its statements.
 */
export async function inJob<T>(
  job: JobRun,
  work: (tx: Tx) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  const entering = enter(job);
  const limit = Math.trunc(options.timeoutMs ?? STATEMENT_MS);
  return withConnection(async (client) => {
    const setting = sql`SELECT set_config('statement_timeout', ${limit}, true)`;
    await runTogether(client, [sql`BEGIN`, setting, entering]);
    const tx = transactionOn(client, job);
    const patient = async (query: Sql) => run(client, query, limit);
    const result = await work({
      ...tx,
      rows: async <R>(query: Sql) => (await patient(query)).rows as R[],
      run: async (query) => (await patient(query)).rowCount ?? 0,
    });
    await commit(client, tx);
    return result;
  });
}

/** The same inside a transaction that the caller has opened and will commit: for seeds. */
export async function writeOn<T>(
  client: pg.ClientBase,
  door: Door,
  work: (context: WriteContext) => Promise<T>,
): Promise<T> {
  const [entered] = await runTogether(client, [enter(door)]);
  const tx = transactionOn(client, door);
  const result = await work({ tx, db: tx, ...identify(entered) });
  await tx.settle();
  return result;
}
