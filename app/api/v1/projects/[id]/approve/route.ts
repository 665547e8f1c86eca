import { approveProject } from "@/lib/features/projects/commands";
import { approveProjectContract } from "@/lib/features/projects/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  approveProjectContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    approveProject({ tx, db, scope, actor, now, id: params.id, input: body }),
);
