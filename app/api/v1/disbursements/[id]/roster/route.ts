import { putRoster } from "@/lib/features/rosters/commands";
import { getRoster } from "@/lib/features/rosters/queries";
import { getRosterContract, putRosterContract } from "@/lib/features/rosters/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getRosterContract, ({ db, scope, actor, params }) =>
  getRoster({ db, scope, actor, id: params.id }),
);

export const PUT = defineRoute(putRosterContract, ({ tx, db, scope, actor, now, params, body }) =>
  putRoster({ tx, db, scope, actor, now, id: params.id, input: body }),
);
