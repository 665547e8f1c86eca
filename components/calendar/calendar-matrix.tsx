"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/table/data-table";
import type { DataColumn } from "@/components/table/columns";
import { AppLink } from "@/components/ui/app-link";
import { calendarHref } from "@/lib/features/calendar/address";
import type { Completeness, Matrix, MatrixCell, MatrixRow } from "@/lib/features/calendar/types";
import styles from "./calendar.module.css";

type Props = {
  matrix: Matrix;
  year: number;
  /** Codes → names. */
  places: Record<string, string>;
  programmes: Record<string, string>;
};

/** 已报 9，零申报 1，逾期未报 1: what there is, and nothing of what there is not. */
function useCounts() {
  const t = useTranslations("calendar.counts");
  const states = ["done", "nil", "late", "missing", "due", "ahead"] as const;
  return (counts: Completeness) =>
    states
      .filter((state) => counts[state] > 0)
      .map((state) => t(state, { count: counts[state] }))
      .join(t("and"));
}

function useCellWords() {
  const t = useTranslations("calendar.cell");
  const counts = useCounts();
  return ({ one, counts: several }: MatrixCell): { words: string; time: string | null } => {
    if (one === null) return { words: counts(several), time: null };
    const { state, daysLeft, daysLate, records } = one;
    const late = daysLate === null ? null : t("daysLate", { days: daysLate });
    if (state === "done")
      return { words: records > 0 ? t("done", { count: records }) : t("covered"), time: late };
    if (state === "late") return { words: t("late"), time: late };
    if (state === "due") return { words: t("due"), time: t("daysLeft", { days: daysLeft ?? 0 }) };
    return { words: t(state), time: null };
  };
}

function useColumns({ matrix, year, places, programmes }: Props): DataColumn<MatrixRow>[] {
  const t = useTranslations("calendar");
  const words = useCellWords();
  const completeness = (counts: Completeness) =>
    counts.asked === 0
      ? "—"
      : t("completeness", {
          asked: counts.asked,
          settled: counts.done + counts.nil,
          punctual: counts.punctual,
        });
  return [
    {
      id: "organisation",
      header: t("organisation"),
      width: "9em",
      hideable: false,
      cell: ({ organisation }) => (
        <AppLink href={calendarHref({ year, org: organisation })}>{places[organisation]}</AppLink>
      ),
      total: t("total"),
    },
    {
      id: "whole",
      header: t("whole"),
      width: "14em",
      hideable: false,
      cell: ({ counts }) => completeness(counts),
      total: completeness(matrix.total),
    },
    ...matrix.programmes.map(({ code, counts }) => ({
      id: code,
      header: programmes[code] ?? code,
      // several periods take more words
      width: matrix.rows.some(({ cells }) => cells[code]?.one === null) ? "11em" : "6.5em",
      cell: ({ cells }: MatrixRow) => {
        const cell = cells[code];
        if (!cell) return <span className={styles.quiet}>{t("notAsked")}</span>;
        const { words: said, time } = words(cell);
        return (
          <span className={styles.cell}>
            <AppLink
              href={cell.href}
              className={cell.counts.late + cell.counts.missing > 0 ? styles.open : undefined}
            >
              {said}
            </AppLink>
            {time && <span className={styles.quiet}>{time}</span>}
          </span>
        );
      },
      total: completeness(counts),
    })),
  ];
}

/** County by programme, in the order of the codes. */
export function CalendarMatrix(props: Props) {
  const t = useTranslations("calendar");
  const { matrix, year, places } = props;
  return (
    <DataTable
      id="calendar"
      caption={t("caption", { year: String(year) })}
      columns={useColumns(props)}
      rows={matrix.rows}
      rowId={({ organisation }) => organisation}
      rowName={({ organisation }) => places[organisation] ?? organisation}
    />
  );
}
