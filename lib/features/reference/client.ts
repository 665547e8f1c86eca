import { callApi } from "@/lib/browser/api-client";
import type { findOrganisationsContract, OrganisationsQuery } from "./schema";

/** Which organisations a picker asks for, besides the words. */
export type AskedOrganisations = Pick<OrganisationsQuery, "kind" | "entering" | "active">;

export const findOrganisations = (query: AskedOrganisations & { q: string }, signal: AbortSignal) =>
  callApi<typeof findOrganisationsContract>("GET /organisations", { query, signal });
