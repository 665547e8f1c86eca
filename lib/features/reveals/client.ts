import { callApi, type Write } from "@/lib/browser/api-client";
import type {
  declineRevealContract,
  grantRevealContract,
  RequestRevealInput,
  requestRevealContract,
  RevealInput,
  revealRosterContract,
  showGrantedContract,
} from "./schema";

type Nothing = Record<string, never>;

export const revealRoster = ({ id, ...write }: Write<RevealInput>) =>
  callApi<typeof revealRosterContract>("POST /disbursements/{id}/roster/reveal", {
    params: { id },
    ...write,
  });

export const requestReveal = ({ id, ...write }: Write<RequestRevealInput>) =>
  callApi<typeof requestRevealContract>("POST /disbursements/{id}/roster/reveal-requests", {
    params: { id },
    ...write,
  });

export const grantReveal = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof grantRevealContract>("POST /reveal-requests/{id}/grant", {
    params: { id },
    ...write,
  });

export const declineReveal = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof declineRevealContract>("POST /reveal-requests/{id}/decline", {
    params: { id },
    ...write,
  });

export const showGranted = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof showGrantedContract>("POST /reveal-requests/{id}/show", {
    params: { id },
    ...write,
  });
