import { publishYear } from "@/lib/features/publications/commands";
import { listPublications } from "@/lib/features/publications/queries";
import { listPublicationsContract, publishYearContract } from "@/lib/features/publications/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listPublicationsContract, async ({ db, query }) => ({
  items: await listPublications(db, { year: query.year }),
}));

export const POST = defineRoute(publishYearContract, ({ tx, db, scope, actor, body }) =>
  publishYear({ tx, db, scope, actor, input: body }),
);
