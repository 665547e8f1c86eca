import type { Origin } from "@/lib/kernel/record-codes";

/** The one year whose figures stand in print: 《青海工运》2024 年第 12 期. */
const PUBLISHED_YEAR = 2024;

/**
 * What the records of a year are, where the database is a demonstration: published figures for one
 * year, invented ones for the others. On a database of one's own, all are entered.
 */
export function originOfYear(year: number, isDemo: boolean): Origin {
  if (!isDemo) return "entered";
  return year === PUBLISHED_YEAR ? "published" : "demo";
}

/** Published and invented years say nothing about each other: no increase is worked out between them. */
export function yearsCompare(year: number, isDemo: boolean): boolean {
  return originOfYear(year, isDemo) === originOfYear(year - 1, isDemo);
}
