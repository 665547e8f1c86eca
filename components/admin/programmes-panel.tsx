"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import type { ProgrammesView } from "@/lib/features/admin/types";
import type { AdminProgramme } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { useCodedColumns } from "./coded-columns";
import { MONTHS } from "./months-fields";
import { NewProgrammeDialog } from "./new-programme-dialog";
import { ProgrammeDialog } from "./programme-dialog";

function useColumns(open: (programme: AdminProgramme) => void) {
  const t = useTranslations("admin");
  const tSeason = useTranslations("labels.season");
  const tForm = useTranslations("labels.form");
  const tMonth = useTranslations("common.chart.months");
  const comma = useLocale() === "en" ? ", " : "、";
  const columns: DataColumn<AdminProgramme>[] = [
    {
      id: "nameZh",
      header: t("nameZh"),
      width: "10em",
      hideable: false,
      cell: ({ nameZh, contributory }) => (
        <>
          <span lang="zh-CN">{nameZh}</span>
          {contributory && <span className={styles.sub}>{t("programmes.contributory")}</span>}
        </>
      ),
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
    { id: "season", header: t("programmes.season"), cell: ({ season }) => tSeason(season) },
    {
      id: "months",
      header: t("programmes.months"),
      width: "10em",
      cell: ({ seasonMonths }) =>
        seasonMonths.length === 0
          ? t("programmes.allYear")
          : MONTHS.filter((month) => seasonMonths.includes(Number(month)))
              .map((month) => tMonth(month))
              .join(comma),
    },
    {
      id: "forms",
      header: t("programmes.forms"),
      width: "10em",
      phone: "hidden",
      cell: ({ allowedForms }) => allowedForms.map((form) => tForm(form)).join(comma),
    },
    ...useCodedColumns(open),
  ];
  return columns;
}

export function ProgrammesPanel({ programmes, choices }: ProgrammesView) {
  const t = useTranslations("admin.programmes");
  const router = useRouter();
  const [open, setOpen] = useState<AdminProgramme | null>(null);
  const [isNew, setNew] = useState(false);
  const columns = useColumns(setOpen);
  return (
    <>
      <DataTable
        id="admin-programmes"
        caption={t("caption")}
        columns={columns}
        rows={programmes}
        rowId={({ code }) => code}
        rowName={({ nameZh }) => nameZh}
        toolbar={
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setNew(true)}
          >
            {t("new")}
          </Button>
        }
      />
      {isNew && (
        <NewProgrammeDialog
          choices={choices}
          onClose={() => setNew(false)}
          onCreated={() => {
            setNew(false);
            router.refresh();
          }}
        />
      )}
      {open && (
        <ProgrammeDialog
          programme={open}
          onClose={() => setOpen(null)}
          onChanged={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
