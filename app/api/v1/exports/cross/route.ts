import { getCrossFile } from "@/lib/features/cross/queries";
import { crossExportContract } from "@/lib/features/cross/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(crossExportContract, async (input) =>
  fileAnswer(await getCrossFile(input)),
);
