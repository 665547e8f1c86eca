"use client";

import { useTranslations } from "next-intl";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import type { ExportMap } from "@/lib/features/export-maps/schema";
import { MapDialog } from "./map-dialog";

function useColumns(): DataColumn<ExportMap>[] {
  const t = useTranslations("admin");
  const name = useName();
  return [
    {
      id: "name",
      header: t("maps.name"),
      width: "12em",
      hideable: false,
      cell: (map) => name(map),
    },
    {
      id: "headings",
      header: t("maps.headings"),
      width: "30em",
      cell: ({ headings }) => headings.join(t("maps.separator")),
    },
    {
      id: "code",
      header: t("code"),
      phone: "hidden",
      cell: ({ code }) => <span className="nowrap">{code}</span>,
    },
    useInUseColumn<ExportMap>(),
  ];
}

export function MapsPanel({ maps }: { maps: ExportMap[] }) {
  const t = useTranslations("admin.maps");
  const name = useName();
  return (
    <KeptTable
      id="admin-maps"
      caption={t("caption")}
      columns={useColumns()}
      rows={maps}
      rowId={({ code }) => code}
      rowName={(map) => name(map)}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(map, ways) => <MapDialog map={map} {...ways} />}
    />
  );
}
