import { findJobFile } from "@/lib/features/jobs/queries";
import { downloadJobFileContract } from "@/lib/features/jobs/schema";
import { AppError } from "@/lib/kernel/app-error";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(downloadJobFileContract, async ({ db, actor, params }) => {
  const file = await findJobFile({ db, actor, id: params.id, file: params.file });
  if (!file) throw new AppError("NOT_FOUND");
  return fileAnswer(file);
});
