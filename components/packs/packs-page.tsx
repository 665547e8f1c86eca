import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangedSince } from "@/components/changes/changed-since";
import { placeSource, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { packsHref } from "@/lib/features/packs/address";
import type { PacksView } from "@/lib/features/packs/types";
import { reportsHref } from "@/lib/features/summary/address";
import { nameOf } from "@/lib/features/reference/present";
import { AskPack } from "./ask-pack";
import { PackCard } from "./pack-card";

type Props = { view: PacksView; show: Presentation };

function Scope({ view, show }: Props) {
  const t = useTranslations("reports");
  const { year, root, reference } = view;
  return (
    <ScopeBar
      path="/packs"
      label={t("filter.label")}
      apply={t("filter.apply")}
      kept={{}}
      fields={[
        {
          name: "year",
          label: t("filter.year"),
          width: "year",
          value: String(year),
          options: yearOptions(reference, year),
        },
        {
          name: "org",
          label: t("filter.org"),
          width: "place",
          value: root.code,
          organisations: placeSource(view, root.code, show.locale),
        },
      ]}
    />
  );
}

/** 年度资料包: asked for with one click, followed, taken away, and made again. */
export function PacksPage({ view, show, children }: Props & { children?: ReactNode }) {
  const t = useTranslations("packs");
  const { page, year, root, since, paged } = view;
  const asked = { year, org: root.code };
  return (
    <div className="stack">
      <PageHeader
        title={t("title", { year: String(year), place: nameOf(root, show.locale) })}
        lead={t("lead")}
        actions={<LinkButton href={reportsHref(asked)}>{t("summary")}</LinkButton>}
      />
      <Scope view={view} show={show} />
      <AskPack {...asked} unit={show.unit} />
      {since && (
        <Callout tone="info" title={t("since")}>
          <ChangedSince changes={since.changes} show={show} />
        </Callout>
      )}
      {page.items.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>
      ) : (
        page.items.map((pack) => <PackCard key={pack.id} pack={pack} show={show} />)
      )}
      <Pagination
        previousHref={null}
        nextHref={page.nextCursor && packsHref(asked, page.nextCursor)}
        summary={
          paged && (
            <LinkButton href={packsHref(asked)} size="small" variant="quiet">
              {t("newest")}
            </LinkButton>
          )
        }
      />
      {children}
    </div>
  );
}
