import { updateCampaign } from "@/lib/features/catalogue/commands";
import { updateCampaignContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateCampaignContract, updateCampaign);
