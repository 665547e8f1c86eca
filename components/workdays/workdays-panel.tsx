"use client";

import { useTranslations } from "next-intl";
import { KeptTable } from "@/components/admin/kept-table";
import type { DataColumn } from "@/components/table/columns";
import type { WorkdayYear } from "@/lib/features/workdays/schema";
import { WorkdaysDialog } from "./workdays-dialog";

/** 01-01、01-02: the year stands at the head of the line. */
const shortDays = (days: readonly string[]) => days.map((day) => day.slice(5)).join("、");

function useColumns(): DataColumn<WorkdayYear>[] {
  const t = useTranslations("admin.workdays");
  return [
    { id: "year", header: t("year"), width: "6em", hideable: false, cell: ({ year }) => year },
    { id: "source", header: t("source"), width: "14em", cell: ({ source }) => source },
    {
      id: "rest",
      header: t("rest"),
      width: "26em",
      cell: ({ restDays }) => shortDays(restDays) || "—",
    },
    {
      id: "work",
      header: t("work"),
      width: "14em",
      cell: ({ workDays }) => shortDays(workDays) || "—",
    },
  ];
}

export function WorkdaysPanel({ years }: { years: WorkdayYear[] }) {
  const t = useTranslations("admin.workdays");
  const next = (years[0]?.year ?? 2025) + 1;
  return (
    <KeptTable
      id="admin-workdays"
      caption={t("caption")}
      columns={useColumns()}
      rows={years}
      rowId={({ year }) => String(year)}
      rowName={({ year }) => t("of", { year: String(year) })}
      add={t("new", { year: String(next) })}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(kept, ways) => <WorkdaysDialog kept={kept} year={kept?.year ?? next} {...ways} />}
    />
  );
}
