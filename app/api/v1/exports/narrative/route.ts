import { getNarrativeFile } from "@/lib/features/narrative-files/queries";
import { narrativeExportContract } from "@/lib/features/narratives/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(narrativeExportContract, async (input) =>
  fileAnswer(await getNarrativeFile(input)),
);
