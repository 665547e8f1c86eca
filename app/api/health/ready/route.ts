import { pendingMigrations } from "@/lib/platform/readiness";

/** Ready: the database is reached and holds every migration this build knows. */
export async function GET(): Promise<Response> {
  const pending = await pendingMigrations().catch(() => null);
  const status =
    pending === null ? "database-unreachable" : pending.length > 0 ? "migrations-pending" : "ready";
  return Response.json(
    { status, ...(pending?.length ? { pending } : {}) },
    { status: status === "ready" ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}

export const dynamic = "force-dynamic";
