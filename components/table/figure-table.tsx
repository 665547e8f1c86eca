import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { headerRows } from "./columns";
import styles from "./table.module.css";

export type FigureColumn = {
  id: string;
  header: string;
  unit?: string | undefined;
  group?: string | undefined;
  align?: "start" | "end" | undefined;
  width?: string | undefined;
};

export type FigureCell = ReactNode | { value: ReactNode; href: string | undefined };

type FigureRow = {
  key: string;
  /** One cell for each column, in their order. */
  cells: readonly FigureCell[];
  /** A subtotal stands out a little; `level` indents the first cell. */
  emphasis?: boolean | undefined;
  level?: number | undefined;
};

export type FigureTableProps = {
  caption: string;
  /** The caption is read out; it is seen only when asked for. */
  showCaption?: boolean | undefined;
  columns: readonly FigureColumn[];
  rows: readonly FigureRow[];
  totals?: readonly FigureCell[] | undefined;
  /** Number the columns (1)(2)(3) as official tables do. */
  numbered?: boolean | undefined;
  framed?: boolean | undefined;
};

function CellContent({ cell }: { cell: FigureCell }) {
  if (typeof cell !== "object" || cell === null || !("value" in cell)) return cell;
  return cell.href === undefined ? cell.value : <AppLink href={cell.href}>{cell.value}</AppLink>;
}

function Line({ row, columns }: { row: FigureRow; columns: readonly FigureColumn[] }) {
  return (
    <tr className={clsx(row.emphasis && styles.emphasis)}>
      {columns.map((column, index) =>
        index === 0 ? (
          <th
            key={column.id}
            scope="row"
            className={styles.first}
            style={{ paddingLeft: row.level ? 12 + row.level * 16 : undefined }}
          >
            <CellContent cell={row.cells[index]} />
          </th>
        ) : (
          <td key={column.id} data-align={column.align}>
            <CellContent cell={row.cells[index]} />
          </td>
        ),
      )}
    </tr>
  );
}

/** A table that the server draws whole and that needs no script: figures, twins of charts, print. */
export function FigureTable(props: FigureTableProps) {
  const {
    caption,
    showCaption = false,
    columns,
    rows,
    totals,
    numbered = false,
    framed = true,
  } = props;
  const t = useTranslations("common.table");
  const tUnit = useTranslations("common.unit");
  return (
    <div
      className={clsx(styles.frame, !framed && styles.bare)}
      role="region"
      aria-label={t("region", { name: caption })}
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption className={clsx(styles.caption, showCaption && styles.captionShown)}>
          {caption}
        </caption>
        <thead>
          {headerRows(columns).map((line, index) => (
            <tr key={index}>
              {line.map((cell) => (
                <th
                  key={cell.key}
                  scope={cell.columnId === null ? "colgroup" : "col"}
                  colSpan={cell.colSpan}
                  rowSpan={cell.rowSpan}
                  data-align={cell.align}
                  className={clsx(cell.columnId === columns[0]?.id && styles.first)}
                  style={{ minWidth: columns.find((column) => column.id === cell.columnId)?.width }}
                >
                  {cell.label}
                  {cell.unit && (
                    <span className={styles.unit}>{tUnit("inHeader", { unit: cell.unit })}</span>
                  )}
                </th>
              ))}
            </tr>
          ))}
          {numbered && (
            <tr className={styles.numbering} aria-hidden>
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  data-align="center"
                  className={clsx(index === 0 && styles.first)}
                >
                  ({index + 1})
                </td>
              ))}
            </tr>
          )}
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} row={row} columns={columns} />
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <Line row={{ key: "total", cells: totals }} columns={columns} />
          </tfoot>
        )}
      </table>
    </div>
  );
}
