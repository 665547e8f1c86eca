import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { askPackContract, AskPackInput, regeneratePackContract } from "./schema";

export const askPack = (input: NewWrite<AskPackInput>) =>
  callApi<typeof askPackContract>("POST /packs", input);

export const regeneratePack = ({
  id,
  ...write
}: NewWrite<Record<string, never>> & { id: string }) =>
  callApi<typeof regeneratePackContract>("POST /packs/{id}/regenerate", {
    params: { id },
    ...write,
  });
