import { sayOfNotice } from "@/lib/features/papers/commands";
import { sayContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(sayContract, ({ tx, db, scope, actor, now, params, body }) =>
  sayOfNotice({ tx, db, scope, actor, now, id: params.id, input: body }),
);
