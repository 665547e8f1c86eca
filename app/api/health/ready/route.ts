import { readiness } from "@/lib/platform/readiness";

/** Ready: the database is reached, takes writes, and holds every migration this build knows. */
export async function GET(): Promise<Response> {
  const found = await readiness();
  return Response.json(found, {
    status: found.status === "ready" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

export const dynamic = "force-dynamic";
