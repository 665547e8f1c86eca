import "server-only";
import type { Scope } from "@/lib/kernel/scope";

export function mintScope(organisationIds: readonly number[]): Scope {
  return { organisationIds } as Scope;
}
