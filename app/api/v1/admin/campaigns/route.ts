import { createCampaign } from "@/lib/features/catalogue/commands";
import { listCampaigns } from "@/lib/features/catalogue/queries";
import { createCampaignContract, listCampaignsContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listCampaignsContract, async ({ db, actor }) => ({
  items: await listCampaigns({ db, actor }),
}));
export const POST = defineRoute(createCampaignContract, createCampaign);
