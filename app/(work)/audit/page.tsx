import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditFilter } from "@/components/audit/audit-filter";
import { FilterChips } from "@/components/figures/filter-chips";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { ChainHead } from "@/components/audit/chain-head";
import { AuditTable } from "@/components/audit/audit-table";
import { organisationSource } from "@/components/reference/organisation-source";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { loadMayAsk } from "@/lib/features/jobs/loaders";
import { explainHref } from "@/lib/features/ledger/address";
import { loadPreferences } from "@/lib/i18n/preferences";
import { loadAudit } from "@/lib/features/audit/loaders";
import { nameOf } from "@/lib/features/reference/present";
import { auditFileHref, auditHref } from "@/lib/features/audit/address";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const view = await loadAudit(await searchParams);
  const { page, query, ignored, reference, places, figure } = view;
  const mayAsk = await loadMayAsk();
  const [{ locale, unit }, t, tHealth, tReveals] = await Promise.all([
    loadPreferences(),
    getTranslations("audit"),
    getTranslations("health"),
    getTranslations("reveals"),
  ]);
  if (ignored.length > 0) return <UnreadableAddress names={ignored} href={auditHref(query)} />;
  const names = Object.fromEntries(reference.organisations.map((o) => [o.code, nameOf(o, locale)]));
  const { cursor, ...filter } = query;
  return (
    <div className="stack">
      <PageHeader
        title={t(figure ? "ofFigure" : "title")}
        lead={t(figure ? "ofFigureLead" : "lead")}
        actions={
          <>
            {figure && <LinkButton href={explainHref(figure)}>{t("toFigure")}</LinkButton>}
            {view.mayExport && (
              <LinkButton href={auditFileHref(filter)} download="">
                {t("export")}
              </LinkButton>
            )}
            {mayAsk.includes("invariants") && (
              <LinkButton href="/admin/health">{tHealth("title")}</LinkButton>
            )}
            {view.seesReveals && <LinkButton href="/admin/reveals">{tReveals("title")}</LinkButton>}
          </>
        }
      />
      {figure && <FilterChips filter={figure} reference={reference} show={{ locale, unit }} />}
      <Card>
        <AuditFilter
          key={auditHref(filter)}
          query={query}
          organisations={organisationSource(reference, {
            chosen: query.org,
            locale,
            listed: () =>
              places.map(({ code }) => ({ value: code, label: `${code} ${names[code] ?? ""}` })),
          })}
        />
      </Card>
      <AuditTable entries={page.items} names={names} total={page.total} />
      <Pagination
        previousHref={null}
        nextHref={page.nextCursor && auditHref({ ...filter, cursor: page.nextCursor })}
        summary={
          cursor && (
            <LinkButton href={auditHref(filter)} size="small" variant="quiet">
              {t("newest")}
            </LinkButton>
          )
        }
      />
      {page.head && <ChainHead head={page.head} />}
    </div>
  );
}
