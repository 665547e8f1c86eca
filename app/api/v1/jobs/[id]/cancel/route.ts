import { cancelJob } from "@/lib/features/jobs/commands";
import { cancelJobContract } from "@/lib/features/jobs/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(cancelJobContract, ({ tx, db, actor, params }) =>
  cancelJob({ tx, db, actor, id: params.id }),
);
