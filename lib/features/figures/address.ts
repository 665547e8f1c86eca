import { addressOf, onePlace } from "@/lib/features/filter/address";
import type { AddressFilter } from "@/lib/features/filter/types";

/** The dashboard draws every month, status and amount of one place: what narrows those is no condition of it. */
export function dashboardHref(filter: AddressFilter): string {
  const { year, yearAxis } = filter;
  const { programme, aidCategory, recipientKind, campaign, fundSource, form } = filter;
  const narrowed = { programme, aidCategory, recipientKind, campaign, fundSource, form };
  return addressOf("/dashboard", {
    year,
    yearAxis,
    org: onePlace(filter) ?? undefined,
    ...narrowed,
  });
}
