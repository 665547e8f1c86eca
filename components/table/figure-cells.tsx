"use client";

import type { FigureCell } from "./figure-cell";

export type FigureCellColumn = {
  id: string;
  align?: "start" | "end" | undefined;
  className?: string | undefined;
};

type FigureCellsProps = {
  /** One for each column. */
  cells: readonly FigureCell[];
  columns: readonly FigureCellColumn[];
};

/**
 * The figures of a line. They travel to the browser as data and are drawn from it on both sides: as elements each of a
 * table's thousands would stand in the page twice.
 */
export function FigureCells({ cells, columns }: FigureCellsProps) {
  return columns.map(({ id, align, className }, index) => {
    const cell = cells[index];
    if (typeof cell !== "object" || cell === null || !("value" in cell))
      return (
        <td key={id} data-align={align} className={className}>
          {cell}
        </td>
      );
    return (
      <td
        key={id}
        data-align={align}
        data-tone={cell.tone}
        title={cell.href === undefined ? cell.title : undefined}
        className={cell.className ?? className}
      >
        {cell.href === undefined ? (
          cell.value
        ) : (
          <a href={cell.href} title={cell.title}>
            {cell.value}
          </a>
        )}
        {cell.mark}
      </td>
    );
  });
}
