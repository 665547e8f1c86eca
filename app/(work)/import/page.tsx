import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportsList } from "@/components/imports/imports-list";
import { UploadForm } from "@/components/imports/upload-form";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { importsHref } from "@/lib/features/imports/address";
import { loadImports } from "@/lib/features/imports/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({ searchParams }: PageProps<"/import">) {
  const { page, paged, reference, organisations } = await loadImports(await searchParams);
  const t = await getTranslations("imports");
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Card title={t("upload.title")}>
        <UploadForm reference={reference} organisations={organisations} />
      </Card>
      <Card title={t("list.title")} flush>
        <ImportsList items={page.items} reference={reference} />
      </Card>
      <Pagination
        previousHref={null}
        nextHref={page.nextCursor && importsHref(page.nextCursor)}
        summary={
          paged && (
            <LinkButton href={importsHref()} size="small" variant="quiet">
              {t("list.newest")}
            </LinkButton>
          )
        }
      />
    </div>
  );
}
