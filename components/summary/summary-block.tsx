import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { formatFen } from "@/lib/kernel/money";
import type { Presentation } from "@/components/figures/presentation";
import { TableFrame } from "@/components/table/table-frame";
import { AppLink } from "@/components/ui/app-link";
import { cellText, layHeader } from "@/lib/features/summary/present";
import { paperName } from "@/lib/features/summary/paper";
import type {
  SummaryRow,
  SummarySheet,
  SummaryTable,
  YearSummary,
} from "@/lib/features/summary/types";
import { PaperSignatures } from "./paper-signatures";
import { cellHref } from "./cell-filter";
import styles from "./summary.module.css";

type SummaryBlockProps = {
  summary: YearSummary;
  table: SummaryTable;
  sheet: SummarySheet;
  unit: string;
  show: Presentation;
};

function Line({ row, ...block }: SummaryBlockProps & { row: SummaryRow }) {
  const { summary, table, show } = block;
  const { columns } = block.sheet;
  return (
    <tr data-kind={row.kind}>
      <th scope="row" className={styles.first} style={{ "--level": row.level } as CSSProperties}>
        {paperName(row, show.locale)}
      </th>
      {columns.map((column) => {
        const cell = row.cells[table.columns.findIndex((other) => other.key === column.key)];
        if (cell === undefined) return <td key={column.key} />;
        const text = cellText(cell, show);
        const exact =
          cell.kind === "money" && show.unit === "wan" ? formatFen(BigInt(cell.fen)) : undefined;
        const href = cellHref(column.key, row, cell, summary);
        return (
          <td
            key={column.key}
            title={exact}
            className={clsx((cell.kind === "unvalued" || cell.kind === "none") && styles.words)}
          >
            {href === undefined ? text : <AppLink href={href}>{text}</AppLink>}
          </td>
        );
      })}
    </tr>
  );
}

/** What a page of paper says above the headings: it is part of them, so that every page repeats it. */
function PaperHead({ table, sheet, unit }: Omit<SummaryBlockProps, "summary" | "show">) {
  const width = sheet.columns.length + 1;
  const right = Math.max(2, Math.floor(width / 5));
  return (
    <>
      <tr className={styles.paper}>
        <th colSpan={width} className={styles.title}>
          {table.title}
        </th>
      </tr>
      <tr className={styles.paper}>
        <th colSpan={width}>{sheet.title}</th>
      </tr>
      <tr className={styles.paper}>
        <th colSpan={width - right} className={styles.left}>
          {table.filledBy}
        </th>
        <th colSpan={right} className={styles.right}>
          {unit}
        </th>
      </tr>
    </>
  );
}

/** How the paper is shared out; on the screen the words decide. */
function Shares({ sheet: { widths } }: Pick<SummaryBlockProps, "sheet">) {
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

/** One block of the yearly summary: a sheet of the files, column numbers and all. */
export function SummaryBlock(props: SummaryBlockProps) {
  const { table, sheet } = props;
  const { columns } = sheet;
  const t = useTranslations("common.table");
  const header = layHeader(columns);
  return (
    <TableFrame
      className={styles.frame}
      role="region"
      aria-label={t("region", { name: sheet.title })}
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption className={styles.caption}>{sheet.title}</caption>
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
          <tr className={styles.numbers} aria-hidden>
            <td className={styles.first} />
            {columns.map((column) => (
              <td key={column.key}>({column.number})</td>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <Line key={`${row.kind}-${row.code}-${index}`} {...props} row={row} />
          ))}
        </tbody>
      </table>
      <PaperSignatures locale={props.show.locale} />
    </TableFrame>
  );
}
