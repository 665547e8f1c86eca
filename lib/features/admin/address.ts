import type { UsersQuery } from "./schema";

/** The account list's address under a filter. */
export function usersHref(query: Partial<UsersQuery>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && name !== "limit") search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "/admin" : `/admin?${text}`;
}
