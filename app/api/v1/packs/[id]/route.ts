import { getPack } from "@/lib/features/packs/queries";
import { getPackContract } from "@/lib/features/packs/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getPackContract, ({ db, scope, actor, params }) =>
  getPack({ db, scope, actor, id: params.id }),
);
