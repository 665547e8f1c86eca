import type { Actor } from "@/lib/kernel/actor";

/** For which organisation a person draws forms: the one where they work as the province; null: they draw none. */
export const drawsFor = (actor: Actor): number | null =>
  actor.memberships.find(({ role }) => role === "PROVINCE")?.organisationId ?? null;
