"use client";

import { useTable, type ColumnDef, type RowData } from "@tanstack/react-table";
import { useRef } from "react";
import { compareSortValues, headerRows, type DataColumn, type SortValue } from "./columns";
import { DataTableBody } from "./data-table-body";
import { DataTableHead } from "./data-table-head";
import { DataTableTotals } from "./data-table-totals";
import { TableFrame } from "./table-frame";
import { TableMenu } from "./table-menu";
import { features, type DataTableProps } from "./table-model";
import styles from "./table.module.css";
import { useCellWalk } from "./use-cell-walk";
import { shownIn, useRememberedColumns, type ColumnVisibility } from "./use-remembered-columns";

function toDefinitions<Row extends RowData>(
  columns: readonly DataColumn<Row>[],
): ColumnDef<typeof features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    accessorFn: (row: Row) => column.sortValue?.(row) ?? null,
    enableSorting: column.sortValue !== undefined,
    enableHiding: column.hideable !== false,
    sortFn: (left, right, id) =>
      compareSortValues(left.getValue<SortValue>(id), right.getValue<SortValue>(id)),
  }));
}

const visibilityOf = <Row,>(
  columns: readonly DataColumn<Row>[],
  shown: readonly string[],
): ColumnVisibility =>
  Object.fromEntries(columns.map(({ id, hideable }) => [id, hideable === false || shown.includes(id)])); // prettier-ignore

/** The given order is the default order: nothing is ranked unless the reader asks. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { id, caption, columns, rows, rowId, selection, toolbar, empty, chosen } = props;
  // nothing to leave out of a table without a row
  const menu = (props.menu ?? true) && rows.length > 0;
  const body = useRef<HTMLTableSectionElement>(null);
  const initial = Object.fromEntries(
    columns.map((column) => [column.id, column.startHidden !== true]),
  );
  const remembered = useRememberedColumns(id, initial);
  const visibility = chosen?.columns
    ? visibilityOf(columns, chosen.columns)
    : remembered.visibility;
  const setVisibility = (next: ColumnVisibility) =>
    chosen ? chosen.onChange(shownIn(next)) : remembered.setVisibility(next);
  const definitions = toDefinitions(columns);
  const selected = Object.fromEntries(
    (selection?.selected ?? []).map((key) => [key, true as const]),
  );

  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowId,
    enableMultiSort: false,
    enableRowSelection: (row) => selection?.canSelect?.(row.original) ?? true,
    state: { columnVisibility: visibility, rowSelection: selected },
    onRowSelectionChange: (change) => {
      const next = typeof change === "function" ? change(selected) : change;
      selection?.onChange(Object.keys(next));
    },
  });

  const shown = columns.filter((column) => visibility[column.id] !== false);
  const walk = useCellWalk(
    body,
    [shown.length, JSON.stringify(table.state.sorting), ...rows.map(rowId)].join(),
  );

  return (
    <div className={styles.block}>
      {(menu || toolbar) && (
        <div className={styles.toolbar}>
          <div className={styles.tools}>{toolbar}</div>
          {menu && (
            <TableMenu
              choices={columns
                .filter((column) => column.hideable !== false)
                .map((column) => ({
                  id: column.id,
                  label: column.group ? `${column.group} · ${column.header}` : column.header,
                  shown: visibility[column.id] !== false,
                }))}
              onToggle={(column, isShown) => setVisibility({ ...visibility, [column]: isShown })}
              onReset={() =>
                setVisibility(Object.fromEntries(columns.map((column) => [column.id, true])))
              }
            />
          )}
        </div>
      )}
      {rows.length === 0 ? (
        <div className={styles.frame}>{empty}</div>
      ) : (
        <TableFrame className={styles.frame}>
          <table
            className={styles.table}
            role="grid"
            aria-rowcount={rows.length}
            data-cards=""
            {...walk}
          >
            <caption className={styles.caption}>{caption}</caption>
            <DataTableHead
              table={table}
              rows={headerRows(shown)}
              columns={shown}
              selectable={selection !== undefined}
            />
            <DataTableBody table={table} columns={shown} bodyRef={body} options={props} />
            <DataTableTotals columns={shown} selectable={selection !== undefined} />
          </table>
        </TableFrame>
      )}
    </div>
  );
}
