import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  CreateCampaignInput,
  createCampaignContract,
  CreateListItemInput,
  createListItemContract,
  CreateRuleInput,
  createRuleContract,
  CreateThresholdInput,
  createThresholdContract,
  UpdateCampaignInput,
  updateCampaignContract,
  UpdateListItemInput,
  updateListItemContract,
  UpdateRuleInput,
  updateRuleContract,
  UpdateThresholdInput,
  updateThresholdContract,
} from "./schema";
import type { ListName } from "./types";

export const createListItem = ({
  list,
  ...write
}: NewWrite<CreateListItemInput> & { list: ListName }) =>
  callApi<typeof createListItemContract>("POST /admin/lists/{list}", {
    params: { list },
    ...write,
  });

export const updateListItem = ({
  list,
  id: code,
  ...write
}: Write<UpdateListItemInput> & { list: ListName }) =>
  callApi<typeof updateListItemContract>("PATCH /admin/lists/{list}/{code}", {
    params: { list, code },
    ...write,
  });

export const createCampaign = (write: NewWrite<CreateCampaignInput>) =>
  callApi<typeof createCampaignContract>("POST /admin/campaigns", write);

export const updateCampaign = ({ id: code, ...write }: Write<UpdateCampaignInput>) =>
  callApi<typeof updateCampaignContract>("PATCH /admin/campaigns/{code}", {
    params: { code },
    ...write,
  });

export const createRule = (write: NewWrite<CreateRuleInput>) =>
  callApi<typeof createRuleContract>("POST /admin/approval-rules", write);

export const updateRule = ({ id, ...write }: Write<UpdateRuleInput>) =>
  callApi<typeof updateRuleContract>("PATCH /admin/approval-rules/{id}", {
    params: { id },
    ...write,
  });

export const createThreshold = (write: NewWrite<CreateThresholdInput>) =>
  callApi<typeof createThresholdContract>("POST /admin/thresholds", write);

export const updateThreshold = ({ id, ...write }: Write<UpdateThresholdInput>) =>
  callApi<typeof updateThresholdContract>("PATCH /admin/thresholds/{id}", {
    params: { id },
    ...write,
  });
