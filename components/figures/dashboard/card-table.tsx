import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { FigureTable, type FigureCell } from "@/components/table/figure-table";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { cardText } from "@/lib/features/dashboard/present";
import type { CardCell, CardTable, Opens } from "@/lib/features/dashboard/types";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";

const ADDRESS = { dashboard: dashboardHref, explain: explainHref, allotments: allotmentsHref };

const hrefOf = (opens: Opens | undefined) => opens && ADDRESS[opens.page](opens.filter);

/** A card as a table: every figure a link to exactly its rows. */
export function CardFigures({ table, show }: { table: CardTable; show: Presentation }) {
  const t = useTranslations("common.table");
  const cell = ({ value, opens, unit = show.unit }: CardCell): FigureCell => ({
    value: cardText(value, { ...show, unit }),
    href: hrefOf(opens),
  });
  const { rest } = table;
  const places = ["places", "cross", "map"].includes(table.id);
  return (
    <FigureTable
      caption={table.title}
      framed={false}
      columns={[
        { id: "name", header: table.nameHeader, width: "110px" },
        ...table.columns.map(({ id, header, group }) => ({
          id,
          header,
          group,
          align: "end" as const,
        })),
      ]}
      rows={table.rows.map((row) => ({
        key: row.key,
        level: row.level,
        emphasis: row.subtotal,
        note: row.earlier,
        cells: [{ value: row.label, href: hrefOf(row.opens) }, ...row.cells.map(cell)],
      }))}
      totals={[t("total"), ...table.totals.map(cell)]}
      fold={
        rest
          ? {
              after: rest.after,
              label: t(places ? "rest" : "restRows", { count: rest.count }),
              cells: rest.cells.map(cell),
            }
          : undefined
      }
    />
  );
}
