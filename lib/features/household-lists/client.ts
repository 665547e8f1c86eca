import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { importHouseholdsContract } from "./schema";
import type { ImportHouseholdsInput } from "./types";

export const importHouseholds = (write: NewWrite<ImportHouseholdsInput>) =>
  callApi<typeof importHouseholdsContract>("POST /households/import", write);
