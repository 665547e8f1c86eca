"use client";

import { useTranslations } from "next-intl";
import type {
  Completeness,
  Matrix,
  MatrixCell,
  Narrowing,
  PeriodState,
} from "@/lib/features/calendar/types";

export type MatrixProps = {
  matrix: Matrix;
  year: number;
  asked: Narrowing;
  /** Codes → names. */
  places: Record<string, string>;
  programmes: Record<string, string>;
};

/** A number stays on one line with its word. */
const together = (words: string) => words.replaceAll(/(?<=\d) |(?<=[^,]) (?=\d)/g, "\u00a0");

/** 已报 9，零申报 1，逾期 1: what there is, and nothing of what there is not. */
function useStateCounts() {
  const t = useTranslations("calendar.counts");
  const order: PeriodState[] = ["done", "nil", "late", "missing", "due", "ahead"];
  return (counts: Completeness) =>
    order
      .filter((state) => counts[state] > 0)
      .map((state) => together(t(state, { count: counts[state] })))
      .join(t("and"));
}

/** How complete and how punctual; where only some states are listed, how many stand in each. */
export function useCompletenessWords(narrowed: boolean) {
  const t = useTranslations("calendar");
  const byState = useStateCounts();
  return (counts: Completeness): string => {
    if (narrowed) return byState(counts);
    if (counts.asked === 0) return "—";
    const { asked, done, nil, punctual } = counts;
    return together(t("completeness", { asked, settled: done + nil, punctual }));
  };
}

/** Where one organisation stands with one programme, and how many days it has or took. */
export function useCellWords() {
  const t = useTranslations("calendar.cell");
  const byState = useStateCounts();
  return ({ one, counts }: MatrixCell): { words: string; time: string | null } => {
    if (one === null) return { words: byState(counts), time: null };
    const { state, daysLeft, daysLate, records } = one;
    const late = daysLate === null ? null : t("daysLate", { days: daysLate });
    if (state === "done")
      return { words: records > 0 ? t("done", { count: records }) : t("covered"), time: late };
    if (state === "late") return { words: t("late"), time: late };
    if (state === "due") return { words: t("due"), time: t("daysLeft", { days: daysLeft ?? 0 }) };
    return { words: t(state), time: null };
  };
}

export const isOpen = ({ late, missing }: Completeness): boolean => late + missing > 0;
