import type { RightsAsked } from "./types";

/** The requests, and beside them what is about to be asked for. Nothing of a person stands in it. */
export function rightsHref(asked: Partial<RightsAsked> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) search.set(name, value);
  const text = search.toString();
  return text === "" ? "/rights" : `/rights?${text}`;
}
