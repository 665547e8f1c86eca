import { getFrozen } from "@/lib/features/frozen/queries";
import { getFrozenContract } from "@/lib/features/frozen/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getFrozenContract, async ({ db, scope, actor, params }) => {
  const { filter: _filter, ...answer } = await getFrozen({ db, scope, actor, ...params });
  return answer;
});
