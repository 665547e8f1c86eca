import { prepareRemoval, removeFactor } from "@/lib/features/session/commands";
import { removeFactorContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(removeFactorContract, prepareRemoval, removeFactor);
