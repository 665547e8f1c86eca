/** The pages that views are kept of. */
export const VIEW_PAGES = ["ledger", "dashboard", "cross"] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

/** Of these a view is a view of figures, which can be frozen; of the others it keeps conditions alone. */
const FIGURE_PAGES = ["dashboard", "cross"] as const satisfies ViewPage[];
export type FigurePage = (typeof FIGURE_PAGES)[number];

export const isFigurePage = (page: ViewPage): page is FigurePage =>
  FIGURE_PAGES.some((one) => one === page);
