import { callApi } from "@/lib/browser/api-client";
import type { copyRowsContract, CopyQuery } from "./schema";

export const copyRows = (query: CopyQuery, signal: AbortSignal) =>
  callApi<typeof copyRowsContract>("GET /disbursements/rows", { query, signal });
