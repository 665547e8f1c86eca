import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { RequestAction } from "./labels";
import type { RevealRequest } from "./types";

type Subject = Pick<RevealRequest, "state" | "requestedBy"> & {
  /** Of the place from where it was asked. */
  readonly placePath: string;
};

/** Another who judges there or above decides; whoever asked takes it back, or looks at what was granted. */
export function requestActions(actor: Actor, request: Subject): RequestAction[] {
  const own = request.requestedBy.id === actor.userId;
  if (request.state === "granted") return own ? ["show"] : [];
  if (request.state !== "pending") return [];
  if (own) return ["withdraw"];
  return holdsRole(actor, ["REVIEWER", "PROVINCE"], request.placePath) ? ["grant", "decline"] : [];
}
