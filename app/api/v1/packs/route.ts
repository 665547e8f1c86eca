import { askPack } from "@/lib/features/packs/commands";
import { listPacks } from "@/lib/features/packs/queries";
import { askPackContract, listPacksContract } from "@/lib/features/packs/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listPacksContract, ({ db, scope, actor, query }) =>
  listPacks({ db, scope, actor, query }),
);

export const POST = defineRoute(askPackContract, ({ tx, db, scope, actor, locale, body }) =>
  askPack({ tx, db, scope, actor, locale, input: body }),
);
