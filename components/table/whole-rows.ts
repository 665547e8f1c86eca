/** So much taller than its frame, a table is shown whole: a bar to scroll three rows with helps nobody. */
const A_LITTLE = 132;

/** Heights in px, from the top of the table. */
export type RowEdges = {
  /** Where each row ends. */
  rows: readonly number[];
  /** Of the sums that stay at the lower edge. */
  foot: number;
  /** Of what is around the table: rules, and the bar that scrolls it sideways. */
  around: number;
};

/** How high a frame of at most `most` is, so that neither its edge nor the sums above it cut a row in two. */
export function wholeRows({ rows, foot, around }: RowEdges, most: number): number {
  const all = (rows.at(-1) ?? 0) + foot + around;
  if (all <= most + A_LITTLE) return all;
  const last = rows.filter((end) => end + foot + around <= most).at(-1);
  return last === undefined ? most : last + foot + around;
}
