import { ChartColumn } from "lucide-react";
import { useTranslations } from "next-intl";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import { ChangesLink } from "@/components/changes/changed-since";
import { FrozenCard } from "@/components/frozen/frozen-card";
import { usePageViews } from "@/components/frozen/use-page-views";
import type { Presentation } from "@/components/figures/presentation";
import { PrintButton } from "@/components/summary/print-button";
import { SaveAsLayout } from "@/components/layouts/save-as-layout";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { OpenedView } from "@/components/views/opened-view";
import { ViewsMenu } from "@/components/views/views-menu";
import type { ViewsProps } from "@/components/views/views-props";
import { crossExportHref } from "@/lib/features/cross/address";
import { crossTable, type CrossTable } from "@/lib/features/cross/present";
import type { CrossView } from "@/lib/features/cross/types";
import { cardText } from "@/lib/features/dashboard/present";
import { dashboardHref } from "@/lib/features/figures/address";
import { drawsFor } from "@/lib/features/layouts/policy";
import type { PageViews } from "@/lib/features/frozen/types";
import { CrossFigures } from "./cross-table";
import { CrossLook } from "./cross-look";
import { CrossScope } from "./cross-scope";
import styles from "./cross.module.css";
import { useCrossWords } from "./use-cross-words";

type CrossPageProps = { view: CrossView; show: Presentation };

type HeadProps = CrossPageProps & { title: string; views: ViewsProps; draws: boolean };

function Head({ view, show, title, views, draws }: HeadProps) {
  const t = useTranslations("cross");
  const tDashboard = useTranslations("dashboard");
  const { filter, shape, look, origin, cross } = view;
  const href = (format: "xlsx" | "csv") =>
    crossExportHref(filter, { ...shape, ...look }, { format, unit: show.unit });
  return (
    <PageHeader
      title={title}
      lead={`${tDashboard("lead")}${show.locale === "en" ? " " : ""}${t("lead")}`}
      marks={
        origin !== "entered" && (
          <Badge tone={origin === "demo" ? "warning" : "info"}>{tDashboard(origin)}</Badge>
        )
      }
      actions={
        <>
          <ViewsMenu {...views} />
          <LinkButton href={dashboardHref(filter)} icon={<ChartColumn size={16} aria-hidden />}>
            {t("dashboard")}
          </LinkButton>
          {draws && cross && <SaveAsLayout view={view} />}
          <PrintButton />
          {cross && (
            <Menu label={t("download")} align="end">
              <MenuItem href={href("xlsx")}>{t("xlsx")}</MenuItem>
              <MenuItem href={href("csv")}>{t("csv")}</MenuItem>
            </Menu>
          )}
        </>
      }
    />
  );
}

function Legend({ classes, show }: Pick<CrossTable, "classes"> & { show: Presentation }) {
  const t = useTranslations("cross.legend");
  if (classes.length === 0) return null;
  return (
    <p className={`quiet ${styles.legend}`}>
      {t("title")}
      {classes.map(({ upTo, cells }, at) => (
        <span key={at}>
          <span className={styles.swatch} data-tone={at + 1 + (5 - classes.length)} aria-hidden />
          {t("class", { value: cardText(upTo, show), count: cells })}
        </span>
      ))}
    </p>
  );
}

function Shown({ view, show, table }: CrossPageProps & { table: CrossTable }) {
  const { cross, filter } = view;
  const tCommon = useTranslations("common.unit");
  const t = useTranslations("cross");
  if (cross === null) return null;
  const { status: _status, asOf, seq, ...moved } = filter;
  const earlier = (asOf ?? seq) !== undefined;
  if (table.rows.length < 2 || table.columns.length < 2) return <EmptyState title={t("nothing")} />;
  return (
    <>
      <div className={styles.above}>
        <CrossLook view={view} table={table} />
        {table.unit && <span className="quiet">{tCommon("label", { unit: table.unit })}</span>}
      </div>
      <CrossFigures view={view} shown={table} show={show} />
      <Legend classes={table.classes} show={show} />
      <footer className="quiet">
        <AsOf asOf={cross.asOf} />
        <ChangesLink filter={moved} {...(earlier && { since: cross.seq })} />
        <LeftOutWords leftOut={cross.leftOut} show={show} filter={filter} />
        {table.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </footer>
    </>
  );
}

/** 交叉表: any two axes of the ledger against each other, as it stands in the address. */
export function CrossPage({ view, show, saved }: CrossPageProps & { saved: PageViews }) {
  const t = useTranslations("cross");
  const words = useCrossWords(show);
  const { cross, refused } = view;
  const views = usePageViews(saved, view.reference.organisations, show.locale);
  const table = cross && crossTable({ ...view, cross, words });
  return (
    <div className="stack">
      <Head
        view={view}
        show={show}
        title={table?.title ?? t("title")}
        views={views}
        draws={drawsFor(saved.actor) !== null}
      />
      <OpenedView {...views} />
      <FrozenCard saved={saved} reference={view.reference} show={show} />
      <CrossScope view={view} show={show} />
      {refused && (
        <Callout tone="warning">
          {refused.why === "sameAxis"
            ? t("refused.sameAxis")
            : t("refused.tooManyCells", { cells: refused.cells })}
        </Callout>
      )}
      {table && <Shown view={view} show={show} table={table} />}
    </div>
  );
}
