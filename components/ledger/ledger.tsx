import { ChartColumn, Plus } from "lucide-react";
import type { LedgerView } from "@/lib/features/ledger/types";
import { useTranslations } from "next-intl";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import { FilterChips } from "@/components/figures/filter-chips";
import { sumWords, type Presentation } from "@/components/figures/presentation";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { wholeText } from "@/lib/kernel/written";
import { dashboardHref } from "@/lib/features/figures/address";
import {
  ledgerExportHref,
  ledgerHref,
  ledgerViewQuery,
  NUMBERED_PAGES,
} from "@/lib/features/ledger/address";
import { ledgerSum } from "@/lib/features/ledger/present";
import { nameOf } from "@/lib/features/reference/present";
import { openedView } from "@/lib/features/views/rules";
import type { NamedMap } from "@/lib/features/export-maps/schema";
import type { SavedView } from "@/lib/features/views/schema";
import { filterQuery, onePlace } from "@/lib/features/filter/address";
import type { AddressFilter, Sort, SortKey } from "@/lib/features/filter/types";
import { numberedSteps } from "@/lib/kernel/search";
import { hasRole } from "@/lib/kernel/actor";
import { knownSum } from "@/lib/kernel/known";
import { eachCount } from "@/lib/kernel/counts";
import { yearTitle } from "@/lib/kernel/year-axis";
import { OpenedView } from "@/components/views/opened-view";
import { useShares } from "@/components/views/use-shares";
import { ViewsMenu } from "@/components/views/views-menu";
import type { ViewsProps } from "@/components/views/views-props";
import { CopyLink } from "./copy-link";
import { summaryWords } from "@/lib/features/summary/labels";
import { SheetsButton } from "@/components/papers/sheets-button";
import { PaperSignatures } from "@/components/summary/paper-signatures";
import { LedgerConditions } from "./ledger-conditions";
import { LedgerTable, type LedgerTableProps } from "./ledger-table";
import { ledgerLines } from "./lines";
import { useLedgerWords } from "./use-line-words";

export type LedgerProps = {
  view: LedgerView;
  /** What the reader kept of this page, or is shared with them. */
  views: SavedView[];
  /** Tables of others in which it can be handed out. */
  maps: NamedMap[];
  trail: string | undefined;
  show: Presentation;
};

type HeadProps = Pick<LedgerProps, "view" | "maps" | "show"> & { views: ViewsProps };

function Head({ view, views, maps, show }: HeadProps) {
  const t = useTranslations("ledger");
  const { filter, actor } = view;
  // a file is of now
  const { asOf, seq, q, only, sort: _, ...figureFilter } = filter;
  const isEarlier = (asOf ?? seq) !== undefined;
  return (
    <PageHeader
      title={
        filter.year === undefined
          ? t("heading")
          : t("headingYear", { year: yearTitle(show.locale, filter.yearAxis, filter.year) })
      }
      lead={t(filter.only ? "leadCounted" : "lead")}
      actions={
        <>
          <ViewsMenu {...views} />
          {!isEarlier && (
            <Menu label={t("export")} align="end">
              <MenuItem href={ledgerExportHref(filter, "xlsx")}>{t("exportXlsx")}</MenuItem>
              <MenuItem href={ledgerExportHref(filter, "csv")}>{t("exportCsv")}</MenuItem>
              {maps.map((map) => (
                <MenuItem key={map.code} href={ledgerExportHref(filter, "xlsx", { map: map.code })}>
                  {t("exportMap", { name: nameOf(map, show.locale) })}
                </MenuItem>
              ))}
            </Menu>
          )}
          {!isEarlier && q === undefined && only === undefined && hasRole(actor, ["CLERK"]) && (
            <SheetsButton filter={figureFilter} />
          )}
          {onePlace(filter) !== null && (
            <LinkButton href={dashboardHref(filter)} icon={<ChartColumn size={16} aria-hidden />}>
              {t("openDashboard")}
            </LinkButton>
          )}
          {hasRole(actor, ["CLERK"]) && (
            <LinkButton href="/entry" variant="primary" icon={<Plus size={16} aria-hidden />}>
              {t("entry")}
            </LinkButton>
          )}
        </>
      }
    />
  );
}

function NoRecords({ view }: Pick<LedgerProps, "view">) {
  const t = useTranslations("ledger.empty");
  const isFiltered = Object.values(view.filter).some((value) => value !== undefined);
  const canEnter = hasRole(view.actor, ["CLERK"]);
  return (
    <EmptyState
      title={t("title")}
      action={
        isFiltered ? (
          <LinkButton href="/ledger">{t("clear")}</LinkButton>
        ) : (
          canEnter && (
            <LinkButton href="/entry" variant="primary">
              {t("entry")}
            </LinkButton>
          )
        )
      }
    >
      {t(isFiltered ? "filtered" : "nothing")}
    </EmptyState>
  );
}

const NATURAL = { when: "-ledgerOn", organisation: "organisation", amount: "-amountFen" } as const;

type Address = (filter: AddressFilter, extra?: Record<string, string>) => string;

/** Where each heading leads: the other way round where the ledger stands in its order, else its usual one. */
function ordersOf(filter: AddressFilter, href: Address): LedgerTableProps["orders"] {
  const { sort = "-ledgerOn", ...others } = filter;
  const orders = Object.entries(NATURAL).map(([column, natural]) => {
    const up = natural.replace("-", "") as SortKey;
    const direction = sort === up ? "ascending" : sort === `-${up}` ? "descending" : null;
    const next = direction === "ascending" ? `-${up}` : direction === "descending" ? up : natural;
    return [
      column,
      {
        href: href({ ...others, ...(next !== "-ledgerOn" && { sort: next as Sort }) }),
        direction,
      },
    ];
  });
  return Object.fromEntries(orders) as LedgerTableProps["orders"];
}

const PAGE = 50;

/** How the page is laid out and which view was opened goes along wherever its filter goes. */
function layoutOf({ columns, view }: LedgerView): Record<string, string> {
  return { ...(columns && { columns: columns.join(",") }), ...(view && { view }) };
}

/** In a view, and wherever the address names columns, their choice belongs to the address. */
function columnsOf({ columns: shown, view, filter }: LedgerView): LedgerTableProps["columns"] {
  if (shown === undefined && view === undefined) return undefined;
  return { shown, href: ledgerHref(filter, { ...(view && { view }) }) };
}

export function Ledger({ view, views: kept, maps, trail, show }: LedgerProps) {
  const t = useTranslations("ledger");
  const tReports = useTranslations("reports");
  const unit = useTranslations("common.unit")(show.unit);
  const { filter, reference, page, cursor } = view;
  const { lineWords, words } = useLedgerWords(reference, show);
  const { totals } = page;
  const layout = layoutOf(view);
  const href: Address = (next, extra = {}) => ledgerHref(next, { ...layout, ...extra });
  const query = ledgerViewQuery({ ...filter, columns: view.columns });
  const views: ViewsProps = {
    page: "ledger",
    tableId: "ledger",
    views: kept,
    shares: useShares(view.actor, reference.organisations, show.locale),
    opened:
      view.view === undefined ? null : { id: view.view, ...openedView(kept, view.view, query) },
    query,
  };
  const last = NUMBERED_PAGES;
  const steps = numberedSteps({ cursor, trail, number: view.number, last }, page.nextCursor);
  const rows = { rows: page.rows, count: page.items.length };
  const from = (steps.number - 1) * PAGE + 1;
  const to = from + rows.count - 1;
  const printed = rows.count > 0 && rows.count < rows.rows ? "printedPart" : "printed";
  const asked = filter.status?.length ? "Asked" : "";
  const sum = ledgerSum(page);
  const amount = sumWords(sum, show);
  const summary = t(`totals${asked}`, {
    count: totals.records,
    sum: knownSum(sum).kind === "money" ? t("sum", { amount, unit }) : amount,
  });
  return (
    <div className="stack">
      <Head view={view} maps={maps} show={show} views={views} />
      <OpenedView {...views} />
      <LedgerConditions view={view} layout={layout} show={show} />
      <FilterChips filter={filter} reference={reference} show={show} href={(next) => href(next)} />
      <p className="print-only">
        {t(printed, { ...rows, from, to })} · {summary} · {tReports("unit", { unit })}
      </p>
      <LedgerTable
        id="ledger"
        caption={t("caption")}
        lines={ledgerLines({ rows: page.items, reference, words: lineWords, ...show })}
        words={{ ...words, total: t(`totalRow${asked}`) }}
        unit={unit}
        wordy={show.locale === "en"}
        orders={ordersOf(filter, href)}
        columns={columnsOf(view)}
        totals={{
          amount,
          ...eachCount((unit) => wholeText(totals[unit])),
        }}
        toolbar={
          <>
            <strong>{t("rows", rows)}</strong>
            <span>{summary}</span>
            <CopyLink
              words={{ copy: t("copyLink"), copied: t("copied"), failed: t("copyFailed") }}
            />
          </>
        }
        empty={<NoRecords view={view} />}
      />
      <Pagination
        previousHref={steps.previous && href(filter, steps.previous)}
        nextHref={steps.next && href(filter, steps.next)}
        summary={page.items.length > 0 && t("page", { number: steps.number, ...rows })}
        jump={{
          path: "/ledger",
          kept: Object.fromEntries(new URLSearchParams(filterQuery(filter, layout))),
          number: steps.number,
          last: Math.min(last, Math.ceil(page.rows / PAGE)),
        }}
      />
      <footer className="quiet">
        <AsOf asOf={page.asOf} />
        <LeftOutWords leftOut={page.leftOut} show={show} />
        <span className="no-print">{t("exportNote")}</span>
      </footer>
      <PaperSignatures signatures={summaryWords(show.locale).signatures} />
    </div>
  );
}
