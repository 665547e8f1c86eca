import { getCardFile } from "@/lib/features/card-files/queries";
import { cardExportContract } from "@/lib/features/dashboard/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(cardExportContract, async (input) =>
  fileAnswer(await getCardFile(input)),
);
