/** What an address may narrow by a place, and what only makes sense within it. */
const OF_A_PLACE = ["org", "organisation", "prefecture", "cursor", "trail"];
const PLACES = OF_A_PLACE.slice(0, 3);

/**
 * The same page for whoever opens it: without the places its address names. Null where it names none, so that
 * there is nothing to leave out. A link from the province carries the province's choice of place.
 */
export function samePageForOwn(path: string): string | null {
  const [page = "", search = ""] = path.split("?");
  const query = new URLSearchParams(search);
  if (!PLACES.some((name) => query.has(name))) return null;
  for (const name of OF_A_PLACE) query.delete(name);
  const left = query.toString();
  return left === "" ? page : `${page}?${left}`;
}
