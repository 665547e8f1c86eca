import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import type { PageReference } from "@/lib/features/reference/types";
import { readPage } from "@/lib/platform/session";
import { listCampaigns, listItems, listRules, listThresholds } from "./queries";
import type { AdminCampaign, ApprovalRule, FindingThreshold, ListItem } from "./schema";
import { LIST_NAMES, type ListName } from "./types";

export type ListView = { list: ListName; items: ListItem[] };

/** One list at a time; an address that names none shows the first. */
export function loadList(asked: unknown): Promise<ListView> {
  const list = LIST_NAMES.find((name) => name === asked) ?? "aid-categories";
  return readPage(async ({ db, actor }) => ({ list, items: await listItems({ db, actor, list }) }));
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

export type ThresholdsView = { thresholds: FindingThreshold[]; reference: PageReference };

export function loadThresholds(): Promise<ThresholdsView> {
  return readPage(async ({ db, scope, actor }) => ({
    thresholds: await listThresholds({ db, actor }),
    reference: await getPageReference({ db, scope, actor, named: [] }),
  }));
}
