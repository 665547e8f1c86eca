import { holdsRole, type Actor } from "@/lib/kernel/actor";

/** For those who look at the work of others: its own place has its papers at hand. */
export const mayPackEvidence = (actor: Actor, path: string): boolean =>
  holdsRole(actor, ["PROVINCE", "AUDITOR"], path);
