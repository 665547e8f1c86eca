import { declineReopening } from "@/lib/features/years/commands";
import { declineReopeningContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(declineReopeningContract, ({ tx, db, scope, actor, now, params }) =>
  declineReopening({ tx, db, scope, actor, now, ...params }),
);
