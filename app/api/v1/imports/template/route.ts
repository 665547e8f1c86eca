import { getTemplateFile } from "@/lib/features/imports/queries";
import { importTemplateContract } from "@/lib/features/imports/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(importTemplateContract, async (input) =>
  fileAnswer(await getTemplateFile(input)),
);
