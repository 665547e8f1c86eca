import { ChartColumn, Plus } from "lucide-react";
import type { LedgerView } from "@/lib/features/ledger/types";
import { useTranslations } from "next-intl";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import { FilterChips } from "@/components/figures/filter-chips";
import { money, type Presentation } from "@/components/figures/presentation";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { wholeText } from "@/lib/kernel/written";
import { dashboardHref } from "@/lib/features/figures/address";
import { ledgerExportHref, ledgerHref } from "@/lib/features/ledger/address";
import { pageSteps } from "@/lib/kernel/search";
import { hasRole } from "@/lib/kernel/actor";
import { eachCount } from "@/lib/kernel/counts";
import { formatFen } from "@/lib/kernel/money";
import { CopyLink } from "./copy-link";
import { LedgerConditions } from "./ledger-conditions";
import { LedgerTable } from "./ledger-table";
import { ledgerLines } from "./lines";
import { useLedgerWords } from "./use-line-words";

export type LedgerProps = {
  view: LedgerView;
  trail: string | undefined;
  show: Presentation;
};

function Head({ view }: Pick<LedgerProps, "view">) {
  const t = useTranslations("ledger");
  const { filter, actor } = view;
  return (
    <PageHeader
      title={
        filter.year === undefined ? t("heading") : t("headingYear", { year: String(filter.year) })
      }
      lead={t("lead")}
      actions={
        <>
          <Menu label={t("export")} align="end">
            <MenuItem href={ledgerExportHref(filter, "xlsx")}>{t("exportXlsx")}</MenuItem>
            <MenuItem href={ledgerExportHref(filter, "csv")}>{t("exportCsv")}</MenuItem>
          </Menu>
          <LinkButton href={dashboardHref(filter)} icon={<ChartColumn size={16} aria-hidden />}>
            {t("openDashboard")}
          </LinkButton>
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

export function Ledger({ view, trail, show }: LedgerProps) {
  const t = useTranslations("ledger");
  const unit = useTranslations("common.unit")(show.unit);
  const { filter, reference, page, cursor, asOf } = view;
  const { lineWords, words } = useLedgerWords(reference, show);
  const { totals } = page;
  const steps = pageSteps({ cursor, trail }, page.nextCursor);
  const amount = money(totals.amountFen, show);
  const summary = t(filter.status?.length ? "totalsAsked" : "totals", {
    count: totals.records,
    amount,
    unit,
  });
  return (
    <div className="stack">
      <Head view={view} />
      <LedgerConditions view={view} show={show} />
      <FilterChips
        filter={filter}
        reference={reference}
        show={show}
        href={(next) => ledgerHref(next)}
      />
      <LedgerTable
        id="ledger"
        caption={t("caption")}
        lines={ledgerLines({ rows: page.items, reference, words: lineWords, ...show })}
        words={words}
        unit={unit}
        totals={{
          amount: formatFen(BigInt(totals.amountFen), { unit: show.unit }),
          ...eachCount((unit) => wholeText(totals[unit])),
        }}
        toolbar={
          <>
            <strong>{summary}</strong>
            <CopyLink
              words={{ copy: t("copyLink"), copied: t("copied"), failed: t("copyFailed") }}
            />
          </>
        }
        empty={<NoRecords view={view} />}
      />
      <Pagination
        previousHref={steps.previous && ledgerHref(filter, steps.previous)}
        nextHref={steps.next && ledgerHref(filter, steps.next)}
        summary={
          page.items.length > 0 && t("page", { number: steps.number, count: page.items.length })
        }
      />
      <footer className="quiet">
        <AsOf asOf={asOf} />
        <LeftOutWords leftOut={page.leftOut} show={show} />
        <span>{t("exportNote")}</span>
      </footer>
    </div>
  );
}
