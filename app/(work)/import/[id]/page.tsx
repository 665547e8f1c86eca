import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ImportFacts } from "@/components/imports/import-facts";
import { ImportPanel } from "@/components/imports/import-panel";
import { ProblemGroups, ProblemList } from "@/components/imports/import-problems";
import { ImportBadge } from "@/components/imports/imports-list";
import styles from "@/components/imports/imports.module.css";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { importHref } from "@/lib/features/imports/address";
import { loadImport } from "@/lib/features/imports/loaders";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportPage({ params, searchParams }: PageProps<"/import/[id]">) {
  const locale = (await getLocale()) as Locale;
  const [{ id }, search] = await Promise.all([params, searchParams]);
  const { view, reference, shown } = await loadImport(id, search, locale);
  const t = await getTranslations("imports");
  const organisation = namesOf(reference, locale).organisation(view.organisation);
  const by = nameOf(view.createdBy, locale);
  const kind = { code: shown.code, column: shown.column };
  const isRead = view.status !== "reading" && view.status !== "refused";
  return (
    <div className="stack">
      <PageHeader
        title={view.fileName}
        lead={t("one.file", { organisation, by, at: momentText(view.createdAt) })}
        marks={<ImportBadge status={view.status} />}
        trail={[{ href: "/import", label: t("one.back") }]}
        trailLabel={t("title")}
        actions={<LinkButton href="/import">{t("one.another")}</LinkButton>}
      />
      {isRead && <ImportFacts view={view} />}
      <ImportPanel key={`${view.status}:${view.rows}`} view={view} reference={reference} />
      {isRead && view.notes.length > 0 && (
        <Card title={t("notes")}>
          <ul className={styles.notes}>
            {view.notes.map(({ code, message }) => (
              <li key={code}>{message}</li>
            ))}
          </ul>
        </Card>
      )}
      {isRead && view.groups.length > 0 && (
        <Card title={t("groups.title")}>
          <ProblemGroups id={id} groups={view.groups} shown={kind} />
        </Card>
      )}
      {isRead && view.problems.length > 0 && (
        <Card title={t("problems.title")} id="problems">
          <ProblemList id={id} problems={view.problems} shown={kind} />
          <Pagination
            previousHref={shown.cursor === undefined ? null : importHref(id, { ...kind })}
            nextHref={view.nextCursor && importHref(id, { ...kind, cursor: view.nextCursor })}
          />
        </Card>
      )}
    </div>
  );
}
