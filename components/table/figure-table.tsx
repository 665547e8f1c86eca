"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { headerRows } from "./columns";
import type { FigureCell } from "./figure-cell";
import { FigureCells } from "./figure-cells";
import { TableFrame } from "./table-frame";
import styles from "./table.module.css";

export type FigureColumn = {
  id: string;
  header: string;
  unit?: string | undefined;
  group?: string | undefined;
  align?: "start" | "end" | undefined;
  width?: string | undefined;
  /** Where its heading leads. */
  href?: string | undefined;
};

type FigureRow = {
  key: string;
  /** One cell for each column, in their order. */
  cells: readonly FigureCell[];
  /** A subtotal stands out a little; `level` indents the first cell. */
  emphasis?: boolean | undefined;
  level?: number | undefined;
  /** A few quiet words under the first cell: what its figures hold that they do not show. */
  note?: string | undefined;
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
  /** A long list shows so many rows, and the others as one, until it is unfolded. */
  fold?: TableFold | undefined;
};

type TableFold = { after: number; label: string; cells: readonly FigureCell[] };

function CellContent({ cell }: { cell: FigureCell }) {
  if (typeof cell !== "object" || cell === null || !("value" in cell)) return cell;
  return cell.href === undefined ? cell.value : <AppLink href={cell.href}>{cell.value}</AppLink>;
}

/** `figures`: the columns without the first. */
type LineProps = { row: FigureRow; figures: readonly FigureColumn[]; folds?: boolean };

function Line({ row, figures, folds = false }: LineProps) {
  const [head, ...cells] = row.cells;
  return (
    <tr className={clsx(row.emphasis && styles.emphasis, folds && styles.rest)}>
      <th
        scope="row"
        className={styles.first}
        style={{ paddingLeft: row.level ? 12 + row.level * 16 : undefined }}
      >
        <CellContent cell={head} />
        {row.note && <span className={styles.note}>{row.note}</span>}
      </th>
      <FigureCells cells={cells} columns={figures} />
    </tr>
  );
}

/** What the folded rows come to; a box that is checked unfolds them, with script and without. */
function FoldLine({ fold, columns }: { fold: TableFold; columns: readonly FigureColumn[] }) {
  const t = useTranslations("common.table");
  return (
    <tr className={styles.foldLine}>
      <th scope="row" className={styles.first}>
        <label className={styles.fold}>
          <input type="checkbox" className={styles.foldBox} />
          <span className={styles.folded}>
            {fold.label} <span className={styles.unfold}>{t("unfold")}</span>
          </span>
          <span className={clsx(styles.unfolded, styles.unfold)}>{t("foldUp")}</span>
        </label>
      </th>
      {columns.slice(1).map((column, index) => (
        <td key={column.id} data-align={column.align}>
          <span className={styles.folded}>
            <CellContent cell={fold.cells[index]} />
          </span>
        </td>
      ))}
    </tr>
  );
}

/**
 * A table that the server draws whole and that needs no script to be read: figures, twins of charts, print. It travels as
 * data and is drawn from it on both sides: as elements, each of a table's thousands would stand in the page twice.
 */
export function FigureTable(props: FigureTableProps) {
  const {
    caption,
    showCaption = false,
    columns,
    rows,
    totals,
    numbered = false,
    framed = true,
    fold,
  } = props;
  const t = useTranslations("common.table");
  const tUnit = useTranslations("common.unit");
  const figures = columns.slice(1);
  return (
    <TableFrame
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
                  <span className={clsx(cell.columnId === null && styles.bracket)}>
                    <CellContent
                      cell={{
                        value: cell.label,
                        href: columns.find((column) => column.id === cell.columnId)?.href,
                      }}
                    />
                    {cell.unit && (
                      <span className={styles.unit}>{tUnit("inHeader", { unit: cell.unit })}</span>
                    )}
                  </span>
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
          {rows.map((row, index) => (
            <Line
              key={row.key}
              row={row}
              figures={figures}
              folds={fold !== undefined && index >= fold.after}
            />
          ))}
          {fold && <FoldLine fold={fold} columns={columns} />}
        </tbody>
        {totals && (
          <tfoot>
            <Line row={{ key: "total", cells: totals }} figures={figures} />
          </tfoot>
        )}
      </table>
    </TableFrame>
  );
}
