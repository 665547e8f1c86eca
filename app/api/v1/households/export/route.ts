import { exportHouseholds } from "@/lib/features/household-lists/queries";
import { exportHouseholdsContract } from "@/lib/features/household-lists/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(exportHouseholdsContract, async (input) =>
  fileAnswer(await exportHouseholds(input)),
);
