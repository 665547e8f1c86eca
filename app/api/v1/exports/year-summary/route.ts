import { yearSummaryContract } from "@/lib/features/exports/schema";
import { getYearSummaryFile } from "@/lib/features/workbooks/queries";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(yearSummaryContract, async (input) =>
  fileAnswer(await getYearSummaryFile(input)),
);
