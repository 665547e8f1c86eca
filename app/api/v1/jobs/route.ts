import { askJob } from "@/lib/features/jobs/commands";
import { listJobs } from "@/lib/features/jobs/queries";
import { askJobContract, listJobsContract } from "@/lib/features/jobs/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listJobsContract, listJobs);

export const POST = defineRoute(askJobContract, ({ tx, db, actor, locale, body }) =>
  askJob({ tx, db, actor, locale, input: body }),
);
