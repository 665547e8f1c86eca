import { findJob } from "@/lib/features/jobs/queries";
import { getJobContract } from "@/lib/features/jobs/schema";
import { AppError } from "@/lib/kernel/app-error";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getJobContract, async ({ db, actor, params }) => {
  const job = await findJob({ db, actor, id: params.id });
  if (!job) throw new AppError("NOT_FOUND");
  return job;
});
