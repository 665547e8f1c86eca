"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DataColumn } from "@/components/table/columns";
import type { ProgrammesView } from "@/lib/features/admin/types";
import type { AdminProgramme } from "@/lib/features/admin/schema";
import type { Locale } from "@/lib/kernel/preferences";
import { listText } from "@/lib/kernel/written";
import styles from "./admin.module.css";
import { KeptTable, useInUseColumn } from "./kept-table";
import { MONTHS } from "./months-fields";
import { NewProgrammeDialog } from "./new-programme-dialog";
import { ProgrammeDialog } from "./programme-dialog";

function useColumns() {
  const t = useTranslations("admin");
  const tSeason = useTranslations("labels.season");
  const tForm = useTranslations("labels.form");
  const tMonth = useTranslations("common.chart.months");
  const locale = useLocale() as Locale;
  const columns: DataColumn<AdminProgramme>[] = [
    {
      id: "nameZh",
      header: t("nameZh"),
      width: "10em",
      hideable: false,
      cell: ({ nameZh, contributory, noticeFromYear }) => (
        <>
          <span lang="zh-CN">{nameZh}</span>
          {contributory && <span className={styles.sub}>{t("programmes.contributory")}</span>}
          {noticeFromYear !== null && (
            <span className={styles.sub}>
              {t("programmes.noticeSince", { year: String(noticeFromYear) })}
            </span>
          )}
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
          : listText(
              MONTHS.filter((month) => seasonMonths.includes(Number(month))).map((month) =>
                tMonth(month),
              ),
              locale,
            ),
    },
    {
      id: "forms",
      header: t("programmes.forms"),
      width: "10em",
      phone: "hidden",
      cell: ({ allowedForms }) =>
        listText(
          allowedForms.map((form) => tForm(form)),
          locale,
        ),
    },
    useInUseColumn<AdminProgramme>(),
  ];
  return columns;
}

export function ProgrammesPanel({ programmes, choices }: ProgrammesView) {
  const t = useTranslations("admin.programmes");
  return (
    <KeptTable
      id="admin-programmes"
      caption={t("caption")}
      columns={useColumns()}
      rows={programmes}
      rowId={({ code }) => code}
      rowName={({ nameZh }) => nameZh}
      add={t("new")}
      dialog={(programme, { onClose, onDone }) =>
        programme ? (
          <ProgrammeDialog programme={programme} onClose={onClose} onChanged={onDone} />
        ) : (
          <NewProgrammeDialog choices={choices} onClose={onClose} onCreated={onDone} />
        )
      }
    />
  );
}
