import { DashboardScope } from "@/components/figures/dashboard-scope";
import { ChangesLink } from "@/components/changes/changed-since";
import { FrozenCard } from "@/components/frozen/frozen-card";
import { usePageViews } from "@/components/frozen/use-page-views";
import { AsOf, LeftOutWords, NamedWords } from "@/components/figures/left-out";
import type { Presentation } from "@/components/figures/presentation";
import { useFigureWords } from "@/components/figures/use-figure-words";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { OpenedView } from "@/components/views/opened-view";
import { ViewsMenu } from "@/components/views/views-menu";
import type { ViewsProps } from "@/components/views/views-props";
import { compareHref } from "@/lib/features/compare/address";
import { crossHref } from "@/lib/features/cross/address";
import { dashboardHref } from "@/lib/features/figures/address";
import { cardOf } from "@/lib/features/dashboard/present";
import {
  CARD_AXES,
  kindRows,
  monthsIn,
  periodWords,
  placesOf,
} from "@/lib/features/dashboard/rules";
import { CARDS, type CardId } from "@/lib/features/dashboard/types";
import type { PageViews } from "@/lib/features/frozen/types";
import { mapOf } from "@/lib/features/map/present";
import type { FigureWords } from "@/lib/features/figures/types";
import type { DashboardView } from "@/lib/features/figures/present";
import { monthsOf, vouchersOf } from "@/lib/features/figures/rules";
import { explainHref, ledgerHref } from "@/lib/features/ledger/address";
import { nameOf, pathTo, placeName } from "@/lib/features/reference/present";
import { reportsHref } from "@/lib/features/summary/address";
import { Columns2, FileSpreadsheet, Grid3x3, ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CardFace } from "@/lib/kernel/preferences";
import { monthsThrough, yearName, yearTitle } from "@/lib/kernel/year-axis";
import { CardFiles } from "./card-files";
import { CardFigures } from "./card-table";
import { AxisChart, BalanceChart, MonthChart, PlaceComparison, type CardParts } from "./charts";
import styles from "./dashboard.module.css";
import { Headline } from "./headline";
import { MapCard } from "./map-card";
import { PlaceBars } from "./place-bars";

type Part = { view: DashboardView; show: Presentation };

/** One county stands beside another; from a wider place, the first two below it. */
function compareFrom({ root, filter }: DashboardView): string {
  const { org, ...rest } = filter;
  return root.kind === "COUNTY" || root.kind === "PREFECTURE"
    ? compareHref(rest, { of: "org", a: org })
    : compareHref(rest, { of: "org" });
}

function Head({ view, show, views }: Part & { views: ViewsProps }) {
  const t = useTranslations("dashboard");
  const tCommon = useTranslations("common");
  const tLabels = useTranslations("labels");
  const tCross = useTranslations("cross");
  const tCompare = useTranslations("compare");
  const { root, filter, places, origin, now, reference, compare } = view;
  const part = compare !== null && monthsOf(compare) !== undefined;
  const isProvince = root.kind === "PROVINCE";
  const place = isProvince ? t("wholeProvince") : placeName(root, show.locale);
  const { yearAxis } = filter;
  const isStatistics = yearAxis === "statistics" && filter.month === undefined;
  const period = isStatistics
    ? yearTitle(show.locale, yearAxis, filter.year)
    : periodWords(view, t);
  const [only, ...others] = filter.programme ?? [];
  const programme = reference.programmes.find((one) => one.code === only);
  const isNarrow = programme !== undefined && others.length === 0;
  const above = pathTo(places, root.code);
  const trail = (isNarrow ? above : above.slice(0, -1)).map((step) => ({
    href: dashboardHref(
      {
        ...filter,
        org: step.code,
        programme: step.code === root.code ? undefined : filter.programme,
      },
      view.look,
    ),
    label: step.kind === "PROVINCE" ? tLabels("allProvince") : placeName(step, show.locale),
  }));
  return (
    <PageHeader
      trail={trail}
      trailLabel={tCommon("breadcrumb")}
      title={
        isNarrow
          ? t("headingProgramme", { period, place, programme: nameOf(programme, show.locale) })
          : t("heading", { period, place })
      }
      marks={
        origin !== "entered" && (
          <Badge tone={origin === "demo" ? "warning" : "info"}>{t(origin)}</Badge>
        )
      }
      lead={[
        t("lead"),
        ...(compare
          ? [
              filter.month === undefined
                ? t(part ? "comparedPart" : "comparedWhole", {
                    months: monthsThrough(show.locale, yearAxis, compare.throughMonth),
                  })
                : t("comparedMonth"),
            ]
          : []),
        ...(origin === "entered" ? [] : [t(origin === "demo" ? "demoLead" : "publishedLead")]),
      ].join(show.locale === "en" ? " " : "")}
      actions={
        <>
          <ViewsMenu {...views} />
          <LinkButton href={crossHref(filter)} icon={<Grid3x3 size={16} aria-hidden />}>
            {tCross("title")}
          </LinkButton>
          {yearAxis !== "statistics" && (
            <LinkButton href={compareFrom(view)} icon={<Columns2 size={16} aria-hidden />}>
              {tCompare("title")}
            </LinkButton>
          )}
          <LinkButton
            href={reportsHref({ year: filter.year, yearAxis, org: filter.org })}
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

function NoRecords({ view, show }: Part) {
  const t = useTranslations("dashboard.empty");
  const { draft, submitted, returned } = view.now.leftOut;
  const waiting = draft + submitted + returned;
  return (
    <EmptyState
      title={t("title", { year: yearName(show.locale, view.filter.yearAxis, view.filter.year) })}
      action={<LinkButton href={ledgerHref(view.filter)}>{t("action")}</LinkButton>}
    >
      {waiting > 0 ? t("waiting", { count: waiting }) : t("nothing")}
    </EmptyState>
  );
}

type Cards = Part & { turned: ReadonlyMap<string, CardFace> };

/** Every card of the page, each drawn beside its table; those that have nothing of their own to say are not there. */
function useCards({ view, show, turned }: Cards): Partial<Record<CardId, ReactNode>> {
  const words = useFigureWords(show);
  const toCross = useTranslations("cross")("dashboardLink");
  const cards: Partial<Record<CardId, ReactNode>> = {};
  for (const id of CARDS) {
    const table = cardOf(id, view, words);
    if (table === null) continue;
    const card: CardParts = {
      id,
      table: <CardFigures table={table} show={show} look={view.look} />,
      tools: (
        <>
          {id === "cross" && <AppLink href={crossHref(view.filter)}>{toCross}</AppLink>}
          <CardFiles view={view} show={show} card={id} title={table.title} />
        </>
      ),
      face: turned.get(id) ?? (id === "cross" ? "table" : "chart"),
    };
    cards[id] = (
      <Drawn key={id} id={id} card={card} title={table.title} {...{ view, show, words }} />
    );
  }
  return cards;
}

type DrawnProps = Part & { id: CardId; card: CardParts; title: string; words: FigureWords };

function Drawn({ id, view, show, card, title, words }: DrawnProps) {
  const part = { view, show, card };
  if (id === "places") return <PlaceComparison {...part} rows={placesOf(view)} />;
  if (id === "months") return <MonthChart {...part} rows={monthsIn(view)} />;
  if (id === "balance") return <BalanceChart {...part} />;
  if (id === "cross") {
    const map = mapOf(view);
    if (map !== null) return <MapCard {...part} {...{ title, words, map }} />;
    return <PlaceBars {...part} title={title} rows={placesOf(view)} />;
  }
  const axis = CARD_AXES[id];
  return <AxisChart {...part} title={title} axis={axis} rows={kindRows(axis, view, words)} />;
}

/** A page that streams in is uncovered by script; where there is none, it stands as it came, and each card on its table. */
const WITHOUT_SCRIPT = `[hidden][id^=S\\:], [data-face=table] { display: block !important }
  [data-face=drawing] { display: none !important }`;

function Charts(input: Cards) {
  const cards = useCards(input);
  return (
    <div className={styles.cards}>
      <noscript>
        <style>{WITHOUT_SCRIPT}</style>
      </noscript>
      <div className="columns">
        {cards.places ?? cards.programmes}
        {cards.months}
      </div>
      <div className={styles.thirds}>
        <div className="stack">
          {cards.places ? cards.balance : cards.sources}
          {cards.places ? cards.categories : cards.forms}
        </div>
        <div className="stack">
          {cards.recipients}
          {cards.places ? cards.sources : cards.campaigns}
        </div>
        <div className="stack">
          {cards.places && cards.programmes}
          {cards.places ? cards.forms : cards.categories}
          {cards.places && cards.campaigns}
        </div>
      </div>
      {cards.cross}
    </div>
  );
}

/** What else the reader has to know to read the numbers right. */
function Foot({ view, show }: Part) {
  const t = useTranslations("dashboard.foot");
  const { filter, comparable, now } = view;
  const named = (year: number) => yearName(show.locale, filter.yearAxis, year);
  const years = { year: named(filter.year), before: named(filter.year - 1) };
  return (
    <footer className="quiet">
      <AsOf asOf={now.asOf} />
      <ChangesLink filter={filter} />
      <LeftOutWords leftOut={now.leftOut} show={show} filter={filter} />
      <NamedWords {...now} show={show} filter={filter} />
      {!comparable && <span>{t("notCompared", years)} </span>}
      {show.unit === "wan" && <span>{t("rounded")} </span>}
      <span>{t("missing")}</span>
    </footer>
  );
}

export function Dashboard({ view, show, turned, saved }: Cards & { saved: PageViews }) {
  const views = usePageViews(saved, view.reference.organisations, show.locale);
  const isEmpty =
    vouchersOf(view.now.totals) === 0 &&
    (view.before === null || vouchersOf(view.before.totals) === 0);
  return (
    <div className="stack">
      <Head view={view} show={show} views={views} />
      <OpenedView {...views} />
      <FrozenCard saved={saved} reference={view.reference} show={show} />
      <DashboardScope view={view} show={show} opened={saved.opened?.id} />
      <Headline view={view} show={show} />
      {isEmpty ? (
        <NoRecords view={view} show={show} />
      ) : (
        <Charts view={view} show={show} turned={turned} />
      )}
      <Foot view={view} show={show} />
    </div>
  );
}
