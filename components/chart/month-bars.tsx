"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SkeletonChart } from "@/components/ui/skeleton";
import { ChartFrame, type ChartFrameProps, type LegendEntry } from "./chart-frame";
import { hasFigures, prepareMonths, type MonthFigure } from "./prepare";
import styles from "./chart.module.css";

const MonthBarsPlot = dynamic(() => import("./month-bars-plot"), {
  ssr: false,
  loading: () => <SkeletonChart height={260} />,
});

export type MonthBarsProps = Omit<ChartFrameProps, "children" | "emptyReason" | "legend"> & {
  /** e.g. 2026 年. */
  nowLabel: string;
  /** The year beside it, e.g. 2025 年. */
  beforeLabel?: string | undefined;
  months: readonly MonthFigure[];
  unknown?: Omit<MonthFigure, "month"> | undefined;
  emptyReason: ReactNode;
};

const monthKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

export function MonthBars({
  nowLabel,
  beforeLabel,
  months,
  unknown,
  emptyReason,
  ...frame
}: MonthBarsProps) {
  const t = useTranslations("common.chart");
  const slots = prepareMonths({
    months,
    unknown,
    monthLabel: (month) => t(`months.${monthKeys[month - 1] ?? "1"}`),
    unknownLabel: t("unknownMonth"),
    unknownShort: t("unknownMonthShort"),
  });
  const drawn = slots.filter((slot) => slot.now !== null);
  const summary = t("summary", {
    title: frame.title,
    count: drawn.length,
    items: drawn.map((slot) => t("item", { label: slot.label, value: slot.nowText })).join("；"),
  });
  const legend: LegendEntry[] = [{ label: nowLabel, tone: "now" }];
  if (beforeLabel) legend.unshift({ label: beforeLabel, tone: "before" });
  return (
    <ChartFrame
      {...frame}
      legend={legend}
      emptyReason={hasFigures(slots) ? undefined : emptyReason}
    >
      <div className={styles.plot} role="group" aria-label={summary}>
        <MonthBarsPlot slots={slots} nowLabel={nowLabel} beforeLabel={beforeLabel} />
      </div>
    </ChartFrame>
  );
}
