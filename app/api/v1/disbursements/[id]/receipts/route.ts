import { makeReceipts } from "@/lib/features/papers/commands";
import { makeReceiptsContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  makeReceiptsContract,
  ({ tx, db, scope, actor, now, locale, params, body }) =>
    makeReceipts({ tx, db, scope, actor, now, locale, id: params.id, input: body }),
);
