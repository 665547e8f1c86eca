import { addressOf, onePlace } from "@/lib/features/filter/address";
import type { AddressFilter } from "@/lib/features/filter/types";

/** The dashboard draws every status and amount of one place: what narrows those is no condition of it. */
export function dashboardHref(
  filter: AddressFilter,
  look: Record<string, string | undefined> = {},
): string {
  const { year, yearAxis } = filter;
  const { programme, aidCategory, recipientKind, campaign, fundSource, form, month } = filter;
  const narrowed = { programme, aidCategory, recipientKind, campaign, fundSource, form, month };
  const said = Object.entries(look).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return addressOf(
    "/dashboard",
    { year, yearAxis, org: onePlace(filter) ?? undefined, ...narrowed },
    Object.fromEntries(said) as Record<string, string>,
  );
}
