import clsx from "clsx";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { linked, type FigureCell } from "@/components/table/figure-cell";
import { FigureCells, type FigureCellColumn } from "@/components/table/figure-cells";
import { headerRows } from "@/components/table/columns";
import { TableFrame } from "@/components/table/table-frame";
import table from "@/components/table/table.module.css";
import { AppLink } from "@/components/ui/app-link";
import { crossHref } from "@/lib/features/cross/address";
import type { CrossTable, ShownCell, ShownLine } from "@/lib/features/cross/present";
import type { CrossView } from "@/lib/features/cross/types";
import { cardText } from "@/lib/features/dashboard/present";
import { explainHref } from "@/lib/features/ledger/address";
import styles from "./cross.module.css";

type CrossTableProps = { view: CrossView; shown: CrossTable; show: Presentation };
type LineProps = { line: ShownLine; view: CrossView };

/** The line's name leads to this line alone, in the same table. */
function Name({ line, view }: LineProps) {
  const t = useTranslations("cross");
  const { shape, look } = view;
  if (line.only === null) return line.label;
  return (
    <AppLink
      href={crossHref(line.only, { ...shape, ...look })}
      title={t("only", { name: line.label })}
      scroll={false}
    >
      {line.label}
    </AppLink>
  );
}

function Fold({ line, view }: LineProps) {
  const t = useTranslations("cross");
  const { filter, shape, look } = view;
  if (line.folded === undefined) return null;
  const fold = line.folded ? look.fold.filter((key) => key !== line.key) : [...look.fold, line.key];
  const Icon = line.folded ? ChevronRight : ChevronDown;
  const name = line.group ?? line.label;
  return (
    <AppLink
      className={styles.fold}
      href={crossHref(filter, { ...shape, ...look, fold })}
      aria-label={t(line.folded ? "unfold" : "fold", { name })}
      scroll={false}
    >
      <Icon size={14} aria-hidden />
    </AppLink>
  );
}

function figureOf({ value, filter, tone, ...cell }: ShownCell, show: Presentation): FigureCell {
  const text = cardText(value, show);
  if (filter === null) return tone === undefined ? text : { value: text, tone };
  const href = explainHref(filter);
  if (tone === undefined && cell.said === undefined && !cell.partly) return linked(text, href);
  const mark = cell.partly ? <span className={styles.mark}>*</span> : undefined;
  return { value: text, href, title: cell.said, mark, tone };
}

function Head({ view, shown }: Pick<CrossTableProps, "view" | "shown">) {
  const t = useTranslations("cross");
  const lines = new Map(shown.columns.map((line) => [line.key, line]));
  const columns = [
    { id: "name", header: shown.corner },
    ...shown.columns.map(({ key, label, group, kind }) => ({
      id: key,
      header: label,
      group: kind === "apart" ? t("apart") : group,
      align: "end" as const,
    })),
  ];
  return (
    <thead>
      {headerRows(columns).map((row, at) => (
        <tr key={at}>
          {row.map((cell) => {
            const line = lines.get(cell.columnId ?? "");
            return (
              <th
                key={cell.key}
                scope={cell.columnId === null ? "colgroup" : "col"}
                colSpan={cell.colSpan}
                rowSpan={cell.rowSpan}
                data-align={cell.align}
                className={clsx(cell.columnId === "name" && table.first)}
              >
                {line ? (
                  <>
                    <Fold line={line} view={view} />
                    <Name line={line} view={view} />
                  </>
                ) : (
                  <span className={clsx(cell.columnId === null && table.bracket)}>
                    {cell.label}
                  </span>
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}

type RowProps = CrossTableProps & { at: number; columns: readonly FigureCellColumn[] };

function Row({ view, shown, show, at, columns }: RowProps) {
  const t = useTranslations("cross");
  const line = shown.rows[at] as ShownLine;
  const cells = (shown.cells[at] ?? []).map((cell) => figureOf(cell, show));
  return (
    <tr className={clsx(line.kind === "subtotal" && table.emphasis)}>
      <th
        scope="row"
        className={table.first}
        style={{ paddingLeft: line.level ? 12 + line.level * 16 : undefined }}
      >
        <Fold line={line} view={view} />
        {line.kind === "apart" && <span className={styles.mark}>{t("apart")}：</span>}
        <Name line={line} view={view} />
        {line.note && <span className={table.note}>{line.note}</span>}
      </th>
      <FigureCells cells={cells} columns={columns} />
    </tr>
  );
}

/** Two axes against each other: every cell, subtotal and edge a link to exactly its vouchers. */
export function CrossFigures({ view, shown, show }: CrossTableProps) {
  const t = useTranslations("common.table");
  const numbers = shown.rows.map((_, at) => at);
  const columns = shown.columns.map(({ key, kind }) => ({
    id: key,
    align: "end" as const,
    className: kind === "total" ? styles.edge : kind === "apart" ? styles.apart : undefined,
  }));
  const kindOf = (at: number) => shown.rows[at]?.kind;
  const row = (at: number) => (
    <Row key={shown.rows[at]?.key} {...{ view, shown, show, at, columns }} />
  );
  return (
    <TableFrame
      className={table.frame}
      role="region"
      aria-label={t("region", { name: shown.title })}
      tabIndex={0}
    >
      <table className={clsx(table.table, styles.cross)}>
        <caption className={table.caption}>{shown.title}</caption>
        <Head view={view} shown={shown} />
        <tbody>
          {numbers.filter((at) => kindOf(at) !== "total" && kindOf(at) !== "apart").map(row)}
        </tbody>
        <tfoot>{numbers.filter((at) => kindOf(at) === "total").map(row)}</tfoot>
        <tbody>{numbers.filter((at) => kindOf(at) === "apart").map(row)}</tbody>
      </table>
    </TableFrame>
  );
}
