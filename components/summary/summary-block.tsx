import clsx from "clsx";
import { useTranslations } from "next-intl";
import { formatFen } from "@/lib/kernel/money";
import type { Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { cellText, layHeader } from "@/lib/features/summary/present";
import type {
  SummaryColumn,
  SummaryRow,
  SummaryTable,
  YearSummary,
} from "@/lib/features/summary/types";
import { cellHref } from "./cell-filter";
import styles from "./summary.module.css";

type SummaryBlockProps = {
  caption: string;
  summary: YearSummary;
  table: SummaryTable;
  /** Which of the table's columns stand in this block. */
  columns: readonly SummaryColumn[];
  show: Presentation;
};

function Line({ row, ...block }: SummaryBlockProps & { row: SummaryRow }) {
  const { summary, table, columns, show } = block;
  return (
    <tr data-kind={row.kind}>
      <th scope="row" className={styles.first} style={{ paddingLeft: 10 + row.level * 14 }}>
        {show.locale === "en" ? row.name.replace(" Federation of Trade Unions", "") : row.name}
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

/** One block of the yearly summary: the model of the files, column numbers and all. */
export function SummaryBlock(props: SummaryBlockProps) {
  const { caption, table, columns } = props;
  const t = useTranslations("common.table");
  const header = layHeader(columns);
  return (
    <div
      className={styles.frame}
      role="region"
      aria-label={t("region", { name: caption })}
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
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
    </div>
  );
}
