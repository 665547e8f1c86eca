import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { saveTextContract, SaveTextInput } from "./schema";

export const saveText = (write: NewWrite<SaveTextInput>) =>
  callApi<typeof saveTextContract>("POST /narratives/texts", write);
