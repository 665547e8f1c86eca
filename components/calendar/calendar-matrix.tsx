"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/table/data-table";
import type { DataColumn } from "@/components/table/columns";
import { AppLink } from "@/components/ui/app-link";
import { calendarHref } from "@/lib/features/calendar/address";
import type { MatrixRow } from "@/lib/features/calendar/types";
import { MatrixFolds } from "./matrix-folds";
import { CellWords } from "./matrix-cell";
import { useCompletenessWords, type MatrixProps } from "./matrix-words";
import styles from "./calendar.module.css";

function useColumns(props: MatrixProps & { rows: readonly MatrixRow[] }): DataColumn<MatrixRow>[] {
  const { matrix, rows, year, asked, places, programmes } = props;
  const t = useTranslations("calendar");
  const narrowed = asked.state !== undefined;
  const completeness = useCompletenessWords(narrowed);
  return [
    {
      id: "organisation",
      header: t("organisation"),
      width: "9em",
      hideable: false,
      cell: ({ organisation }) => (
        <AppLink href={calendarHref({ year, org: organisation, ...asked })}>
          {places[organisation]}
        </AppLink>
      ),
      total: t("total"),
    },
    {
      id: "whole",
      header: t("whole"),
      width: narrowed ? "9em" : "14em",
      hideable: false,
      cell: ({ counts }) => completeness(counts),
      total: completeness(matrix.total),
    },
    ...matrix.programmes.map(({ code, counts }) => ({
      id: code,
      header: programmes[code] ?? code,
      // several periods take more words
      width: rows.some(({ cells }) => cells[code]?.one === null) ? "13em" : "6.5em",
      cell: ({ cells }: MatrixRow) => {
        const cell = cells[code];
        if (cell) return <CellWords cell={cell} />;
        return <span className={styles.quiet}>{t(narrowed ? "none" : "notAsked")}</span>;
      },
      total: completeness(counts),
    })),
  ];
}

/** County by programme, in the order of the codes; on a phone folded by prefecture. */
export function CalendarMatrix(props: MatrixProps) {
  const t = useTranslations("calendar");
  const { matrix, year, places } = props;
  const rows = matrix.groups.flatMap((group) => group.rows);
  return (
    <>
      <div className={styles.wide}>
        <DataTable
          id="calendar"
          caption={t("caption", { year: String(year) })}
          columns={useColumns({ ...props, rows })}
          rows={rows}
          rowId={({ organisation }) => organisation}
          rowName={({ organisation }) => places[organisation] ?? organisation}
        />
      </div>
      <MatrixFolds {...props} />
    </>
  );
}
