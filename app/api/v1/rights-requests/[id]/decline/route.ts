import { declineRights } from "@/lib/features/rights/commands";
import { declineRightsContract } from "@/lib/features/rights/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(declineRightsContract, ({ tx, db, scope, actor, now, params }) =>
  declineRights({ tx, db, scope, actor, now, ...params }),
);
