import { makeBatch } from "@/lib/features/payments/commands";
import { makeBatchContract } from "@/lib/features/payments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(makeBatchContract, ({ tx, db, scope, actor, now, params, body }) =>
  makeBatch({ tx, db, scope, actor, now, id: params.id, input: body }),
);
