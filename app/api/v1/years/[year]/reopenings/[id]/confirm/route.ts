import { confirmReopening } from "@/lib/features/years/commands";
import { confirmReopeningContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(confirmReopeningContract, ({ tx, db, scope, actor, now, params }) =>
  confirmReopening({ tx, db, scope, actor, now, ...params }),
);
