import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { formatFen } from "@/lib/kernel/money";
import type { Presentation } from "@/components/figures/presentation";
import { linked, type FigureCell } from "@/components/table/figure-cell";
import { FigureCells, type FigureCellColumn } from "@/components/table/figure-cells";
import { TableFrame } from "@/components/table/table-frame";
import { cellText, layHeader } from "@/lib/features/summary/present";
import { paperName } from "@/lib/features/summary/paper";
import type {
  PaperColumn,
  PaperSheet,
  PaperTable,
  SummaryCell,
  SummaryRow,
} from "@/lib/features/summary/types";
import { PaperSignatures } from "./paper-signatures";
import styles from "./summary.module.css";

/** A cell, its column, and which line it stands in. */
type PaperPlace = { column: PaperColumn; row: SummaryRow; at: number; cell: SummaryCell };

export type PaperBlockProps = {
  table: PaperTable;
  sheet: PaperSheet;
  unit: string;
  show: Presentation;
  /** What a cell opens. */
  hrefOf: (place: PaperPlace) => string | undefined;
  /** What is to be said of a cell whose value is not all of it. */
  partlyOf?: ((place: PaperPlace) => string | undefined) | undefined;
};

type LineProps = PaperBlockProps & {
  row: SummaryRow;
  at: number;
  figures: readonly FigureCellColumn[];
};

function figureOf(place: PaperPlace, { show, hrefOf, partlyOf }: PaperBlockProps): FigureCell {
  const { cell } = place;
  const exact =
    cell.kind === "money" && show.unit === "wan" ? formatFen(BigInt(cell.fen)) : undefined;
  const partly = partlyOf?.(place);
  const isWords = cell.kind === "unvalued" || cell.kind === "none";
  const text = cellText(cell, show);
  const title = partly ?? exact;
  if (title === undefined && !isWords) return linked(text, hrefOf(place));
  return {
    value: text,
    href: hrefOf(place),
    title,
    className: isWords ? styles.words : undefined,
    mark: partly && <span className={styles.words}>*</span>,
  };
}

function Line({ row, at, figures, ...block }: LineProps) {
  const { table, show } = block;
  const cells = block.sheet.columns.map((column) => {
    const cell = row.cells[table.columns.findIndex((other) => other.key === column.key)];
    return cell && figureOf({ column, row, at, cell }, block);
  });
  return (
    <tr data-kind={row.kind}>
      <th scope="row" className={styles.first} style={{ "--level": row.level } as CSSProperties}>
        {paperName(row, show.locale)}
      </th>
      <FigureCells cells={cells} columns={figures} />
    </tr>
  );
}

/** What a page of paper says above the headings: it is part of them, so that every page repeats it. */
function PaperHead({ table, sheet, unit }: Pick<PaperBlockProps, "table" | "sheet" | "unit">) {
  const width = sheet.columns.length + 1;
  return (
    <>
      <tr className={styles.paper}>
        <th colSpan={width} className={styles.title}>
          {table.title}
        </th>
      </tr>
      {sheet.title !== "" && (
        <tr className={styles.paper}>
          <th colSpan={width}>{sheet.title}</th>
        </tr>
      )}
      <tr className={styles.paper}>
        <th colSpan={width}>
          <span className={styles.edges}>
            <span className={styles.filled}>{table.filledBy}</span>
            <span className={styles.unit}>{unit}</span>
          </span>
        </th>
      </tr>
    </>
  );
}

/** How the paper is shared out; on the screen the words decide. */
function Shares({ sheet: { widths } }: Pick<PaperBlockProps, "sheet">) {
  const all = [widths.name + widths.code, ...widths.columns];
  const whole = all.reduce((sum, width) => sum + width, 0);
  return (
    <colgroup>
      {all.map((width, at) => (
        <col key={at} style={{ "--share": `${(100 * width) / whole}%` } as CSSProperties} />
      ))}
    </colgroup>
  );
}

/** One sheet of a table as its files have it, column numbers and all. */
export function PaperBlock(props: PaperBlockProps) {
  const { table, sheet } = props;
  const { columns } = sheet;
  const t = useTranslations("common.table");
  const header = layHeader(columns);
  const figures = columns.map(({ key }) => ({ id: key }));
  return (
    <TableFrame
      className={styles.frame}
      role="region"
      aria-label={t("region", { name: sheet.title || table.title })}
      tabIndex={0}
    >
      <table className={styles.table}>
        {sheet.title !== "" && <caption className={styles.caption}>{sheet.title}</caption>}
        <Shares sheet={sheet} />
        <thead>
          <PaperHead {...props} />
          {header.map((cells, row) => (
            <tr key={row}>
              {row === 0 && (
                <th scope="col" rowSpan={header.length} className={styles.first}>
                  {table.nameHeader}
                </th>
              )}
              {cells.map((cell) => (
                <th
                  key={`${cell.column}-${cell.text}`}
                  scope={cell.colSpan > 1 ? "colgroup" : "col"}
                  colSpan={cell.colSpan}
                  rowSpan={cell.rowSpan}
                >
                  {cell.colSpan > 3 ? <span className={styles.group}>{cell.text}</span> : cell.text}
                </th>
              ))}
            </tr>
          ))}
          {table.numbered && (
            <tr className={styles.numbers} aria-hidden>
              <td className={styles.first} />
              {columns.map((column) => (
                <td key={column.key}>({column.number})</td>
              ))}
            </tr>
          )}
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <Line
              key={`${row.kind}-${row.code}-${index}`}
              {...props}
              {...{ row, figures }}
              at={index}
            />
          ))}
        </tbody>
      </table>
      <PaperSignatures signatures={table.signatures} />
    </TableFrame>
  );
}
