import { listChanges } from "@/lib/features/changes/queries";
import { changesContract } from "@/lib/features/changes/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(changesContract, ({ db, scope, query }) => {
  const { since, until, cursor, limit, ...filter } = query;
  return listChanges({ db, scope, filter, since, until, cursor, limit });
});
