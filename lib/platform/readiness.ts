import "server-only";
import { whyItTakesNothing } from "./database-error";
import { bakedMigrations } from "./env";
import { withOwnConnection } from "./pool";
import { standingRefusal } from "./refusals";

export type Readiness =
  | { status: "ready" }
  | { status: "database-unreachable" | "database-full" | "database-read-only" }
  | { status: "migrations-pending"; pending: string[] };

let asking: Promise<Readiness> | undefined;

/** A server that answers may still take nothing in: so a token is taken, which writes. */
async function ask(): Promise<Readiness> {
  const { rows } = await withOwnConnection((client) =>
    client.query<{ name: string }>(
      "SELECT name FROM guard.take_token('readiness', 1000, 1000), guard.applied_migrations() AS name",
    ),
  );
  const refused = standingRefusal();
  if (refused) return { status: `database-${refused}` };
  const applied = new Set(rows.map((row) => row.name));
  const pending = bakedMigrations().filter((name) => !applied.has(name));
  return pending.length > 0 ? { status: "migrations-pending", pending } : { status: "ready" };
}

/**
 * Asked beside the pool, whose being full says nothing about the database; and of whoever asks meanwhile, by
 * one connection. Migrations are pending that this build was made with and the database has not applied.
 */
export function readiness(): Promise<Readiness> {
  asking ??= ask()
    .catch((error: unknown): Readiness => {
      const why = whyItTakesNothing(error);
      return { status: why ? `database-${why}` : "database-unreachable" };
    })
    .finally(() => (asking = undefined));
  return asking;
}
