import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BalanceLeftOut } from "@/components/figures/left-out";
import { FOLDED_AT, periodWords, type KindAxis } from "@/lib/features/dashboard/rules";
import type { CardFace } from "@/lib/kernel/preferences";
import { BarList } from "@/components/chart/bar-list";
import { ComparisonBars, type ComparisonSeries } from "@/components/chart/comparison-bars";
import { MonthBars } from "@/components/chart/month-bars";
import { plotValue, type Plotted } from "@/components/chart/prepare";
import { dashboardHref } from "@/lib/features/figures/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import { monthsThrough, yearName } from "@/lib/kernel/year-axis";
import { explainHref } from "@/lib/features/ledger/address";
import {
  addTotals,
  balanceKnown,
  firstLevel,
  comparedFilter,
  type AxisRow,
  type DashboardView,
  type MonthRow,
  type PlaceRow,
  type Sum,
  type YearPair,
} from "@/lib/features/figures/present";
import { monthsOf } from "@/lib/features/figures/rules";
import { placeShortName } from "@/lib/features/reference/present";
import { knownSum, knownText, type Known } from "@/lib/kernel/known";
import type { Season } from "@/lib/features/reference/types";
import type { Presentation } from "@/components/figures/presentation";

/** What a card has beside its drawing. */
export type CardParts = {
  id: string;
  table: ReactNode;
  tools?: ReactNode;
  face?: CardFace | undefined;
};
type ChartProps<Row> = {
  view: DashboardView;
  rows: readonly Row[];
  show: Presentation;
  card: CardParts;
};

/** Nothing is drawn where no amount is known: no record, or records none of which has one. */
const plottedAs = (known: Known, show: Presentation): Plotted => ({
  value: known.kind === "money" ? plotValue(known.fen, show.unit) : null,
  text: knownText(known, show),
});
const plotted = (sum: Sum | null, show: Presentation) => plottedAs(knownSum(sum), show);

/** What stands under a title, and what can be done with the drawing. */
function Hint({ children }: { children: ReactNode }) {
  const t = useTranslations("dashboard.chart");
  return (
    <>
      {children}
      <span className="no-print"> · {t("narrowBars")}</span>
    </>
  );
}

/** The places right below the one in view, this year beside the last. */
export function PlaceComparison({ view, rows, show, card }: ChartProps<PlaceRow>) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const { filter, root, before, compare } = view;
  const year = filter.year;
  const first = firstLevel(rows);
  const part = compare ? monthsOf(compare) : undefined;
  const named = (of: number) =>
    part
      ? t("table.part", {
          year: yearName(show.locale, filter.yearAxis, of),
          months: monthsThrough(show.locale, filter.yearAxis, part),
        })
      : periodWords(view, t, year - of);
  // side by side stand the same months
  const figures = (pair: YearPair) => ({
    now: plotted(part ? pair.same : pair.now, show),
    before: plotted(pair.before, show),
  });
  const opens = (row: PlaceRow, back: 0 | 1) => {
    const whole: FigureFilter = { ...row.filter, year: year - back };
    return explainHref(part ? comparedFilter(row.filter, compare, back) : whole);
  };
  const narrow = (row: PlaceRow, label: string) => {
    const { organisation: _organisation, ...rest } = row.filter;
    if (row.kind === "own" || row.place.code === filter.org) return undefined;
    const href = dashboardHref({ ...rest, org: row.place.code }, view.look);
    return { href, label: t("chart.onlyThis", { name: label }) };
  };
  const series: ComparisonSeries[] = [{ key: "now", label: named(year), tone: "now" }];
  if (before) series.unshift({ key: "before", label: named(year - 1), tone: "before" });
  return (
    <ComparisonBars
      {...card}
      title={
        root.kind === "PROVINCE"
          ? t("chart.byPrefecture")
          : t("chart.byPlace", { place: placeShortName(root, show.locale) })
      }
      unit={unit}
      subtitle={<Hint>{t("chart.codeOrder")}</Hint>}
      emptyReason={t("chart.empty", { year: yearName(show.locale, filter.yearAxis, year) })}
      series={series}
      rows={[
        ...first.places.map((row) => {
          const label =
            row.kind === "own" ? t("table.ownTop") : placeShortName(row.place, show.locale);
          return {
            key: row.key,
            label,
            figures: figures(row),
            hrefs: { now: opens(row, 0), before: opens(row, 1) },
            narrow: narrow(row, label),
          };
        }),
        ...(first.unions
          ? [{ key: "unions", label: t("chart.unions"), figures: figures(first.unions) }]
          : []),
      ]}
    />
  );
}

export function MonthChart({ view, rows, show, card }: ChartProps<MonthRow>) {
  const tDashboard = useTranslations("dashboard");
  const t = useTranslations("dashboard.chart");
  const unit = useTranslations("common.unit")(show.unit);
  const { filter, before } = view;
  const named = (back: number) => periodWords(view, tDashboard, back);
  const narrow = ({ month, filter: only, now, before }: MonthRow) => {
    if (now === null && before === null) return undefined;
    const name =
      month === 0 ? tDashboard("table.unknownMonth") : tDashboard("table.monthName", { month });
    const chosen = filter.month === month;
    return {
      href: dashboardHref(chosen ? { ...filter, month: undefined } : only, view.look),
      label: t(chosen ? "notOnlyThis" : "onlyThis", { name }),
      chosen,
    };
  };
  const figure = (row: MonthRow) => ({
    month: row.month,
    now: plotted(row.now, show),
    before: before ? plotted(row.before, show) : undefined,
    href: explainHref(row.filter),
    beforeHref: explainHref({ ...row.filter, year: filter.year - 1 }),
    narrow: narrow(row),
  });
  const unknown = rows.find((row) => row.month === 0);
  return (
    <MonthBars
      {...card}
      title={t("byMonth")}
      unit={unit}
      subtitle={<Hint>{t("unknownMonth")}</Hint>}
      nowLabel={named(0)}
      beforeLabel={before ? named(1) : undefined}
      months={rows.filter((row) => row.month !== 0).map(figure)}
      unknown={unknown && figure(unknown)}
      emptyReason={t("empty", { year: yearName(show.locale, filter.yearAxis, filter.year) })}
    />
  );
}

type AxisChartProps = ChartProps<AxisRow> & { axis: KindAxis; title: string };

export function AxisChart({ view, rows, show, card, axis, title }: AxisChartProps) {
  const t = useTranslations("dashboard.chart");
  const unit = useTranslations("common.unit")(show.unit);
  const tTable = useTranslations("common.table");
  const { filter } = view;
  const subtitle =
    axis === "programme" ? t("seasonColour") : axis === "fundSource" ? t("shares") : undefined;
  const isNarrow = filter[axis]?.length === 1;
  const spent = rows.filter((row) => row.now !== null);
  const many = spent.length > FOLDED_AT + 1;
  const rest = many ? spent.slice(FOLDED_AT) : [];
  const restSum = addTotals(rest.flatMap(({ now }) => now ?? []));
  const codes = rest.flatMap((row) => row.filter[axis] ?? []);
  return (
    <BarList
      {...card}
      title={title}
      unit={unit}
      subtitle={subtitle}
      emptyReason={t("empty", { year: yearName(show.locale, filter.yearAxis, filter.year) })}
      items={[
        ...(many ? spent.slice(0, FOLDED_AT) : spent).map((row) => ({
          key: row.key,
          label: row.label,
          ...plotted(row.now, show),
          href: isNarrow ? explainHref(row.filter) : dashboardHref(row.filter, view.look),
          textHref: explainHref(row.filter),
          season: row.season && (row.season.toUpperCase() as Uppercase<Season>),
        })),
        ...(many
          ? [
              {
                key: "rest",
                label: tTable("restRows", { count: rest.length }),
                ...plotted(restSum, show),
                textHref: explainHref({ ...filter, [axis]: codes }),
              },
            ]
          : []),
      ]}
    />
  );
}

type BalanceChartProps = Omit<ChartProps<never>, "rows">;

export function BalanceChart({ view, show, card }: BalanceChartProps) {
  const t = useTranslations("dashboard.chart");
  const unit = useTranslations("common.unit")(show.unit);
  const { balance, filter, places } = view;
  if (balance === null) return null;
  const series: ComparisonSeries[] = [
    { key: "received", label: t("received"), tone: "before" },
    { key: "spent", label: t("spent"), tone: "now" },
    { key: "left", label: t("left"), tone: "accent" },
  ];
  return (
    <ComparisonBars
      {...card}
      title={t("balance")}
      unit={unit}
      subtitle={
        <>
          {t("codeOrder")}
          <BalanceLeftOut leftOut={balance.leftOut} />
        </>
      }
      emptyReason={t("emptyBalance", { year: String(filter.year) })}
      series={series}
      rows={balance.rows.map((row) => {
        const code = row.prefecture ?? row.organisation ?? "";
        const known = balanceKnown(row);
        const place = places.find((other) => other.code === code);
        return {
          key: code,
          // the province's line gathers the unions directly under it as well: not 本级 alone
          label:
            place?.kind === "PROVINCE"
              ? t("direct")
              : place
                ? placeShortName(place, show.locale)
                : code,
          figures: {
            received: plottedAs(known.received, show),
            spent: plottedAs(known.spent, show),
            left: plottedAs(known.left, show),
          },
        };
      })}
    />
  );
}
