import { HELD_BACK, nonceOf } from "@/lib/browser/early-presses";

/** Stands before everything else on a page; `policy` is the one that the page was given. */
export function EarlyPresses({ policy }: { policy: string | null }) {
  return (
    <script
      nonce={nonceOf(policy)}
      // a browser shows no page its nonces again
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: HELD_BACK }}
    />
  );
}
