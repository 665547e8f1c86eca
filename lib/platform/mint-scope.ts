import "server-only";
import type { Scope } from "@/lib/kernel/scope";

/** Out of the row of `guard.current_actor()`. */
export function mintScope({ homes, everything }: Pick<Scope, "homes" | "everything">): Scope {
  return { homes, everything } as Scope;
}
