import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestDatabase } from "./database";

type Rows = Record<string, unknown>[];
/** One statement as whoever attempts; answers its rows. */
export type Run = (text: string, values?: unknown[]) => Promise<Rows>;

export type Law<Fixture> = {
  law: string;
  /** Whose session the attempt runs under; null = nobody's. */
  by: (fixture: Fixture) => string | null;
  /** Default: the application's role. `owner` = the tables' owner itself. */
  role?: "owner" | "sign-in" | "public";
  /** Answers a word for what came of it, where nothing is refused. */
  attempt: (run: Run, fixture: Fixture) => Promise<string | void>;
  /** The SQLSTATE of the refusal, or the attempt's own word. */
  outcome: string;
  /** SQL of the owner that takes the guard away, and what the same attempt comes to then. */
  without: string;
  /** Default: it goes through. Another SQLSTATE names a second wall behind the first. */
  then?: string;
};

/** In a guard's text, one condition for another: nothing replaced leaves the guard as it was. */
export const rewrite = (guard: string, from: string, to: string) =>
  `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('guard.${guard}'::regprocedure), $a$${from}$a$, $b$${to}$b$); END $do$`;

const DATABASE_ROLE = {
  app: "nuanzhang_app",
  "sign-in": "nuanzhang_sign_in",
  public: "nuanzhang_public",
} as const;

type Setting = {
  role: "owner" | keyof typeof DATABASE_ROLE;
  session: string | null;
  before?: string;
};

class RemovalFailed extends Error {}
const removal = (run: Run, text: string) =>
  run(text).catch((error: Error) => {
    throw new RemovalFailed(`${text}: ${error.message}`);
  });

/** Always rolled back. Deferred checks are asked before, so the outcome is that of a commit. */
async function outcomeOf(
  client: pg.Client,
  setting: Setting,
  attempt: (run: Run) => Promise<string | void>,
): Promise<string> {
  const run: Run = async (text, values) =>
    (await client.query<Record<string, unknown>>(text, values)).rows;
  await run("BEGIN");
  try {
    // What cannot be taken away is a fault of the test, not an outcome.
    if (setting.before) await removal(run, setting.before);
    if (setting.role !== "owner") await run(`SET LOCAL ROLE ${DATABASE_ROLE[setting.role]}`);
    await run("SELECT set_config('app.session', $1, true)", [setting.session ?? ""]);
    const said = await attempt(run);
    await run("SET CONSTRAINTS ALL IMMEDIATE");
    return said ?? "accepted";
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code !== undefined) return error.code;
    throw error;
  } finally {
    await run("ROLLBACK");
  }
}

/**
 * Each law twice, in raw SQL: as it stands, by a connection that owns nothing; and with its guard taken
 * away, where the same attempt must come to something else (`then`). A law whose test cannot fail guards nothing.
 */
export function testLaws<Fixture>(
  database: TestDatabase,
  fixture: () => Fixture,
  laws: readonly Law<Fixture>[],
): void {
  const clients = {
    app: new pg.Client({ connectionString: database.url }),
    "sign-in": new pg.Client({ connectionString: database.signInUrl }),
    public: new pg.Client({ connectionString: database.publicUrl }),
    owner: new pg.Client({ connectionString: database.ownerUrl }),
  };
  beforeAll(() => Promise.all(Object.values(clients).map((client) => client.connect())));
  afterAll(() => Promise.all(Object.values(clients).map((client) => client.end())));
  test.each(laws)("$law", async ({ by, role, attempt, outcome, without, then }) => {
    const f = fixture();
    const session = by(f);
    const work = (run: Run) => attempt(run, f);
    const setting: Setting = { role: role ?? "app", session };
    const standing = await outcomeOf(clients[setting.role], setting, work);
    expect(standing).toBe(outcome);
    const fallen = await outcomeOf(clients.owner, { ...setting, before: without }, work);
    expect(fallen, "with the guard taken away").toBe(then ?? "accepted");
  });
}
