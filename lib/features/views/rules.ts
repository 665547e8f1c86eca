/** What a person keeps at most; the database counts as well (guard.most_saved_views). */
export const MOST_VIEWS = 100;
export const MAX_VIEW_NAME = 60;

/** Without the place where that is the reader's own: shared, it opens to each on what is theirs. */
export function withoutOwnPlace(query: string, home: string | undefined): string {
  const search = new URLSearchParams(query);
  if (home === undefined || search.get("org") !== home) return query;
  search.delete("org");
  return search.toString().replaceAll("%2C", ",");
}

type Kept = { id: string; query: string };

/** The view an address names, and whether what it said was changed since; null where it is not there any more. */
export function openedView<View extends Kept>(
  views: readonly View[],
  id: string,
  query: string,
): { view: View; changed: boolean } | null {
  const view = views.find((one) => one.id === id);
  return view ? { view, changed: view.query !== query } : null;
}
