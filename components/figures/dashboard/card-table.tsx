import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { linked } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { cardText } from "@/lib/features/dashboard/present";
import type { CardCell, CardTable, Opens } from "@/lib/features/dashboard/types";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";

const ADDRESS = { explain: explainHref, allotments: allotmentsHref };

type Look = Record<string, string | undefined> | undefined;
const hrefOf = (opens: Opens | undefined, look: Look) =>
  opens &&
  (opens.page === "dashboard"
    ? dashboardHref(opens.filter, look)
    : ADDRESS[opens.page](opens.filter));

type CardFiguresProps = { table: CardTable; show: Presentation; look?: Look };

/** A card as a table: every figure a link to exactly its rows. */
export function CardFigures({ table, show, look }: CardFiguresProps) {
  const t = useTranslations("common.table");
  const cell = ({ value, opens }: CardCell) => linked(cardText(value, show), hrefOf(opens, look));
  const { rest } = table;
  const places = table.id === "places" || table.id === "cross";
  return (
    <FigureTable
      caption={table.title}
      framed={false}
      columns={[
        { id: "name", header: table.nameHeader, width: "110px" },
        ...table.columns.map(({ id, header, group, opens }) => ({
          ...{ id, header, group, align: "end" as const },
          href: hrefOf(opens, look),
        })),
      ]}
      rows={table.rows.map((row) => ({
        key: row.key,
        level: row.level,
        emphasis: row.subtotal,
        note: row.earlier,
        cells: [linked(row.label, hrefOf(row.opens, look)), ...row.cells.map(cell)],
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
