import { addressOf } from "@/lib/features/filter/address";
import type { AddressFilter } from "@/lib/features/filter/types";

/** The dashboard draws every month, status and amount of a place: what narrows those is no condition of it. */
export function dashboardHref(filter: AddressFilter): string {
  const { year, org, organisation, prefecture } = filter;
  const { programme, aidCategory, recipientKind, campaign, fundSource, form } = filter;
  const narrowed = { programme, aidCategory, recipientKind, campaign, fundSource, form };
  return addressOf("/dashboard", { year, org: organisation ?? prefecture ?? org, ...narrowed });
}
