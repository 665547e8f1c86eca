import { makeSheets } from "@/lib/features/papers/commands";
import { makeSheetsContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(makeSheetsContract, ({ tx, db, scope, actor, now, query }) =>
  makeSheets({ tx, db, scope, actor, now, filter: query }),
);
