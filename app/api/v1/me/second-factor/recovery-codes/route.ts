import { prepareRecoveryCodes } from "@/lib/features/session/commands";
import { makeRecoveryCodesContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  makeRecoveryCodesContract,
  prepareRecoveryCodes,
  ({ recoveryCodes }) => Promise.resolve({ recoveryCodes }),
);
