/** In the order the help page tells them; a tag the page does not know comes after these. */
export const TAGS = [
  "reference",
  "disbursements",
  "views",
  "working-copies",
  "imports",
  "figures",
  "exports",
  "households",
  "rights",
  "allotments",
  "calendar",
  "notices",
  "years",
  "packs",
  "account",
  "audit",
  "admin",
  "jobs",
] as const;
export type ApiTag = (typeof TAGS)[number];

export function isApiTag(tag: string): tag is ApiTag {
  return TAGS.some((known) => known === tag);
}
