import { getLayoutFile } from "@/lib/features/layouts/queries";
import { layoutExportContract } from "@/lib/features/layouts/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(layoutExportContract, async (input) =>
  fileAnswer(await getLayoutFile(input)),
);
