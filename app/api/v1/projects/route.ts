import { createProject } from "@/lib/features/projects/commands";
import { listProjects } from "@/lib/features/projects/queries";
import { createProjectContract, listProjectsContract } from "@/lib/features/projects/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listProjectsContract, ({ db, scope, actor, query }) =>
  listProjects({ db, scope, actor, filter: query }),
);

// Field by field, so that nothing but the contract's body can reach the command.
export const POST = defineRoute(createProjectContract, ({ tx, db, scope, actor, now, body }) =>
  createProject({ tx, db, scope, actor, now, input: body }),
);
