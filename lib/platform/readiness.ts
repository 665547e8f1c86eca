import "server-only";
import { callGuard, sql } from "./db";
import { bakedMigrations } from "./env";

/** Migrations this build was made with that the database has not applied yet. */
export async function pendingMigrations(): Promise<string[]> {
  const rows = await callGuard<{ name: string }>(
    sql`SELECT name FROM guard.applied_migrations() AS name`,
  );
  const applied = new Set(rows.map((row) => row.name));
  return bakedMigrations().filter((name) => !applied.has(name));
}
