import type { ViewPage } from "./types";

const PATHS: Record<ViewPage, string> = {
  ledger: "/ledger",
  dashboard: "/dashboard",
  cross: "/cross",
};

/** What the view says and which it is: the page names it, and knows when it was changed. */
export const viewHref = ({ page, query, id }: { page: ViewPage; query: string; id: string }) =>
  `${PATHS[page]}?${query}${query === "" ? "" : "&"}view=${id}`;
