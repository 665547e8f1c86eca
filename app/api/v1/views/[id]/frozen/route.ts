import { listFrozen } from "@/lib/features/frozen/queries";
import { listFrozenContract } from "@/lib/features/frozen/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listFrozenContract, async ({ db, scope, actor, params }) => ({
  items: await listFrozen({ db, scope, actor, id: params.id }),
}));
