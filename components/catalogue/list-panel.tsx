"use client";

import { useTranslations } from "next-intl";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import type { DataColumn } from "@/components/table/columns";
import { Badge } from "@/components/ui/badge";
import type { ListItem } from "@/lib/features/catalogue/schema";
import type { ListName } from "@/lib/features/catalogue/types";
import { ListItemDialog } from "./list-item-dialog";

type Props = { list: ListName; items: ListItem[] };

function useColumns(list: ListName): DataColumn<ListItem>[] {
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
  const limits: DataColumn<ListItem> = {
    id: "limits",
    header: t("lists.limit"),
    cell: (item) =>
      item.limits?.length
        ? item.limits
            .map(({ fromYear, limit }) =>
              t("lists.limitSince", { year: String(fromYear), limit: t(`lists.limits.${limit}`) }),
            )
            .join("；")
        : t(`lists.limits.${item.earmarked ? "stop" : "none"}`),
  };
  return [
    ...own,
    ...(list === "fund-sources" ? [earmarked, limits] : []),
    useInUseColumn<ListItem>(),
  ];
}

/** A list of codes and names, in the order in which it is offered. */
export function ListPanel({ list, items }: Props) {
  const t = useTranslations("admin.lists");
  return (
    <KeptTable
      id={`admin-${list}`}
      caption={t(`name.${list}`)}
      columns={useColumns(list)}
      rows={items}
      rowId={({ code }) => code}
      rowName={({ nameZh }) => nameZh}
      add={t(`new.${list}`)}
      dialog={(item, ways) => <ListItemDialog list={list} item={item} {...ways} />}
    />
  );
}
