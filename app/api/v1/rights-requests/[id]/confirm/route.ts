import { confirmRights } from "@/lib/features/rights/commands";
import { confirmRightsContract } from "@/lib/features/rights/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(confirmRightsContract, ({ tx, db, scope, actor, now, params }) =>
  confirmRights({ tx, db, scope, actor, now, ...params }),
);
