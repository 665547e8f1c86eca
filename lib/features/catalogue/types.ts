/** Lists of codes with names alone; their tables, and what the audit calls one of them. */
export const LISTS = {
  "aid-categories": { table: "aid_categories", subject: "aid-category" },
  "fund-sources": { table: "fund_sources", subject: "fund-source" },
  "recipient-kinds": { table: "recipient_kinds", subject: "recipient-kind" },
} as const;
export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

export const LEVELS = ["county", "prefecture", "province"] as const;

/** Shares of a record are a set of at most so many sources (fund_sources.id_is_a_bit). */
export const MOST_SOURCES = 30;
