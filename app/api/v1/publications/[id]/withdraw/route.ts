import { withdrawPublication } from "@/lib/features/publications/commands";
import { withdrawPublicationContract } from "@/lib/features/publications/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  withdrawPublicationContract,
  ({ tx, db, scope, actor, params, body }) =>
    withdrawPublication({ tx, db, scope, actor, id: params.id, input: body }),
);
