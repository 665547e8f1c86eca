import type { z } from "zod";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { FigureFilter } from "./types";

/** How a figure is named in an address: the same filter opens the dashboard, its vouchers, the ledger and the file. */

/** What Next hands a page as `await searchParams`. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** A filter as it stands in an address. `q` looks for words; only the ledger has it. */
export type AddressFilter = FigureFilter & { q?: string | undefined };

const ORDER = [
  "year",
  "org",
  "organisation",
  "prefecture",
  "programme",
  "aidCategory",
  "recipientKind",
  "fundSource",
  "form",
  "month",
  "status",
  "q",
] as const satisfies (keyof AddressFilter)[];

/** Same filter, same address, whatever order it was put together in. */
export function filterQuery(filter: AddressFilter, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of ORDER) {
    const value = filter[name];
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "") query.set(name, text);
  }
  for (const [name, value] of Object.entries(extra)) query.set(name, value);
  // A comma may stand in a query as it is; the address stays readable.
  return query.toString().replaceAll("%2C", ",");
}

function address(path: string, filter: AddressFilter, extra?: Record<string, string>): string {
  const query = filterQuery(filter, extra);
  return query === "" ? path : `${path}?${query}`;
}

export const dashboardHref = (filter: AddressFilter): string => address("/dashboard", filter);
export const ledgerHref = (filter: AddressFilter, extra?: Record<string, string>): string =>
  address("/ledger", filter, extra);
export const explainHref = (filter: FigureFilter, extra?: Record<string, string>): string =>
  address("/explain", filter, extra);
export const reportsHref = (filter: Pick<FigureFilter, "year" | "org">): string =>
  address("/reports", filter);
export const allotmentsHref = (
  filter: Pick<FigureFilter, "year" | "org" | "fundSource">,
  extra?: Record<string, string>,
): string => address("/allotments", filter, extra);

export type FileFormat = "xlsx" | "csv";

export const ledgerExportHref = (filter: AddressFilter, format: FileFormat): string =>
  address("/api/v1/exports/ledger", filter, { format });

export const summaryExportHref = (
  filter: Pick<FigureFilter, "year" | "org">,
  format: FileFormat,
  unit: MoneyUnit,
): string => address("/api/v1/exports/year-summary", filter, { format, unit });

/**
 * Addresses are typed, shortened and forwarded by people: each parameter that can be read is used,
 * the others are named so that the page can say so. An empty one (a form sends them) means nothing.
 */
export function readSearch<Schema extends z.ZodObject>(
  schema: Schema,
  search: SearchParams,
): { query: z.infer<Schema>; ignored: string[] } {
  const kept: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(search)) {
    const text = Array.isArray(value) ? value.join(",") : (value ?? "");
    if (text === "") continue;
    if (schema.safeParse({ [name]: text }).success) kept[name] = text;
    else ignored.push(name);
  }
  return { query: schema.parse(kept), ignored };
}

/** Where the reader stands in a list that only knows "what comes after": the way back goes along. */
export type PagePlace = { cursor?: string | undefined; trail?: string | undefined };

export type PageSteps = {
  /** Counted from 1. */
  number: number;
  previous: Record<string, string> | null;
  next: Record<string, string> | null;
};

const KEPT_STEPS = 40;

/**
 * Keyset pages have no numbers and no way back. `trail` holds the cursors of the pages gone through,
 * the first page being the one without; very long ways forget their beginning.
 */
export function pageSteps({ cursor, trail = "" }: PagePlace, nextCursor: string | null): PageSteps {
  const passed = trail.split(".").filter((step) => /^[\w-]+$/.test(step));
  const at = (to: string | undefined, way: readonly string[]): Record<string, string> => ({
    ...(to === undefined ? {} : { cursor: to }),
    ...(way.length === 0 ? {} : { trail: way.slice(-KEPT_STEPS).join(".") }),
  });
  const way = cursor === undefined ? passed : [...passed, cursor];
  return {
    number: way.length + 1,
    previous: cursor === undefined ? null : at(passed.at(-1), passed.slice(0, -1)),
    next: nextCursor === null ? null : at(nextCursor, way),
  };
}
