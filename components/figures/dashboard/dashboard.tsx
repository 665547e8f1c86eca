import { DashboardScope } from "@/components/figures/dashboard-scope";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import type { Presentation } from "@/components/figures/presentation";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { dashboardHref } from "@/lib/features/figures/address";
import { axisRows, monthRows, placeRows, type DashboardView } from "@/lib/features/figures/present";
import { monthsOf, vouchersOf } from "@/lib/features/figures/rules";
import { explainHref, ledgerHref } from "@/lib/features/ledger/address";
import { nameOf, pathTo, placeName } from "@/lib/features/reference/present";
import { reportsHref } from "@/lib/features/summary/address";
import { FileSpreadsheet, ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { AxisChart, BalanceChart, MonthChart, PlaceComparison } from "./charts";
import { Headline } from "./headline";
import { PlaceBars } from "./place-bars";
import { BalanceTable, MonthTable, PlaceTable, ProgrammeTable, SourceTable } from "./tables";

type Part = { view: DashboardView; show: Presentation };

function Head({ view, show }: Part) {
  const t = useTranslations("dashboard");
  const tCommon = useTranslations("common");
  const tLabels = useTranslations("labels");
  const { root, filter, places, origin, now, reference, compare } = view;
  const part = compare !== null && monthsOf(compare) !== undefined;
  const isProvince = root.kind === "PROVINCE";
  const place = isProvince ? t("wholeProvince") : placeName(root, show.locale);
  const year = String(filter.year);
  const [only, ...others] = filter.programme ?? [];
  const programme = reference.programmes.find((one) => one.code === only);
  const isNarrow = programme !== undefined && others.length === 0;
  const above = pathTo(places, root.code);
  const trail = (isNarrow ? above : above.slice(0, -1)).map((step) => ({
    href: dashboardHref({
      ...filter,
      org: step.code,
      programme: step.code === root.code ? undefined : filter.programme,
    }),
    label: step.kind === "PROVINCE" ? tLabels("allProvince") : placeName(step, show.locale),
  }));
  return (
    <PageHeader
      trail={trail}
      trailLabel={tCommon("breadcrumb")}
      title={
        isNarrow
          ? t("headingProgramme", { year, place, programme: nameOf(programme, show.locale) })
          : t("heading", { year, place })
      }
      marks={
        origin !== "entered" && (
          <Badge tone={origin === "demo" ? "warning" : "info"}>{t(origin)}</Badge>
        )
      }
      lead={
        <>
          {t("lead")}
          {compare &&
            ` ${t(part ? "comparedPart" : "comparedWhole", { month: compare.throughMonth })}`}
          {origin !== "entered" && ` ${t(origin === "demo" ? "demoLead" : "publishedLead")}`}
        </>
      }
      actions={
        <>
          <LinkButton
            href={reportsHref({ year: filter.year, org: filter.org })}
            icon={<FileSpreadsheet size={16} aria-hidden />}
          >
            {t("yearTable")}
          </LinkButton>
          {vouchersOf(now.totals) !== 0 && (
            <LinkButton href={explainHref(filter)} icon={<ReceiptText size={16} aria-hidden />}>
              {t("vouchers", { count: vouchersOf(now.totals) })}
            </LinkButton>
          )}
        </>
      }
    />
  );
}

function NoRecords({ view }: { view: DashboardView }) {
  const t = useTranslations("dashboard.empty");
  const { draft, submitted, returned } = view.now.leftOut;
  const waiting = draft + submitted + returned;
  return (
    <EmptyState
      title={t("title", { year: String(view.filter.year) })}
      action={<LinkButton href={ledgerHref(view.filter)}>{t("action")}</LinkButton>}
    >
      {waiting > 0 ? t("waiting", { count: waiting }) : t("nothing")}
    </EmptyState>
  );
}

function rowsOf({ view, show }: Part) {
  const { filter, root, places, reference, now, same, before } = view;
  const coded = (list: readonly { code: string; nameZh: string; nameEn: string }[]) =>
    list.map((item) => ({ ...item, label: nameOf(item, show.locale) }));
  return {
    places: placeRows({
      places,
      root,
      filter,
      now: now.byOrganisation,
      same: same.byOrganisation,
      before: before && before.byOrganisation,
    }),
    months: monthRows({
      filter,
      now: now.byMonth,
      same: same.byMonth,
      before: before && before.byMonth,
    }),
    programmes: axisRows({
      axis: "programme",
      choices: coded(reference.programmes),
      filter,
      now: now.byProgramme,
      same: same.byProgramme,
      before: before && before.byProgramme,
    }),
    sources: axisRows({
      axis: "fundSource",
      choices: coded(reference.fundSources),
      filter,
      now: now.byFundSource,
      same: same.byFundSource,
      before: before && before.byFundSource,
    }),
  };
}

function Charts({ view, show }: Part) {
  const rows = rowsOf({ view, show });
  const part = { view, show };
  const hasPlaces = rows.places.some((row) => row.kind !== "own");
  const programmes = <AxisChart {...part} rows={rows.programmes} axis="programme" />;
  const sources = <AxisChart {...part} rows={rows.sources} axis="fundSource" />;
  const hasGroups = rows.places.some((row) => row.kind === "subtree");
  return (
    <>
      <div className="columns">
        <div className="stack">
          {hasPlaces && <PlaceComparison {...part} rows={rows.places} />}
          {!hasPlaces && programmes}
          {hasPlaces && sources}
        </div>
        <div className="stack">
          <MonthChart {...part} rows={rows.months} />
          {hasPlaces ? programmes : sources}
        </div>
      </div>
      {hasGroups && <PlaceBars {...part} rows={rows.places} />}
      {hasPlaces && <BalanceChart {...part} />}
      {hasPlaces && <PlaceTable {...part} rows={rows.places} />}
      <ProgrammeTable {...part} rows={rows.programmes} />
      <MonthTable {...part} rows={rows.months} />
      <SourceTable {...part} rows={rows.sources} />
      {hasPlaces && <BalanceTable {...part} />}
    </>
  );
}

/** What else the reader has to know to read the numbers right. */
function Foot({ view, show }: Part) {
  const t = useTranslations("dashboard.foot");
  const { filter, comparable, now } = view;
  const years = { year: String(filter.year), before: String(filter.year - 1) };
  return (
    <footer className="quiet">
      <AsOf asOf={now.asOf} />
      <LeftOutWords leftOut={now.leftOut} show={show} />
      {!comparable && <span>{t("notCompared", years)} </span>}
      {show.unit === "wan" && <span>{t("rounded")} </span>}
      <span>{t("missing")}</span>
    </footer>
  );
}

export function Dashboard({ view, show }: Part) {
  const isEmpty =
    vouchersOf(view.now.totals) === 0 &&
    (view.before === null || vouchersOf(view.before.totals) === 0);
  return (
    <div className="stack">
      <Head view={view} show={show} />
      <DashboardScope view={view} show={show} />
      <Headline view={view} show={show} />
      {isEmpty ? <NoRecords view={view} /> : <Charts view={view} show={show} />}
      <Foot view={view} show={show} />
    </div>
  );
}
