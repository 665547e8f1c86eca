import { getPapers } from "@/lib/features/papers/queries";
import { getPapersContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getPapersContract, ({ db, scope, actor, now, params }) =>
  getPapers({ db, scope, actor, now, id: params.id }),
);
