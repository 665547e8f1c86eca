import { voidProject } from "@/lib/features/projects/commands";
import { voidProjectContract } from "@/lib/features/projects/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  voidProjectContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    voidProject({ tx, db, scope, actor, now, id: params.id, input: body }),
);
