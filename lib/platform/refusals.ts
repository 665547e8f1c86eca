import "server-only";
import { whyItTakesNothing } from "./database-error";
import { logWarning } from "./log";

type Why = NonNullable<ReturnType<typeof whyItTakesNothing>>;

/** How long such a refusal is believed: nothing but the next write tells that there is room again. */
export const BELIEVED_MS = 30_000;

const holder = globalThis as typeof globalThis & { nuanzhangRefusal?: { why: Why; at: number } };

/** Remembers that the database answers but takes nothing in, for the readiness probe; says it once in the log. */
export function noteRefusal(error: unknown, now = Date.now()): void {
  const why = whyItTakesNothing(error);
  if (!why) return;
  if (standingRefusal(now) !== why) logWarning("database.takes-nothing", error, { reason: why });
  holder.nuanzhangRefusal = { why, at: now };
}

export function standingRefusal(now = Date.now()): Why | undefined {
  const last = holder.nuanzhangRefusal;
  return last && now - last.at < BELIEVED_MS ? last.why : undefined;
}
