import { askRights } from "@/lib/features/rights/commands";
import { listRights } from "@/lib/features/rights/queries";
import { askRightsContract, listRightsContract } from "@/lib/features/rights/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listRightsContract, listRights);

export const POST = defineRoute(askRightsContract, ({ tx, db, scope, actor, now, body }) =>
  askRights({ tx, db, scope, actor, now, input: body }),
);
