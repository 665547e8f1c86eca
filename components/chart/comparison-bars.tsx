"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SkeletonChart } from "@/components/ui/skeleton";
import { ChartFrame, type ChartFrameProps } from "./chart-frame";
import { comparisonHeight, type ComparisonRow, type ComparisonSeries } from "./prepare";

export type { ComparisonSeries } from "./prepare";

const ComparisonBarsPlot = dynamic(() => import("./comparison-bars-plot"), {
  ssr: false,
  loading: () => <SkeletonChart height={260} />,
});

export type ComparisonBarsProps = Omit<ChartFrameProps, "children" | "emptyReason" | "legend"> & {
  /** At most three, e.g. 到位 支出 结余. */
  series: readonly ComparisonSeries[];
  rows: readonly ComparisonRow[];
  emptyReason: ReactNode;
};

export function ComparisonBars({ series, rows, emptyReason, ...frame }: ComparisonBarsProps) {
  const t = useTranslations("common.chart");
  const isEmpty = !rows.some((row) =>
    series.some((one) => (row.figures[one.key]?.value ?? null) !== null),
  );
  const items = rows.map((row) =>
    t("item", {
      label: row.label,
      value: series
        .map((one) => `${one.label} ${row.figures[one.key]?.text ?? t("missing")}`)
        .join("，"),
    }),
  );
  const summary = t("summary", { title: frame.title, count: rows.length, items: items.join("；") });
  return (
    <ChartFrame {...frame} legend={series} emptyReason={isEmpty ? emptyReason : undefined}>
      <div
        role="group"
        aria-label={summary}
        style={{ minHeight: comparisonHeight(rows.length, series.length) }}
      >
        <ComparisonBarsPlot series={series} rows={rows} />
      </div>
    </ChartFrame>
  );
}
