"use client";

import clsx from "clsx";
import { ArrowDown, ArrowDownUp, ArrowUp } from "lucide-react";
import { useRef } from "react";
import type { RowColumn } from "@/lib/features/rows/types";
import { headingParts, kindOf } from "./grid-columns";
import { widthWithin } from "./grid-model";
import type { Grid } from "./use-grid";
import type { GridWords } from "./grid-words";
import { columnHeadId } from "./grid-row";
import styles from "./grid.module.css";

/** The edge of a head that is drawn: its column is as wide as where it is let go. */
function Resizer({ grid, column }: { grid: Grid; column: RowColumn }) {
  const from = useRef<number | null>(null);
  return (
    <span
      className={styles.resizer}
      aria-hidden
      // a click on the head would select its column
      onMouseDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = event.clientX;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onPointerUp={({ clientX }) => {
        if (from.current === null) return;
        const width = widthWithin(grid.width(column) + clientX - from.current);
        from.current = null;
        grid.view.resize({ ...grid.view.widths, [column]: width });
      }}
    />
  );
}

/** A click on a head selects its column; beside it stand its order and its width. */
export function GridHead({
  grid,
  words,
  onSort,
}: {
  grid: Grid;
  words: GridWords;
  onSort: (column: RowColumn) => void;
}) {
  const { shown, selected, lens } = grid;
  const last = shown.rows.length - 1;
  const chosen = (at: number) =>
    at >= selected.area.column && at < selected.area.column + selected.area.columns;
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        <th
          scope="col"
          role="columnheader"
          aria-colindex={1}
          className={clsx(styles.columnHead, styles.first)}
        >
          {words.t("row")}
        </th>
        {grid.view.columns.map((column, at) => {
          const { name, unit } = headingParts(column, words.locale);
          const sorted = lens?.sort?.column === column ? lens.sort : null;
          const Sign = sorted === null ? ArrowDownUp : sorted.descending ? ArrowDown : ArrowUp;
          return (
            <th
              key={column}
              scope="col"
              role="columnheader"
              aria-colindex={at + 2}
              aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : undefined}
              data-align={["money", "count"].includes(kindOf(column)) ? "end" : undefined}
              className={clsx(styles.columnHead, chosen(at) && styles.headActive)}
              onMouseDown={(event) => {
                if (event.button !== 0) return;
                event.preventDefault();
                grid.commit();
                grid.select({ row: 0, column: at }, { row: last, column: at });
              }}
            >
              <span id={columnHeadId(column)}>
                {name}
                {unit && <span className={styles.unit}>{unit}</span>}
              </span>
              <button
                type="button"
                tabIndex={-1}
                className={styles.sort}
                data-on={sorted ? "" : undefined}
                aria-label={words.t("sortBy", { column: name })}
                onMouseDown={(event) => event.stopPropagation()}
                onClick={() => onSort(column)}
              >
                <Sign size={12} aria-hidden />
              </button>
              <Resizer grid={grid} column={column} />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
