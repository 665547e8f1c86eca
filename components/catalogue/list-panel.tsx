"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCodedColumns } from "@/components/admin/coded-columns";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ListItem } from "@/lib/features/catalogue/schema";
import type { ListName } from "@/lib/features/catalogue/types";
import { ListItemDialog } from "./list-item-dialog";

type Props = { list: ListName; items: ListItem[] };

function useColumns(list: ListName, open: (item: ListItem) => void): DataColumn<ListItem>[] {
  const t = useTranslations("admin");
  const own: DataColumn<ListItem>[] = [
    {
      id: "nameZh",
      header: t("nameZh"),
      width: "10em",
      hideable: false,
      cell: ({ nameZh }) => <span lang="zh-CN">{nameZh}</span>,
    },
    {
      id: "nameEn",
      header: t("nameEn"),
      width: "12em",
      cell: ({ nameEn }) => <span lang="en">{nameEn}</span>,
    },
    {
      id: "code",
      header: t("code"),
      phone: "hidden",
      cell: ({ code }) => <span className="nowrap">{code}</span>,
    },
    {
      id: "order",
      header: t("order"),
      align: "end",
      phone: "hidden",
      cell: ({ sortOrder }) => sortOrder,
    },
  ];
  const earmarked: DataColumn<ListItem> = {
    id: "earmarked",
    header: t("lists.use"),
    cell: (item) =>
      item.earmarked ? <Badge tone="warning">{t("lists.earmarked")}</Badge> : t("lists.general"),
  };
  return [...own, ...(list === "fund-sources" ? [earmarked] : []), ...useCodedColumns(open)];
}

/** A list of codes and names, in the order in which it is offered. */
export function ListPanel({ list, items }: Props) {
  const t = useTranslations("admin.lists");
  const router = useRouter();
  const [open, setOpen] = useState<ListItem | "new" | null>(null);
  const columns = useColumns(list, setOpen);
  return (
    <>
      <DataTable
        id={`admin-${list}`}
        caption={t(`name.${list}`)}
        columns={columns}
        rows={items}
        rowId={({ code }) => code}
        rowName={({ nameZh }) => nameZh}
        toolbar={
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => setOpen("new")}>
            {t(`new.${list}`)}
          </Button>
        }
      />
      {open && (
        <ListItemDialog
          list={list}
          item={open === "new" ? null : open}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
