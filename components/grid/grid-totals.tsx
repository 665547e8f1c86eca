"use client";

import clsx from "clsx";
import type { RowColumn } from "@/lib/features/rows/types";
import { formatFen } from "@/lib/kernel/money";
import { wholeText } from "@/lib/kernel/written";
import { kindOf } from "./grid-columns";
import type { GridWords } from "./grid-words";
import type { Totals } from "./totals";
import styles from "./grid.module.css";

function TotalCell({ total, words }: { total: Totals["of"][RowColumn]; words: GridWords }) {
  if (total === undefined) return null;
  if ("count" in total) return <>{wholeText(total.count)}</>;
  return (
    <>
      {formatFen(total.fen)}
      <span className={styles.wan}>
        {words.t("wan", { amount: formatFen(total.fen, { unit: "wan", exact: true }) })}
      </span>
    </>
  );
}

/** What the status bar of a spreadsheet says of the same rows, in yuan and in ten thousands. */
export function GridTotals({
  columns,
  totals,
  words,
}: {
  columns: readonly RowColumn[];
  totals: Totals;
  words: GridWords;
}) {
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        <th scope="row" role="rowheader" className={clsx(styles.first, styles.totalHead)}>
          {words.t("total", { rows: totals.rows })}
          {totals.unread > 0 && (
            <span
              className={styles.notWhole}
              title={words.t("unreadLeftOut", { count: totals.unread })}
            >
              {words.t("notWhole", { count: totals.unread })}
            </span>
          )}
        </th>
        {columns.map((column) => (
          <td
            key={column}
            role="gridcell"
            data-align={["money", "count"].includes(kindOf(column)) ? "end" : undefined}
          >
            <TotalCell total={totals.of[column]} words={words} />
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
