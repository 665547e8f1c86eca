import { prepareFactor } from "@/lib/features/session/commands";
import { getSecondFactor } from "@/lib/features/session/queries";
import { beginFactorContract, secondFactorContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(secondFactorContract, getSecondFactor);
export const POST = defineRoute(beginFactorContract, prepareFactor, ({ began }) =>
  Promise.resolve(began),
);
