import { addressOf, filterQuery } from "@/lib/features/filter/address";
import type { AddressFilter, FigureFilter } from "@/lib/features/filter/types";
import type { Stamp } from "@/lib/kernel/position";
import type { FileFormat } from "@/lib/kernel/file-format";
import { parseAmount } from "@/lib/kernel/amount-reading";

/** Pages have numbers up to here; further on one walks from page to page, or narrows the filter. */
export const NUMBERED_PAGES = 200;

export const ledgerHref = (filter: AddressFilter, extra?: Record<string, string>): string =>
  addressOf("/ledger", filter, extra);

/** What of the address a view keeps; the same view is the same text. It is of whatever day it is opened on. */
export const ledgerViewQuery = (
  filter: AddressFilter & { columns?: readonly string[] | undefined },
): string =>
  filterQuery(
    { ...filter, asOf: undefined, seq: undefined },
    filter.columns?.length ? { columns: filter.columns.join(",") } : {},
  );

export const explainHref = (filter: FigureFilter & Stamp, extra?: Record<string, string>): string =>
  addressOf("/explain", filter, extra);

export const ledgerExportHref = (
  filter: AddressFilter,
  format: FileFormat,
  map?: { map: string },
): string => addressOf("/api/v1/exports/ledger", filter, { format, ...map });

const IN_YUAN = { yuanFrom: "amountFrom", yuanTo: "amountTo" } as const;

/** The page's form asks in yuan, an address is in fen. What is no amount stays as it was typed, to be refused. */
export function inFen<T>(search: Record<string, T>): Record<string, T | string> {
  const query: Record<string, T | string> = { ...search };
  for (const [typed, name] of Object.entries(IN_YUAN)) {
    const text = search[typed];
    if (text === undefined) continue;
    delete query[typed];
    if (typeof text !== "string" || text.trim() === "") continue;
    const read = parseAmount(text.replace(/^-/, ""));
    query[name] = read.ok ? `${text.startsWith("-") && read.fen > 0n ? "-" : ""}${read.fen}` : text;
  }
  return query;
}
