import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import type { PageReference } from "@/lib/features/reference/types";
import { readPage } from "@/lib/platform/session";
import { listCampaigns, listItems, listRules } from "./queries";
import type { AdminCampaign, ApprovalRule, ListItem } from "./schema";
import { LIST_NAMES, type ListName } from "./types";

export type ListsView = { list: ListName; items: ListItem[] }[];

export function loadLists(): Promise<ListsView> {
  return readPage(async ({ db, actor }) => {
    const lists: ListsView = [];
    for (const list of LIST_NAMES)
      lists.push({ list, items: await listItems({ db, actor, list }) });
    return lists;
  });
}

export type CampaignsView = { campaigns: AdminCampaign[]; reference: PageReference };

export function loadCampaigns(): Promise<CampaignsView> {
  return readPage(async ({ db, scope, actor }) => {
    const campaigns = await listCampaigns({ db, actor });
    const named = campaigns.map(({ organisation }) => organisation);
    return { campaigns, reference: await getPageReference({ db, scope, actor, named }) };
  });
}

export type RulesView = { rules: ApprovalRule[]; reference: PageReference };

export function loadRules(): Promise<RulesView> {
  return readPage(async ({ db, scope, actor }) => ({
    rules: await listRules({ db, actor }),
    reference: await getPageReference({ db, scope, actor, named: [] }),
  }));
}
