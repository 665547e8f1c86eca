"use client";

import type { RowData } from "@tanstack/react-table";
import clsx from "clsx";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { MouseEvent, RefObject } from "react";
import { tellEarly } from "@/components/ui/early";
import { AppLink } from "@/components/ui/app-link";
import type { DataColumn } from "./columns";
import type { DataTableInstance, DataTableProps } from "./table-model";
import styles from "./table.module.css";

type BodyProps<Row extends RowData> = {
  table: DataTableInstance<Row>;
  columns: readonly DataColumn<Row>[];
  bodyRef: RefObject<HTMLTableSectionElement | null>;
  options: Pick<DataTableProps<Row>, "rowHref" | "rowName" | "selection">;
};

export function DataTableBody<Row extends RowData>({
  table,
  columns,
  bodyRef,
  options,
}: BodyProps<Row>) {
  const t = useTranslations("common.table");
  const router = useRouter();
  const { rowHref, rowName, selection } = options;

  function open(event: MouseEvent, href: string | undefined) {
    const onControl =
      event.target instanceof Element && event.target.closest("a, button, input, label");
    if (href === undefined || onControl || window.getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(href, "_blank");
    else router.push(href as Route);
  }

  return (
    <tbody role="rowgroup" ref={bodyRef}>
      {table.getRowModel().rows.map((row) => {
        const href = rowHref?.(row.original);
        return (
          <tr
            key={row.id}
            role="row"
            className={clsx(href !== undefined && styles.opens)}
            aria-selected={selection ? row.getIsSelected() : undefined}
            onClick={(event) => open(event, href)}
          >
            {selection && (
              <td role="gridcell" data-cell="" tabIndex={-1} className={styles.check}>
                <input
                  ref={tellEarly}
                  type="checkbox"
                  aria-label={t("selectRow", { name: rowName(row.original) })}
                  checked={row.getIsSelected()}
                  disabled={!row.getCanSelect()}
                  onChange={(event) => row.toggleSelected(event.target.checked)}
                />
              </td>
            )}
            {columns.map((column, index) => (
              <td
                key={column.id}
                role={index === 0 ? "rowheader" : "gridcell"}
                data-cell=""
                data-align={column.align}
                data-label={
                  column.unit
                    ? t("headerWithUnit", { header: column.header, unit: column.unit })
                    : column.header
                }
                data-phone={column.phone}
                tabIndex={-1}
                className={clsx(index === 0 && styles.first)}
              >
                {index === 0 && href !== undefined ? (
                  <AppLink href={href}>{column.cell(row.original)}</AppLink>
                ) : (
                  column.cell(row.original)
                )}
              </td>
            ))}
          </tr>
        );
      })}
    </tbody>
  );
}
