import "server-only";
import { askAgain, runKept, withConnection, type Sql } from "./pool";

/**
 * Statements that need no session: sign-in functions, rate buckets, housekeeping. On a connection of
 * their own, so never from inside a transaction: ten of those, each waiting for an eleventh connection,
 * would wait for one another.
 */
export async function callGuard<T>(query: Sql): Promise<T[]> {
  return askAgain(() =>
    withConnection(async (client) => (await runKept(client, query)).rows as T[]),
  );
}
