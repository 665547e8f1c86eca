import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { askEvidencePackContract, AskEvidencePackInput } from "./schema";

export const askEvidencePack = (input: NewWrite<AskEvidencePackInput>) =>
  callApi<typeof askEvidencePackContract>("POST /evidence-packs", input);
