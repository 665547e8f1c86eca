import type { HouseholdsQuery } from "./types";

/** The list under its filters. Who is looked for stands in no address. */
export function householdsHref(
  query: Partial<HouseholdsQuery> = {},
  extra: Record<string, string> = {},
): string {
  const { org, status, tier, cause, due, cursor } = query;
  const search = new URLSearchParams();
  const said = {
    org,
    due,
    status: status?.join(","),
    tier: tier?.join(","),
    cause: cause?.join(","),
    cursor,
  };
  for (const [name, value] of Object.entries({ ...said, ...extra }))
    if (value) search.set(name, value);
  const text = search.toString().replaceAll("%2C", ",");
  return text === "" ? "/households" : `/households?${text}`;
}

export const householdHref = (id: string): string => `/households/${id}`;
