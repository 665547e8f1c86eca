import { sortedRows, type SortKey } from "@/lib/features/grid/present";
import type { RowColumn } from "@/lib/features/rows/types";

/**
 * Another order, or a part, of the rows: taken when it was asked for, so that no row runs away while it is typed
 * into. Rows that are entered later come after the others; the order in which rows were entered is untouched.
 */
export type Lens = {
  ids: readonly string[];
  known: ReadonlySet<string>;
  sort: { column: RowColumn; descending: boolean } | null;
  problemsOnly: boolean;
};

export function seenThrough(order: readonly string[], lens: Lens | null): readonly string[] {
  if (lens === null) return order;
  const standing = new Set(order);
  return [
    ...lens.ids.filter((id) => standing.has(id)),
    ...order.filter((id) => !lens.known.has(id)),
  ];
}

/** One more, below what is seen, as if it were entered now. */
export const withRow = (lens: Lens, row: string): Lens => ({
  ...lens,
  known: new Set([...lens.known].filter((id) => id !== row)),
});

export function sortedLens(
  order: readonly string[],
  sort: NonNullable<Lens["sort"]>,
  by: { keyOf: (row: string) => SortKey; compare: (one: SortKey, other: SortKey) => number },
): Lens {
  const ids = sortedRows(order, by.keyOf, by.compare, sort.descending);
  return { ids, known: new Set(order), sort, problemsOnly: false };
}

export const problemLens = (
  order: readonly string[],
  isProblem: (row: string) => boolean,
): Lens => ({
  ids: order.filter(isProblem),
  known: new Set(order),
  sort: null,
  problemsOnly: true,
});
