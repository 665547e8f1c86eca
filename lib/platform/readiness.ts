import "server-only";
import { bakedMigrations } from "./env";
import { withOwnConnection } from "./pool";

let asking: Promise<string[]> | undefined;

async function ask(): Promise<string[]> {
  const { rows } = await withOwnConnection((client) =>
    client.query<{ name: string }>("SELECT name FROM guard.applied_migrations() AS name"),
  );
  const applied = new Set(rows.map((row) => row.name));
  return bakedMigrations().filter((name) => !applied.has(name));
}

/**
 * Migrations this build was made with that the database has not applied yet. Asked beside the pool, whose
 * being full says nothing about the database; and of whoever asks meanwhile, by one connection.
 */
export function pendingMigrations(): Promise<string[]> {
  asking ??= ask().finally(() => (asking = undefined));
  return asking;
}
