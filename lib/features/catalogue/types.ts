import type { Threshold } from "@/lib/kernel/record-codes";

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

/** What a threshold counts in, and its range: of times and spreads in tenths; days, records and percent are whole. The database has the same. */
export const THRESHOLD_RANGES = {
  "per-head-times": { unit: "tenths", min: 11n, max: 1000n },
  "per-head-spread": { unit: "tenths", min: 0n, max: 1000n },
  "last-year-times": { unit: "tenths", min: 11n, max: 1000n },
  "last-year-more": { unit: "fen", min: 0n, max: 1_000_000_000_000n },
  "duplicate-days": { unit: "whole", min: 0n, max: 60n },
  "round-from": { unit: "fen", min: 1n, max: 1_000_000_000_000n },
  "unit-price-times": { unit: "tenths", min: 11n, max: 1000n },
  "other-heading-days": { unit: "whole", min: 0n, max: 60n },
  "bunched-from": { unit: "whole", min: 2n, max: 1000n },
  "bunched-share": { unit: "whole", min: 1n, max: 100n },
  "standard-per-head": { unit: "fen", min: 0n, max: 1_000_000_000_000n },
  "co-funding-share": { unit: "whole", min: 0n, max: 100n },
  "evidence-from": { unit: "fen", min: 0n, max: 1_000_000_000_000n },
} as const satisfies Record<
  Threshold,
  { unit: "tenths" | "fen" | "whole"; min: bigint; max: bigint }
>;
