import { ChartColumn } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChartFrame } from "@/components/chart/chart-frame";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import { sumWords, type Presentation } from "@/components/figures/presentation";
import { PrintButton } from "@/components/summary/print-button";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { compareExportHref, compareHref } from "@/lib/features/compare/address";
import { compareTable, differenceWords, peerWords } from "@/lib/features/compare/present";
import {
  PER_UNIT,
  type CompareAsked,
  type CompareSection,
  type CompareTable,
  type CompareView,
  type CompareWords,
} from "@/lib/features/compare/types";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";
import type { CardFace } from "@/lib/kernel/preferences";
import { CompareBars } from "./compare-bars";
import { CompareFigures } from "./compare-figures";
import { CompareFiles } from "./compare-files";
import { CompareScope } from "./compare-scope";
import { useCompareWords } from "./use-compare-words";

type ComparePageProps = {
  view: CompareView;
  show: Presentation;
  turned: ReadonlyMap<string, CardFace>;
};
type Part = Pick<ComparePageProps, "view" | "show"> & {
  asked: CompareAsked;
  table: CompareTable;
  words: CompareWords;
};

const askedOf = ({ of, span, sides }: CompareView): CompareAsked => ({
  of,
  span,
  a: sides[0]?.code,
  b: sides[1]?.code,
  c: sides[2]?.code,
});

function Head({ view, show, asked, table }: Part) {
  const t = useTranslations("compare");
  const tDashboard = useTranslations("dashboard");
  const tCross = useTranslations("cross");
  const { common, origin, year } = view;
  const href = (format: "xlsx" | "csv") =>
    compareExportHref(common, asked, { format, unit: show.unit });
  return (
    <PageHeader
      title={table.title}
      lead={`${tDashboard("lead")}${show.locale === "en" ? " " : ""}${t("lead")}`}
      marks={
        origin !== "entered" && (
          <Badge tone={origin === "demo" ? "warning" : "info"}>{tDashboard(origin)}</Badge>
        )
      }
      actions={
        <>
          <LinkButton
            href={dashboardHref({ ...common, year })}
            icon={<ChartColumn size={16} aria-hidden />}
          >
            {tCross("dashboard")}
          </LinkButton>
          <PrintButton />
          <Menu label={tCross("download")} align="end">
            <MenuItem href={href("xlsx")}>{tCross("xlsx")}</MenuItem>
            <MenuItem href={href("csv")}>{tCross("csv")}</MenuItem>
          </Menu>
        </>
      }
    />
  );
}

function Sides({ view, show, table, words }: Part) {
  const t = useTranslations("compare");
  const unit = useTranslations("common.unit")(show.unit);
  return (
    <StatRow label={t("section.totals")}>
      {view.sides.map((side, at) => (
        <StatFigure
          key={side.code}
          label={table.names[at]}
          value={sumWords(side.totals, show)}
          unit={unit}
          href={side.totals.records === 0 ? undefined : explainHref(side.filter)}
          note={
            <>
              {differenceWords(at, { view, words }) ?? t(at === 0 ? "first" : "notHeld")}
              {PER_UNIT.map((unit) => (
                <div key={unit}>{peerWords({ side, unit }, { view, words })}</div>
              ))}
            </>
          }
        />
      ))}
    </StatRow>
  );
}

type SectionProps = Part & { section: CompareSection; turned: ComparePageProps["turned"] };

function Section({ section, turned, ...part }: SectionProps): ReactNode {
  const { table, view, show, asked } = part;
  // a rate is read in yuan, whatever the page's unit
  const unit = useTranslations("common.unit")(section.id === "perUnit" ? "yuan" : show.unit);
  const id = `compare${section.id}`;
  const figures = <CompareFigures {...{ section, columns: table.columns, asked, show }} />;
  const drawn = section.id === "split" || section.id === "months";
  const tools = (
    <CompareFiles {...{ view, show, asked, table, section }} drawn={drawn ? id : undefined} />
  );
  if (drawn)
    return (
      <CompareBars
        {...{ section, names: table.names, asked, show }}
        card={{ id, table: figures, tools, face: turned.get(id) }}
      />
    );
  return (
    <ChartFrame
      {...{ id, unit, tools }}
      title={section.title}
      subtitle={section.note}
      table={figures}
    />
  );
}

function Foot({ view, show, table, asked }: Part) {
  const t = useTranslations("compare");
  return (
    <footer className="quiet">
      <AsOf asOf={view.asOf} />
      {table.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {view.partly && (
        <p className="no-print">
          <AppLink
            href={compareHref(view.common, {
              ...asked,
              span: view.span === "whole" ? "same" : "whole",
            })}
          >
            {t(view.span === "whole" ? "spanSame" : "spanWhole")}
          </AppLink>
        </p>
      )}
      {view.sides.map(({ code, leftOut, filter }, at) => (
        <p key={code}>
          {table.names[at]}
          {t("colon")}
          <LeftOutWords leftOut={leftOut} show={show} filter={filter} />
        </p>
      ))}
    </footer>
  );
}

/** 并列对比: two or three places, programmes or years on one scale, as they stand in the address. */
export function ComparePage({ view, show, turned }: ComparePageProps) {
  const t = useTranslations("compare");
  const words = useCompareWords(show);
  const asked = askedOf(view);
  const table = compareTable(view, words);
  const part = { view, show, asked, table, words };
  const section = (id: CompareSection["id"]) => {
    const found = table.sections.find((one) => one.id === id);
    return found && <Section {...part} section={found} turned={turned} />;
  };
  return (
    <div className="stack">
      <Head {...part} />
      <CompareScope view={view} show={show} asked={asked} />
      {view.sides.length < 2 ? (
        <EmptyState title={t("oneSide.title")}>{t("oneSide.body")}</EmptyState>
      ) : (
        <>
          <Sides {...part} />
          {section("totals")}
          <div className="columns">
            {section("split")}
            {section("months")}
          </div>
          {section("perUnit")}
          {section("known")}
          <Foot {...part} />
        </>
      )}
    </div>
  );
}
