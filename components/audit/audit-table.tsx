"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { clockTime } from "@/lib/kernel/written";
import type { ToldEntry } from "@/lib/features/audit/present";
import { COUNTED_AT_MOST } from "@/lib/kernel/audit-actions";
import styles from "./audit.module.css";
import { AuditEntryDialog } from "./audit-entry-dialog";
import { useSentence } from "./use-sentence";

type Props = { entries: ToldEntry[]; names: Record<string, string>; total: number };

function useColumns(names: Record<string, string>, open: (entry: ToldEntry) => void) {
  const t = useTranslations("audit");
  const english = useLocale() === "en";
  const sentence = useSentence();
  const columns: DataColumn<ToldEntry>[] = [
    {
      id: "time",
      header: t("time"),
      hideable: false,
      cell: (entry) => <span className="nowrap">{clockTime(entry.at)}</span>,
    },
    { id: "what", header: t("what"), width: "16em", hideable: false, cell: sentence },
    {
      id: "who",
      header: t("who"),
      width: "9em",
      cell: ({ actor }) =>
        actor ? (
          <span>
            {english ? actor.nameEn : actor.nameZh}
            <span className={styles.name}>{actor.username}</span>
          </span>
        ) : (
          t("system")
        ),
    },
    {
      id: "where",
      header: t("where"),
      width: "10em",
      cell: ({ organisation }) => (organisation ? (names[organisation] ?? organisation) : "—"),
    },
    { id: "number", header: t("number"), align: "end", phone: "hidden", cell: ({ id }) => id },
    {
      id: "details",
      header: t("details"),
      hideable: false,
      cell: (entry) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("details")} ${entry.id}`}
          onClick={() => open(entry)}
        >
          {t("details")}
        </Button>
      ),
    },
  ];
  return columns;
}

export function AuditTable({ entries, names, total }: Props) {
  const t = useTranslations("audit");
  const [shown, setShown] = useState<ToldEntry | null>(null);
  const sentence = useSentence();
  const columns = useColumns(names, setShown);
  return (
    <>
      <DataTable
        id="audit"
        caption={t("caption")}
        columns={columns}
        rows={entries}
        rowId={(entry) => entry.id}
        rowName={(entry) => `${clockTime(entry.at)} ${sentence(entry)}`}
        toolbar={
          <span className="quiet">
            {total > COUNTED_AT_MOST
              ? t("foundMore", { total: COUNTED_AT_MOST, count: entries.length })
              : t("found", { total, count: entries.length })}
          </span>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
      {shown && (
        <AuditEntryDialog
          entry={shown}
          place={shown.organisation && (names[shown.organisation] ?? shown.organisation)}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}
