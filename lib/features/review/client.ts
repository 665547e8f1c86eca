import { callApi } from "@/lib/browser/api-client";
import type { getStandingContract } from "./schema";

export const getStanding = (ids: readonly string[]) =>
  callApi<typeof getStandingContract>("GET /review/standing", { query: { ids: ids.join(",") } });
