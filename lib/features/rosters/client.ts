import { callApi, type Write } from "@/lib/browser/api-client";
import type {
  getCopyKeyContract,
  getRosterContract,
  PutRosterInput,
  putRosterContract,
} from "./schema";

export const getRoster = (id: string, signal: AbortSignal) =>
  callApi<typeof getRosterContract>("GET /disbursements/{id}/roster", { params: { id }, signal });

export const putRoster = ({ id, ...write }: Write<PutRosterInput>) =>
  callApi<typeof putRosterContract>("PUT /disbursements/{id}/roster", { params: { id }, ...write });

export const getCopyKeys = (id: string) =>
  callApi<typeof getCopyKeyContract>("GET /disbursements/{id}/roster/copy-key", { params: { id } });
