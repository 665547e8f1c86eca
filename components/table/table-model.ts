import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  type RowData,
  type useTable,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { DataColumn } from "./columns";

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: {},
});

type Selection<Row> = {
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  canSelect?: ((row: Row) => boolean) | undefined;
};

export type DataTableProps<Row> = {
  /** Under this name the chosen columns are remembered. */
  id: string;
  /** Read out; shown above the table when `title` is. */
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Says in words which row this is, e.g. its number and organisation. */
  rowName: (row: Row) => string;
  rowHref?: ((row: Row) => string | undefined) | undefined;
  selection?: Selection<Row> | undefined;
  /** Shown where there are no rows. */
  empty?: ReactNode | undefined;
  /** Where the choice of columns goes elsewhere than in this browser's memory, and what it is there, if anything. */
  chosen?:
    { columns: readonly string[] | undefined; onChange: (columns: string[]) => void } | undefined;
  /** Left of the column menu: counts, bulk actions. */
  toolbar?: ReactNode | undefined;
  /** False inside a card that is all table: no menu, no own frame. */
  menu?: boolean | undefined;
};

export type DataTableInstance<Row extends RowData> = ReturnType<
  typeof useTable<typeof features, Row>
>;
