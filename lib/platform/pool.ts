import "server-only";
import { createHash } from "node:crypto";
import pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import { asAppError, wasCutOff } from "./database-error";
import { env } from "./env";
import { plainTypes } from "./plain-types";
import { noteRefusal } from "./refusals";

/** SQL with its values apart; `sql`, `joinSql` and `emptySql` build it (never string concatenation). */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;
export const joinSql = Prisma.join;
export const emptySql = Prisma.empty;
/** A whole number as part of the text, where a plan is to be made for it. */
export const wholeSql = (n: number): Sql => Prisma.raw(String(BigInt(n)));

/** How long one statement may take, by the server's own clock. */
export const STATEMENT_MS = 5_000;
/** How much longer we listen: past it the server is gone, or the line to it is dead. */
const SILENCE_MS = 3_000;

/** Every connection is the role that owns nothing and bypasses nothing, in UTC, with a limit to everything. */
const asApplication = () => ({
  connectionString: env().DATABASE_URL,
  connectionTimeoutMillis: 2_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  query_timeout: STATEMENT_MS + SILENCE_MS,
  options: `-c role=nuanzhang_app -c timezone=UTC -c jit=off -c random_page_cost=1.1 -c statement_timeout=${STATEMENT_MS} -c lock_timeout=2000 -c idle_in_transaction_session_timeout=15000`,
});

const holder = globalThis as typeof globalThis & { nuanzhangPool?: pg.Pool };

function pool(): pg.Pool {
  if (holder.nuanzhangPool) return holder.nuanzhangPool;
  const made = new pg.Pool({ ...asApplication(), max: 10, idleTimeoutMillis: 60_000 });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  made.on("error", () => undefined);
  // So would one that breaks while it is lent out and nothing is asked of it.
  made.on("connect", (client) => client.on("error", () => undefined));
  holder.nuanzhangPool = made;
  return made;
}

/** Postgres keeps a plan for each on every connection, so there is an end to them. */
const MOST_NAMES = 200;
const names = new Map<string, string>();

/** The same text has the same name: parsed and planned once a connection, not once a request. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}

/** One statement whose plan is kept: for texts of which there are few, whatever their values. */
export async function runKept(client: pg.ClientBase, query: Sql): Promise<pg.QueryResult> {
  const { text, values } = query;
  const name = nameOf(text);
  return client.query({ text, values, types: plainTypes, ...(name ? { name } : {}) });
}

/** One statement, planned for the values it has. */
export async function run(
  client: pg.ClientBase,
  query: Sql,
  timeoutMs = STATEMENT_MS,
): Promise<pg.QueryResult> {
  const { text, values } = query;
  const config = { text, values, types: plainTypes, query_timeout: timeoutMs + SILENCE_MS };
  return client.query(config);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(",")}]`;
  const text = value instanceof Date ? value.toISOString() : String(value);
  // It would end the message early, and the statement with it.
  if (text.includes("\0")) throw new RangeError("NUL in a statement");
  return pg.escapeLiteral(text);
}

const written = ({ strings, values }: Sql) =>
  strings.reduce((text, part, n) => text + literal(values[n - 1]) + part);

/** Several statements in one round trip, in their order; their values are written into the text. */
export async function runTogether(
  client: pg.ClientBase,
  statements: readonly Sql[],
): Promise<pg.QueryResult[]> {
  const text = statements.map(written).join(";\n");
  const answered: unknown = await client.query({ text, types: plainTypes });
  return [answered].flat() as pg.QueryResult[];
}

/**
 * Lends one of ten connections. It goes back only in the state it came in: whatever fails is rolled
 * back, and where even that is not answered the connection is thrown away.
 */
export async function withConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  let broken: Error | undefined;
  const client = await pool()
    .connect()
    .catch((error: unknown) => {
      throw asAppError(error);
    });
  try {
    return await work(client);
  } catch (error) {
    if (isSilence(error)) broken = error;
    else await client.query("ROLLBACK").catch((failure: Error) => (broken = failure));
    noteRefusal(error);
    throw asAppError(error);
  } finally {
    client.release(broken);
  }
}

/** Together some four seconds: what a server needs to come up again after one of its processes was killed. */
const PATIENCE_MS = [50, 250, 700, 1_200, 2_000];

/**
 * Asks again where the line was cut. For what may be asked twice: reading, and being let in. A write is not,
 * since its COMMIT may have been heard.
 */
export async function askAgain<T>(ask: () => Promise<T>, patience = PATIENCE_MS): Promise<T> {
  for (const ms of patience) {
    try {
      return await ask();
    } catch (error) {
      if (!wasCutOff(error)) throw error;
    }
    await new Promise((done) => setTimeout(done, ms));
  }
  return ask();
}

const isSilence = (error: unknown): error is Error =>
  error instanceof Error && error.message === "Query read timeout";

/** A connection beside the ten: it answers even where all of those are busy or dead. */
export async function withOwnConnection<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...asApplication(), query_timeout: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw asAppError(error);
  } finally {
    // Not awaited: a server that does not answer does not say goodbye either.
    void client.end().catch(() => undefined);
  }
}

export async function closeDb(): Promise<void> {
  const open = holder.nuanzhangPool;
  delete holder.nuanzhangPool;
  await open?.end().catch(() => undefined);
}
