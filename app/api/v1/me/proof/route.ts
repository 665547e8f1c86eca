import { prepareProof } from "@/lib/features/session/commands";
import { proveContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(proveContract, prepareProof, () =>
  Promise.resolve({ proven: true as const }),
);
