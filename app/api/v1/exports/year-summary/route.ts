import { yearSummaryContract } from "@/lib/features/summary/schema";
import { getYearSummaryFile } from "@/lib/features/files/queries";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(yearSummaryContract, async (input) =>
  fileAnswer(await getYearSummaryFile(input)),
);
