import { queryBalance } from "@/lib/features/figures/queries";
import { balanceContract } from "@/lib/features/figures/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(balanceContract, ({ db, scope, query }) => {
  const { groupBy, ...filter } = query;
  return queryBalance({ db, scope, filter, groupBy });
});
