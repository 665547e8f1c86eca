/** The pages that views are kept of. */
export const VIEW_PAGES = ["ledger"] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];
