import { getCompareFile } from "@/lib/features/compare/queries";
import { compareExportContract } from "@/lib/features/compare/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(compareExportContract, async (input) =>
  fileAnswer(await getCompareFile(input)),
);
