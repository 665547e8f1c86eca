import { ChartColumn, FileText, Flag, Package, Table } from "lucide-react";
import type { SummaryView } from "@/lib/features/summary/types";
import { useTranslations } from "next-intl";
import { placeSource, yearAxisField, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import type { Presentation } from "@/components/figures/presentation";
import { useFigureWords } from "@/components/figures/use-figure-words";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { summaryTable } from "@/lib/features/summary/present";
import { sheetsOf } from "@/lib/features/summary/paper";
import { campaignsHref } from "@/lib/features/campaigns/address";
import { dashboardHref } from "@/lib/features/figures/address";
import { briefHref } from "@/lib/features/narrative-texts/address";
import { layoutsHref } from "@/lib/features/layouts/address";
import { packsHref } from "@/lib/features/packs/address";
import { summaryExportHref } from "@/lib/features/summary/address";
import { cellHref } from "./cell-filter";
import { PaperReport } from "./paper-report";
import { PrintButton } from "./print-button";

export type SummaryReportProps = {
  view: SummaryView;
  show: Presentation;
};

function Head({ view, show, title }: SummaryReportProps & { title: string }) {
  const t = useTranslations("reports");
  const tDashboard = useTranslations("dashboard");
  const tNarrative = useTranslations("narrative");
  const { summary, year, root } = view;
  const { yearAxis } = summary;
  const asked = { year, yearAxis, org: root.code };
  return (
    <PageHeader
      title={title}
      lead={t(yearAxis === "statistics" ? "statisticsNote" : "lead")}
      marks={
        <>
          {summary.demo && <Badge tone="warning">{tDashboard("demo")}</Badge>}
          {summary.published && <Badge tone="info">{tDashboard("published")}</Badge>}
        </>
      }
      actions={
        <>
          <LinkButton href={dashboardHref(asked)} icon={<ChartColumn size={16} aria-hidden />}>
            {t("dashboard")}
          </LinkButton>
          <LinkButton
            href={campaignsHref({ org: root.code })}
            icon={<Flag size={16} aria-hidden />}
          >
            {t("campaigns")}
          </LinkButton>
          <LinkButton href={layoutsHref(asked)} icon={<Table size={16} aria-hidden />}>
            {t("layouts")}
          </LinkButton>
          {yearAxis !== "statistics" && (
            <LinkButton
              href={briefHref({ year, org: root.code, length: "long" })}
              icon={<FileText size={16} aria-hidden />}
            >
              {tNarrative("title")}
            </LinkButton>
          )}
          {yearAxis !== "statistics" && (
            <LinkButton
              href={packsHref({ year, org: root.code })}
              icon={<Package size={16} aria-hidden />}
            >
              {t("pack")}
            </LinkButton>
          )}
          <PrintButton />
          <Menu label={t("download")} align="end">
            <MenuItem href={summaryExportHref(asked, "xlsx", show.unit)}>{t("xlsx")}</MenuItem>
            <MenuItem href={summaryExportHref(asked, "csv", show.unit)}>{t("csv")}</MenuItem>
          </Menu>
        </>
      }
    />
  );
}

/** 年度汇总表 on screen: the model the files are written from, so that they cannot differ. */
export function SummaryReport({ view, show }: SummaryReportProps) {
  const t = useTranslations("reports");
  const unit = useTranslations("common.unit")(show.unit);
  const tYear = useTranslations("dashboard.filter");
  const { summary, reference, root, year } = view;
  const table = summaryTable(summary, useFigureWords(show));
  return (
    <div className="stack">
      <div className="no-print stack">
        <Head view={view} show={show} title={table.title} />
        <ScopeBar
          path="/reports"
          label={t("filter.label")}
          apply={t("filter.apply")}
          kept={{}}
          fields={[
            {
              name: "year",
              label: t("filter.year"),
              width: "year",
              value: String(year),
              options: yearOptions(reference, year, summary.yearAxis),
            },
            yearAxisField(summary.yearAxis, tYear),
            {
              name: "org",
              label: t("filter.org"),
              width: "place",
              value: root.code,
              organisations: placeSource(view, root.code, show.locale),
            },
          ]}
        />
      </div>
      <PaperReport
        table={table}
        sheets={sheetsOf(table, show)}
        unit={t("unit", { unit })}
        show={show}
        hrefOf={({ column, row, cell }) => cellHref(column.key, row, cell, summary)}
        words={{ checks: t("checks"), notes: t("notes") }}
      />
      <p className="quiet no-print">{t("printNote")}</p>
    </div>
  );
}
