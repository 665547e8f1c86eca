import "server-only";
import { AppError } from "@/lib/kernel/app-error";

/**
 * Lets so many through at once; the others wait their turn, and past the queue's end are told to come
 * back. Keeps long exports from holding every database connection, and passwords from taking every core.
 */
export function turnstile(places: number, queue: number) {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= places) {
      if (waiting.length >= queue) throw new AppError("BUSY", { retryAfter: 5 });
      // whoever leaves hands the place over, so nobody can slip in between
      await new Promise<void>((enter) => waiting.push(enter));
    } else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
