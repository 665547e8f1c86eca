import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type { askRightsContract, confirmRightsContract, declineRightsContract } from "./schema";
import type { AskRightsInput } from "./types";

export const askRights = (write: NewWrite<AskRightsInput>) =>
  callApi<typeof askRightsContract>("POST /rights-requests", write);

export const confirmRights = ({ id, ...write }: Write<Record<string, never>>) =>
  callApi<typeof confirmRightsContract>("POST /rights-requests/{id}/confirm", {
    params: { id },
    ...write,
  });

export const declineRights = ({ id, ...write }: Write<Record<string, never>>) =>
  callApi<typeof declineRightsContract>("POST /rights-requests/{id}/decline", {
    params: { id },
    ...write,
  });
