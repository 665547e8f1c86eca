import { ChartColumn } from "lucide-react";
import { useTranslations } from "next-intl";
import { placeSource, yearAxisField, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import { PaperReport } from "@/components/summary/paper-report";
import { PrintButton } from "@/components/summary/print-button";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { crossHref } from "@/lib/features/cross/address";
import { explainHref } from "@/lib/features/ledger/address";
import { layoutExportHref, layoutHref, layoutsHref } from "@/lib/features/layouts/address";
import { layoutSheets } from "@/lib/features/layouts/paper";
import { layoutTable, layoutTitle } from "@/lib/features/layouts/present";
import type { Laid, LayoutView } from "@/lib/features/layouts/types";
import { LayoutTools } from "./layout-tools";
import { useLayoutWords } from "./use-layout-words";

type LayoutPageProps = { view: LayoutView; show: Presentation };

function Head({ view, show }: LayoutPageProps) {
  const t = useTranslations("layouts");
  const tDashboard = useTranslations("dashboard");
  const { filter, layout, kept, draws, origin, laid } = view;
  const words = useLayoutWords(show);
  const { id } = kept;
  const { year, yearAxis, org } = filter;
  const asked = { year, yearAxis, org };
  const file = (format: "xlsx" | "csv" | "pdf") =>
    layoutExportHref(id, asked, { format, unit: show.unit });
  const [part] = layout.blocks.filter(({ axis }) => axis !== null);
  return (
    <PageHeader
      title={layoutTitle({ view, words })}
      lead={t("pageLead")}
      trail={[{ href: layoutsHref(asked), label: t("title") }]}
      trailLabel={t("all")}
      marks={
        origin !== "entered" && (
          <Badge tone={origin === "demo" ? "warning" : "info"}>{tDashboard(origin)}</Badge>
        )
      }
      actions={
        <>
          {laid && (
            <LinkButton
              href={crossHref(filter, {
                rows: layout.rows,
                ...(part?.axis && { columns: part.axis }),
              })}
              icon={<ChartColumn size={16} aria-hidden />}
            >
              {t("cross")}
            </LinkButton>
          )}
          <LayoutTools kept={kept} draws={draws} />
          <PrintButton />
          {laid && (
            <Menu label={t("download")} align="end">
              <MenuItem href={file("xlsx")}>{t("xlsx")}</MenuItem>
              <MenuItem href={file("pdf")}>{t("pdf")}</MenuItem>
              <MenuItem href={file("csv")}>{t("csv")}</MenuItem>
            </Menu>
          )}
        </>
      }
    />
  );
}

function Scope({ view, show }: LayoutPageProps) {
  const t = useTranslations("layouts.filter");
  const tYear = useTranslations("dashboard.filter");
  const { filter, reference, kept } = view;
  const { year, yearAxis, org } = filter;
  return (
    <ScopeBar
      path={layoutHref(kept.id)}
      label={t("label")}
      apply={t("apply")}
      kept={{}}
      fields={[
        {
          name: "year",
          label: t("year"),
          width: "year",
          value: String(year),
          options: yearOptions(reference, year, yearAxis),
        },
        yearAxisField(yearAxis, tYear),
        {
          name: "org",
          label: t("org"),
          width: "place",
          value: org,
          organisations: placeSource(view, org, show.locale),
        },
      ]}
    />
  );
}

function Shown({ view, show, laid }: LayoutPageProps & { laid: Laid }) {
  const t = useTranslations("layouts");
  const words = useLayoutWords(show);
  const table = layoutTable({ view, laid, words });
  const { paper, filters, partly } = table;
  const columnAt = (key: string) => Number(key);
  return (
    <PaperReport
      table={paper}
      sheets={layoutSheets(table, view.layout, words)}
      unit={paper.units ?? ""}
      show={show}
      hrefOf={({ column, at }) => {
        const filter = filters[at]?.[columnAt(column.key)];
        return filter ? explainHref(filter) : undefined;
      }}
      partlyOf={({ column, at }) =>
        partly[at]?.[columnAt(column.key)] ? t("partlyMark") : undefined
      }
      words={{ checks: t("checks"), notes: t("notes") }}
    />
  );
}

/** A report form of a year: the model its files are written from. */
export function LayoutPage({ view, show }: LayoutPageProps) {
  const t = useTranslations("layouts");
  const { laid, refused, unknown } = view;
  return (
    <div className="stack">
      <div className="no-print stack">
        <Head view={view} show={show} />
        <Scope view={view} show={show} />
      </div>
      {refused && (
        <Callout tone="warning">
          {refused.why === "tooManyCells"
            ? t("refused.tooManyCells", { cells: refused.cells })
            : unknown.length > 0
              ? t("refused.unknownCodes", { codes: unknown.join(", ") })
              : t("refused.noProgrammes")}
        </Callout>
      )}
      {laid && <Shown view={view} show={show} laid={laid} />}
      <p className="quiet no-print">{t("printNote")}</p>
    </div>
  );
}
