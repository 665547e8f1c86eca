import { useTranslations } from "next-intl";
import { FigureTable, type FigureCell } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";
import { placeName } from "@/lib/features/reference/present";
import { knownText, type Known } from "@/lib/kernel/known";
import type { BalanceSums } from "@/lib/features/figures/types";
import {
  balanceKnown,
  type AxisRow,
  type DashboardView,
  type MonthRow,
  type PlaceRow,
} from "@/lib/features/figures/present";
import { BalanceLeftOut } from "@/components/figures/left-out";
import type { Presentation } from "@/components/figures/presentation";
import { YearTable, type YearLine } from "./year-table";

type TableProps<Row> = { view: DashboardView; rows: readonly Row[]; show: Presentation };

function totalsOf(view: DashboardView) {
  const { now, same, before, filter } = view;
  return { now: now.totals, same: same.totals, before: before && before.totals, filter };
}

type YearCardProps = {
  id: string;
  title: string;
  note?: string;
  nameHeader: string;
  lines: readonly YearLine[];
  view: DashboardView;
  show: Presentation;
};

function YearCard({ id, title, note, nameHeader, lines, view, show }: YearCardProps) {
  return (
    <Card id={id} title={title} note={note} flush>
      <YearTable
        caption={title}
        nameHeader={nameHeader}
        year={view.filter.year}
        lines={lines}
        totals={totalsOf(view)}
        compare={view.compare}
        show={show}
      />
    </Card>
  );
}

export function PlaceTable({ view, rows, show }: TableProps<PlaceRow>) {
  const t = useTranslations("dashboard.table");
  const lines = rows.map((row): YearLine => {
    const { organisation: _organisation, ...rest } = row.filter;
    const place = placeName(row.place, show.locale);
    const isOwn = row.kind === "own";
    return {
      ...row,
      label: isOwn ? t("own", { place }) : place,
      href: isOwn ? undefined : dashboardHref({ ...rest, org: row.place.code }),
      emphasis: row.kind === "subtree",
    };
  });
  return (
    <YearCard
      id="places"
      title={t("byPlace")}
      nameHeader={t("place")}
      lines={lines}
      view={view}
      show={show}
    />
  );
}

export function ProgrammeTable({ view, rows, show }: TableProps<AxisRow>) {
  const t = useTranslations("dashboard.table");
  const lines = rows.map((row) => ({
    ...row,
    href: dashboardHref({ ...view.filter, programme: [row.key] }),
  }));
  return (
    <YearCard
      id="programmes"
      title={t("byProgramme")}
      nameHeader={t("programme")}
      lines={lines}
      view={view}
      show={show}
    />
  );
}

export function MonthTable({ view, rows, show }: TableProps<MonthRow>) {
  const t = useTranslations("dashboard.table");
  const lines = rows.map((row) => ({
    ...row,
    key: String(row.month),
    label: row.month === 0 ? t("unknownMonth") : t("monthName", { month: row.month }),
  }));
  return (
    <YearCard
      id="months"
      title={t("byMonth")}
      nameHeader={t("month")}
      lines={lines}
      view={view}
      show={show}
    />
  );
}

export function SourceTable({ view, rows, show }: TableProps<AxisRow>) {
  const t = useTranslations("dashboard.table");
  return (
    <YearCard
      id="sources"
      title={t("byFundSource")}
      note={t("sharesNote")}
      nameHeader={t("fundSource")}
      lines={rows}
      view={view}
      show={show}
    />
  );
}

type BalanceTableProps = {
  view: Pick<DashboardView, "balance" | "places" | "root"> & {
    filter: { year: number; org: string };
  };
  show: Presentation;
  /** Where a place's name leads: its figures, or its allotments. */
  drill?: "dashboard" | "allotments" | undefined;
};

export function BalanceTable({ view, show, drill = "dashboard" }: BalanceTableProps) {
  const t = useTranslations("dashboard");
  const tTable = useTranslations("common.table");
  const unit = useTranslations("common.unit")(show.unit);
  const { balance, filter, places, root } = view;
  if (balance === null) return null;
  const group = tTable("headerWithUnit", { header: t("chart.balance"), unit });
  const end = { align: "end" as const, group };
  const { year } = filter;
  const total = balanceKnown(balance.totals);
  /** What is not recorded opens nothing. */
  const linked = (known: Known, href: string): FigureCell => {
    const value = knownText(known, show);
    return known.kind === "unknown" ? value : { value, href };
  };
  const open = drill === "dashboard" ? dashboardHref : allotmentsHref;

  function cells(name: FigureCell, code: string, sums: BalanceSums) {
    const known = balanceKnown(sums);
    // The province's own line gathers what it and the unions directly under it did, not the whole tree.
    const direct = code === root.code;
    const spentBy =
      root.kind === "PROVINCE" && direct
        ? { prefecture: code }
        : direct
          ? { organisation: code }
          : { org: code };
    return [
      name,
      linked(known.received, allotmentsHref({ year, org: code })),
      linked(known.spent, explainHref({ year, ...spentBy })),
      direct
        ? knownText(known.left, show)
        : linked(known.left, allotmentsHref({ year, org: code })),
    ];
  }

  return (
    <Card
      id="balance"
      title={t("table.balance")}
      note={<BalanceLeftOut leftOut={balance.leftOut} />}
      flush
    >
      <FigureTable
        caption={t("table.balance")}
        framed={false}
        columns={[
          { id: "place", header: t("table.place"), width: "150px" },
          { id: "received", header: t("chart.received"), ...end },
          { id: "spent", header: t("chart.spent"), ...end },
          { id: "left", header: t("chart.left"), ...end },
        ]}
        rows={balance.rows.map((row) => {
          const code = row.prefecture ?? row.organisation ?? "";
          const place = places.find((other) => other.code === code);
          const name = place ? placeName(place, show.locale) : code;
          return {
            key: code,
            cells: cells(
              code === root.code
                ? t(root.kind === "PROVINCE" ? "table.direct" : "table.own", { place: name })
                : { value: name, href: open({ year, org: code }) },
              code,
              row,
            ),
          };
        })}
        totals={[
          t("table.total"),
          linked(total.received, allotmentsHref(filter)),
          linked(total.spent, explainHref(filter)),
          linked(total.left, allotmentsHref(filter)),
        ]}
      />
    </Card>
  );
}
