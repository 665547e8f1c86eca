import { regeneratePack } from "@/lib/features/packs/commands";
import { regeneratePackContract } from "@/lib/features/packs/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  regeneratePackContract,
  ({ tx, db, scope, actor, locale, params }) =>
    regeneratePack({ tx, db, scope, actor, locale, id: params.id }),
);
