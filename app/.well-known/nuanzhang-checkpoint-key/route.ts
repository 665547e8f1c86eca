import { checkpointKey } from "@/lib/platform/checkpoint";

/** The public key that the audit chain's checkpoints are signed with: for everybody, no session needed. */
export function GET(): Response {
  return new Response(`${checkpointKey()}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache" },
  });
}

export const dynamic = "force-dynamic";
