/** Alive: the process answers. Says nothing of the database, whose absence no restart would mend. */
export function GET(): Response {
  return Response.json({ status: "live" }, { headers: { "Cache-Control": "no-store" } });
}
