"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import type { RevealCount } from "@/lib/features/reveals/types";

function useColumns(): DataColumn<RevealCount>[] {
  const t = useTranslations("reveals");
  const english = useLocale() === "en";
  const list = (words: readonly string[]) => words.join(english ? ", " : "、");
  return [
    {
      id: "day",
      header: t("column.day"),
      hideable: false,
      cell: ({ day }) => <span className="nowrap">{day}</span>,
    },
    {
      id: "user",
      header: t("column.user"),
      hideable: false,
      cell: ({ user }) => (english ? user.nameEn : user.nameZh),
    },
    {
      id: "what",
      header: t("column.what"),
      hideable: false,
      cell: ({ what }) => t(`what.${what}`),
    },
    { id: "lines", header: t("column.lines"), align: "end", cell: ({ lines }) => lines },
    { id: "reveals", header: t("column.reveals"), align: "end", cell: ({ reveals }) => reveals },
    { id: "byTwo", header: t("column.byTwo"), align: "end", cell: ({ byTwo }) => byTwo },
    {
      id: "fields",
      header: t("column.fields"),
      cell: ({ fields }) => list(fields.map((field) => t(`field.${field}`))),
    },
    {
      id: "reasons",
      header: t("column.reasons"),
      cell: ({ reasons }) => list(reasons.map((reason) => t(`reason.${reason}`))),
    },
  ];
}

/** Who was shown how much, and whom it was of stands nowhere here. */
export function RevealsTable({ items, lead }: { items: RevealCount[]; lead?: string | undefined }) {
  const t = useTranslations("reveals");
  const columns = useColumns();
  return (
    <DataTable
      id="reveals"
      caption={t("caption")}
      columns={columns}
      rows={items}
      rowId={({ user, day, what }) => `${user.id} ${day} ${what}`}
      rowName={({ user, day, what }) => `${day} ${user.nameZh} ${t(`what.${what}`)}`}
      toolbar={lead && <span className="quiet">{lead}</span>}
      empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
    />
  );
}
