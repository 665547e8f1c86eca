import { ChartColumn, List, UserRoundCheck } from "lucide-react";
import type { ExplainView } from "@/lib/features/ledger/types";
import { useTranslations } from "next-intl";
import { conditionsOf, useConditionWords } from "@/components/figures/filter-chips";
import { CountWords } from "@/components/figures/dashboard/headline";
import { AsOf, EarlierNote, LeftOutWords } from "@/components/figures/left-out";
import { sumWords, type Presentation } from "@/components/figures/presentation";
import { LedgerTable } from "./ledger-table";
import { ledgerLines } from "./lines";
import { useLedgerWords } from "./use-line-words";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { wholeText } from "@/lib/kernel/written";
import { yearTitle } from "@/lib/kernel/year-axis";
import { dashboardHref } from "@/lib/features/figures/address";
import { figureAuditHref } from "@/lib/features/audit/address";
import { codesOf, onePlace } from "@/lib/features/filter/address";
import { ledgerSum } from "@/lib/features/ledger/present";
import { explainHref, ledgerHref } from "@/lib/features/ledger/address";
import { pageSteps } from "@/lib/kernel/search";
import { placeName, topOf } from "@/lib/features/reference/present";
import { CheckLine } from "./check-line";

export type ExplanationProps = {
  view: ExplainView;
  trail: string | undefined;
  show: Presentation;
};

type Part = Pick<ExplanationProps, "view" | "show">;

/** Which figure this is, in words: 湟源县及下属 2024 年 夏送清凉 7 月. */
function useFigureWords({ view, show }: Part): { heading: string; conditions: string } {
  const t = useTranslations("explain");
  const tLabels = useTranslations("labels");
  const tDashboard = useTranslations("dashboard");
  const words = useConditionWords(view.reference, show, view.filter.yearAxis);
  const { filter, reference, places } = view;
  const { year, yearAxis, org, organisation, prefecture, status, ...others } = filter;
  const separator = tDashboard("separator");
  const where = codesOf(organisation ?? prefecture ?? org ?? topOf(places)?.code)
    .map((code) => {
      const found = reference.organisations.find((one) => one.code === code);
      const place = found ? placeName(found, show.locale) : code;
      const hasBelow = found?.leaf === false;
      return hasBelow ? t(organisation === undefined ? "below" : "own", { place }) : place;
    })
    .join(separator);
  const when = year === undefined ? t("allYears") : yearTitle(show.locale, yearAxis, year);
  const narrowed = conditionsOf(others).map(({ name, value }) => words(name, value));
  const conditions = conditionsOf(others).map(
    ({ name, value }) => `${tDashboard(`name.${name}`)} ${words(name, value)}`,
  );
  const counted = status?.length
    ? t("askedStatuses", {
        statuses: status.map((one) => tLabels(`status.${one}`)).join(separator),
      })
    : t("approvedOnly");
  return {
    heading: t("spending", { scope: [when, where, ...narrowed].join(" · ") }),
    conditions: [when, where, ...conditions, counted].join(separator),
  };
}

function Figures({ view, show }: Part) {
  const t = useTranslations("explain");
  const unit = useTranslations("common.unit")(show.unit);
  const { totals, vouchers } = view.page;
  return (
    <StatRow label={t("sum")}>
      <StatFigure
        label={t("sum")}
        value={sumWords(ledgerSum(view.page), show)}
        unit={unit}
        note={view.earlier && <EarlierNote sum={view.earlier} filter={view.filter} show={show} />}
      />
      <StatFigure
        label={t("records")}
        value={wholeText(totals.records)}
        unit={t("unit.record")}
        note={vouchers !== totals.records && t("net", { vouchers })}
      />
      <StatFigure
        label={t("people")}
        value={wholeText(totals.persons)}
        unit={t("unit.person")}
        note={<CountWords totals={totals} />}
      />
    </StatRow>
  );
}

function Head({ view, show }: Part) {
  const t = useTranslations("explain");
  const { heading, conditions } = useFigureWords({ view, show });
  return (
    <PageHeader
      title={heading}
      lead={t("lead", { conditions })}
      actions={
        <>
          <LinkButton
            href={ledgerHref({ ...view.filter, only: "counted" })}
            icon={<List size={16} aria-hidden />}
          >
            {t("toLedger")}
          </LinkButton>
          <LinkButton
            href={figureAuditHref(view.filter)}
            icon={<UserRoundCheck size={16} aria-hidden />}
          >
            {t("toAudit")}
          </LinkButton>
          {onePlace(view.filter) !== null && (
            <LinkButton
              href={dashboardHref(view.filter)}
              icon={<ChartColumn size={16} aria-hidden />}
            >
              {t("toDashboard")}
            </LinkButton>
          )}
        </>
      }
    />
  );
}

/** One figure and the vouchers it is made of, which add up to it under the reader's eyes. */
export function Explanation({ view, trail, show }: ExplanationProps) {
  const t = useTranslations("explain");
  const unit = useTranslations("common.unit")(show.unit);
  const { reference, filter, page, cursor, check } = view;
  const { lineWords, words } = useLedgerWords(reference, show);
  const steps = pageSteps({ cursor, trail }, page.nextCursor);
  const isWhole = steps.previous === null && steps.next === null;
  return (
    <div className="stack">
      <Head view={view} show={show} />
      <Figures view={view} show={show} />
      {filter.fundSource !== undefined && <Callout>{t("shareNote")}</Callout>}
      <LedgerTable
        id="explain"
        caption={t("caption")}
        explains
        shared={filter.fundSource !== undefined}
        lines={ledgerLines({ rows: page.items, reference, words: lineWords, ...show })}
        words={words}
        unit={unit}
        wordy={show.locale === "en"}
        totals={{
          counted: sumWords(ledgerSum(page), show),
        }}
        toolbar={
          <span className="quiet">
            {t("page", {
              number: steps.number,
              count: page.items.length,
              all: page.vouchers,
            })}
          </span>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyWords")}</EmptyState>}
      />
      {page.items.length > 0 && <CheckLine page={page} check={check} isWhole={isWhole} />}
      <Pagination
        previousHref={steps.previous && explainHref(filter, steps.previous)}
        nextHref={steps.next && explainHref(filter, steps.next)}
      />
      <footer className="quiet">
        <AsOf asOf={page.asOf} />
        <LeftOutWords leftOut={page.leftOut} show={show} years={filter} />
      </footer>
    </div>
  );
}
