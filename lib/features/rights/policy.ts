import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { RightsAction } from "./labels";
import type { RightsRequest } from "./types";

/** Whoever keeps the file or the roster, or the province, asks on a person's behalf. */
export const mayAskRights = (actor: Actor, path: string): boolean =>
  holdsRole(actor, ["CLERK", "PROVINCE"], path);

type Subject = Pick<RightsRequest, "state" | "requestedBy"> & { readonly path: string };

/** Another person who judges there, or of the province, decides; whoever asked may take it back. */
export function rightsActions(actor: Actor, request: Subject): RightsAction[] {
  if (request.state !== "pending") return [];
  if (request.requestedBy.id === actor.userId) return ["withdraw"];
  return holdsRole(actor, ["REVIEWER", "PROVINCE"], request.path) ? ["confirm", "decline"] : [];
}
