import type { ReactNode } from "react";

export type SortValue = string | number | bigint | null;

export type DataColumn<Row> = {
  id: string;
  /** In words; the unit goes to `unit`, never into the cells. */
  header: string;
  unit?: string | undefined;
  /** Neighbours of one group share a heading above theirs. */
  group?: string | undefined;
  /** "end" for numbers. */
  align?: "start" | "end" | undefined;
  cell: (row: Row) => ReactNode;
  /** Given where the reader may sort by this column. Null sorts last. */
  sortValue?: ((row: Row) => SortValue) | undefined;
  /** Given where the list is put in order by the server: where its heading leads, and how it stands now. */
  order?: { href: string; direction: "ascending" | "descending" | null } | undefined;
  /** What stands in the pinned totals row. */
  total?: ReactNode;
  /** Least width, in CSS. Long names wrap to two lines rather than being cut. */
  width?: string | undefined;
  /** False for a column that cannot be taken away. */
  hideable?: boolean | undefined;
  startHidden?: boolean | undefined;
  /** Facts that a card on a phone can do without. */
  phone?: "hidden" | undefined;
};

export type HeaderCell = {
  key: string;
  label: string;
  unit: string | undefined;
  columnId: string | null;
  align: "start" | "end" | "center";
  colSpan: number;
  rowSpan: number;
};

type Headed = Pick<DataColumn<never>, "id" | "header" | "unit" | "group" | "align">;

function leaf(column: Headed, rowSpan: number): HeaderCell {
  return {
    key: column.id,
    label: column.header,
    unit: column.unit,
    columnId: column.id,
    align: column.align ?? "start",
    colSpan: 1,
    rowSpan,
  };
}

/** One row of headings, or two where neighbouring columns share a group. */
export function headerRows(columns: readonly Headed[]): HeaderCell[][] {
  if (!columns.some((column) => column.group !== undefined)) {
    return [columns.map((column) => leaf(column, 1))];
  }
  const upper: HeaderCell[] = [];
  const lower: HeaderCell[] = [];
  let openGroup: string | undefined;
  for (const column of columns) {
    const last = upper.at(-1);
    if (column.group === undefined) {
      upper.push(leaf(column, 2));
    } else {
      if (last && openGroup === column.group) last.colSpan += 1;
      else
        upper.push({
          key: `group-${column.id}`,
          label: column.group,
          unit: undefined,
          columnId: null,
          align: "center",
          colSpan: 1,
          rowSpan: 1,
        });
      lower.push(leaf(column, 1));
    }
    openGroup = column.group;
  }
  return [upper, lower];
}

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** Ascending; numbers and bigints by size, words by pinyin, nothing last. */
export function compareSortValues(left: SortValue, right: SortValue): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  if (typeof left === "string" || typeof right === "string") {
    return collator.compare(String(left), String(right));
  }
  return left < right ? -1 : left > right ? 1 : 0;
}
