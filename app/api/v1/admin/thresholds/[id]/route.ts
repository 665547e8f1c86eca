import { updateThreshold } from "@/lib/features/catalogue/commands";
import { updateThresholdContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateThresholdContract, updateThreshold);
