import { getCopyKeys } from "@/lib/features/rosters/queries";
import { getCopyKeyContract } from "@/lib/features/rosters/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getCopyKeyContract, ({ db, scope, actor, params }) =>
  getCopyKeys({ db, scope, actor, id: params.id }),
);
