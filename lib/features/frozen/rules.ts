import { isSame } from "@/lib/features/changes/rules";
import type { ChangeSums } from "@/lib/features/changes/schema";
import { sumsOfCell, totalsOf, type Answer } from "@/lib/features/figures/rules";
import type { Axis } from "@/lib/features/figures/types";
import type { FigurePage } from "@/lib/features/views/types";

/** What is kept of one axis: each of its values with its sums. */
export type KeptAxis = { axis: Axis; rows: (ChangeSums & { code: string })[] };
export type Kept = { totals: ChangeSums; axes: KeptAxis[] };

/** How many versions a view has at most; the database counts as well (guard.most_frozen_views). */
export const MOST_FROZEN = 50;
/** An axis of more values than this is not kept, its total is. */
export const MOST_ROWS = 1500;

/** One axis of an answer, each value with all its sums. */
export function axisOf(axis: Axis, { rows }: Pick<Answer, "rows">): KeptAxis {
  return {
    axis,
    rows: rows.map((cell) => {
      const { unvalued, estimated, withoutMoney, reversals } = cell;
      return {
        code: String(cell[axis] ?? ""),
        ...totalsOf(sumsOfCell(cell)),
        ...{ unvalued, estimated, withoutMoney, reversals },
      };
    }),
  };
}

/** Of each axis what is small enough to be kept and looked at. */
export const keptAxes = (axes: readonly KeptAxis[]): KeptAxis[] =>
  axes.filter(({ rows }) => rows.length <= MOST_ROWS);

/** Value by value: the same figures, in whatever order. */
export function isSameKept(kept: Kept, other: Kept): boolean {
  if (!isSame(kept.totals, other.totals)) return false;
  return kept.axes.every(({ axis, rows }) => {
    const found = other.axes.find((one) => one.axis === axis)?.rows ?? [];
    const byCode = new Map(found.map((row) => [row.code, row]));
    return (
      rows.length === found.length &&
      rows.every((row) => {
        const same = byCode.get(row.code);
        return same !== undefined && isSame(row, same);
      })
    );
  });
}

type Compared = { code: string; then: ChangeSums | null; now: ChangeSums | null };

/** Each value then and now; what came since stands after what was there. */
export function compareAxes(
  then: readonly KeptAxis[],
  now: readonly KeptAxis[],
): { axis: Axis; rows: Compared[] }[] {
  return then.map(({ axis, rows }) => {
    const later = now.find((one) => one.axis === axis)?.rows ?? [];
    const found = new Map(later.map((row) => [row.code, row]));
    const before = new Set(rows.map(({ code }) => code));
    const bare = ({ code: _code, ...sums }: KeptAxis["rows"][number]): ChangeSums => sums;
    const nowOf = (code: string) => {
      const row = found.get(code);
      return row === undefined ? null : bare(row);
    };
    return {
      axis,
      rows: [
        ...rows.map((row) => ({ code: row.code, then: bare(row), now: nowOf(row.code) })),
        ...later
          .filter(({ code }) => !before.has(code))
          .map((row) => ({ code: row.code, then: null, now: bare(row) })),
      ],
    };
  });
}

/** What a page's view holds beside its totals: each value of the axes it is laid out by. */
export function axesAsked(page: FigurePage, shape: { rows?: Axis; columns?: Axis }) {
  const axes: Axis[] =
    page === "dashboard"
      ? ["organisation", "programme"]
      : [shape.rows ?? "organisation", shape.columns ?? "programme"];
  return [...new Set(axes)];
}
