import { revealRoster } from "@/lib/features/reveals/commands";
import { revealRosterContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(revealRosterContract, ({ tx, db, scope, actor, params, body }) =>
  revealRoster({ tx, db, scope, actor, id: params.id, input: body }),
);
