import { prepareConfirmed } from "@/lib/features/session/commands";
import { confirmFactorContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(confirmFactorContract, prepareConfirmed, ({ recoveryCodes }) =>
  Promise.resolve({ recoveryCodes }),
);
