"use client";

import type { RowData } from "@tanstack/react-table";
import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { tellEarly } from "@/components/ui/early";
import { AppLink } from "@/components/ui/app-link";
import type { DataColumn, HeaderCell } from "./columns";
import type { DataTableInstance } from "./table-model";
import styles from "./table.module.css";

type HeadProps<Row extends RowData> = {
  table: DataTableInstance<Row>;
  rows: HeaderCell[][];
  columns: readonly DataColumn<Row>[];
  selectable: boolean;
};

function HeadWords({ cell }: { cell: HeaderCell }) {
  const t = useTranslations("common.unit");
  return (
    <span>
      {cell.label}
      {cell.unit && <span className={styles.unit}>{t("inHeader", { unit: cell.unit })}</span>}
    </span>
  );
}

const directions = { asc: "ascending", desc: "descending" } as const;

export function DataTableHead<Row extends RowData>({
  table,
  rows,
  columns,
  selectable,
}: HeadProps<Row>) {
  const t = useTranslations("common.table");
  const sorted = table.state.sorting[0];
  const allSelected = table.getIsAllRowsSelected();

  const orderOf = (cell: HeaderCell) =>
    columns.find((column) => column.id === cell.columnId)?.order;

  function sortable(cell: HeaderCell) {
    const order = orderOf(cell);
    if (order) {
      const { href, direction } = order;
      const say = direction === "descending" ? "orderAscending" : "orderDescending";
      const Sign =
        direction === null ? ChevronsUpDown : direction === "ascending" ? ArrowUp : ArrowDown;
      return (
        <AppLink href={href} className={styles.sort} title={t(say, { column: cell.label })}>
          <HeadWords cell={cell} />
          <Sign size={12} aria-hidden className={clsx(direction === null && styles.sortIdle)} />
        </AppLink>
      );
    }
    const column = cell.columnId === null ? undefined : table.getColumn(cell.columnId);
    if (!column?.getCanSort()) return <HeadWords cell={cell} />;
    const direction = sorted?.id === column.id ? (sorted.desc ? "desc" : "asc") : null;
    const Sign = direction === null ? ChevronsUpDown : direction === "asc" ? ArrowUp : ArrowDown;
    const say =
      direction === null ? "sortAscending" : direction === "asc" ? "sortDescending" : "sortReset";
    const step = () =>
      table.setSorting(
        direction === null
          ? [{ id: column.id, desc: false }]
          : direction === "asc"
            ? [{ id: column.id, desc: true }]
            : [],
      );
    return (
      <button
        type="button"
        className={styles.sort}
        title={t(say, { column: cell.label })}
        onClick={step}
      >
        <HeadWords cell={cell} />
        <Sign size={12} aria-hidden className={clsx(direction === null && styles.sortIdle)} />
      </button>
    );
  }

  return (
    <thead role="rowgroup">
      {rows.map((row, rowIndex) => (
        <tr key={rowIndex} role="row">
          {rowIndex === 0 && selectable && (
            <th role="columnheader" rowSpan={rows.length} className={styles.check}>
              <input
                ref={tellEarly}
                type="checkbox"
                aria-label={t("selectAll")}
                checked={allSelected}
                onChange={(event) => table.toggleAllRowsSelected(event.target.checked)}
              />
            </th>
          )}
          {row.map((cell) => (
            <th
              key={cell.key}
              role="columnheader"
              colSpan={cell.colSpan}
              rowSpan={cell.rowSpan}
              data-align={cell.align}
              className={clsx(
                cell.columnId !== null && cell.columnId === columns[0]?.id && styles.first,
              )}
              style={{ minWidth: columns.find((column) => column.id === cell.columnId)?.width }}
              aria-sort={
                sorted && sorted.id === cell.columnId
                  ? directions[sorted.desc ? "desc" : "asc"]
                  : (orderOf(cell)?.direction ?? undefined)
              }
            >
              {sortable(cell)}
            </th>
          ))}
        </tr>
      ))}
    </thead>
  );
}
