import { closeProject } from "@/lib/features/projects/commands";
import { closeProjectContract } from "@/lib/features/projects/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  closeProjectContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    closeProject({ tx, db, scope, actor, now, id: params.id, input: body }),
);
