import { createThreshold } from "@/lib/features/catalogue/commands";
import { listThresholds } from "@/lib/features/catalogue/queries";
import { createThresholdContract, listThresholdsContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listThresholdsContract, async ({ db, actor }) => ({
  items: await listThresholds({ db, actor }),
}));
export const POST = defineRoute(createThresholdContract, createThreshold);
