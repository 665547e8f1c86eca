import { crossAnswer } from "@/lib/features/cross/queries";
import { crossContract } from "@/lib/features/cross/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(crossContract, ({ db, scope, query }) => {
  const { rows, columns, measure, ...filter } = query;
  return crossAnswer({ db, scope, filter, shape: { rows, columns, measure } });
});
