import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { DataColumn } from "./columns";
import styles from "./table.module.css";

type TotalsProps<Row> = { columns: readonly DataColumn<Row>[]; selectable: boolean };

export function DataTableTotals<Row>({ columns, selectable }: TotalsProps<Row>) {
  const t = useTranslations("common.table");
  if (!columns.some((column) => column.total !== undefined)) return null;
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        {selectable && <td role="gridcell" className={styles.check} />}
        {columns.map((column, index) => (
          <td
            key={column.id}
            role={index === 0 ? "rowheader" : "gridcell"}
            data-align={column.align}
            data-label={
              column.unit
                ? t("headerWithUnit", { header: column.header, unit: column.unit })
                : column.header
            }
            data-empty={index > 0 && column.total === undefined ? "" : undefined}
            data-phone={column.phone}
            className={clsx(index === 0 && styles.first)}
          >
            {column.total ?? (index === 0 ? t("total") : null)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
