import { openApiDocument } from "@/lib/features/open-api/present";
import { contracts } from "@/lib/features/open-api/schema";

const text = JSON.stringify(openApiDocument(contracts), null, 2);

/** Open to everybody: it describes the doors and opens none. */
export function GET(): Response {
  return new Response(text, {
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
