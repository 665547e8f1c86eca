import { rosterFiles } from "@/lib/features/household-aid/queries";
import { rosterFilesContract } from "@/lib/features/households/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(rosterFilesContract, ({ db, scope, actor, params }) =>
  rosterFiles({ db, scope, actor, id: params.id }),
);
