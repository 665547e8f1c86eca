import { findOrganisations } from "@/lib/features/reference/queries";
import { findOrganisationsContract } from "@/lib/features/reference/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(findOrganisationsContract, ({ db, actor, scope, query }) =>
  findOrganisations({ db, actor, scope, query }),
);
