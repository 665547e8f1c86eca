"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { AppLink } from "@/components/ui/app-link";
import { Badge, type Tone } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { importHref } from "@/lib/features/imports/address";
import type { ImportSummary } from "@/lib/features/imports/schema";
import type { ImportStatus } from "@/lib/features/imports/types";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText, wholeText } from "@/lib/kernel/written";

const TONES: Record<ImportStatus, Tone> = {
  reading: "info",
  preview: "warning",
  committing: "info",
  committed: "success",
  undone: "neutral",
  refused: "danger",
};

export function ImportBadge({ status }: { status: ImportStatus }) {
  const t = useTranslations("imports.status");
  return <Badge tone={TONES[status]}>{t(status)}</Badge>;
}

export function ImportsList({
  items,
  reference,
}: {
  items: readonly ImportSummary[];
  reference: PageReference;
}) {
  const t = useTranslations("imports.list");
  const locale = useLocale() as Locale;
  const names = namesOf(reference, locale);
  const columns: DataColumn<ImportSummary>[] = [
    {
      id: "file",
      header: t("file"),
      width: "16em",
      hideable: false,
      cell: ({ id, fileName }) => <AppLink href={importHref(id)}>{fileName}</AppLink>,
    },
    {
      id: "status",
      header: t("status"),
      hideable: false,
      cell: ({ status }) => <ImportBadge status={status} />,
    },
    { id: "rows", header: t("rows"), align: "end", cell: ({ rows }) => wholeText(rows) },
    {
      id: "entered",
      header: t("entered"),
      align: "end",
      cell: ({ entered }) => wholeText(entered),
    },
    { id: "bad", header: t("bad"), align: "end", cell: ({ bad }) => wholeText(bad) },
    {
      id: "organisation",
      header: t("organisation"),
      phone: "hidden",
      cell: ({ organisation }) => names.organisation(organisation),
    },
    {
      id: "by",
      header: t("by"),
      phone: "hidden",
      cell: ({ createdBy }) => nameOf(createdBy, locale),
    },
    { id: "at", header: t("at"), cell: ({ createdAt }) => momentText(createdAt) },
  ];
  return (
    <DataTable
      id="imports"
      caption={t("caption")}
      columns={columns}
      rows={items}
      rowId={({ id }) => id}
      rowName={({ fileName }) => fileName}
      menu={false}
      empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
    />
  );
}
