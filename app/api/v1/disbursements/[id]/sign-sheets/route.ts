import { makeSheet } from "@/lib/features/papers/commands";
import { makeSheetContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(makeSheetContract, ({ tx, db, scope, actor, now, params }) =>
  makeSheet({ tx, db, scope, actor, now, id: params.id }),
);
