"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, LabelList, ReferenceLine, XAxis, YAxis } from "recharts";
import { ChartTooltip } from "./chart-tooltip";
import {
  clipLabel,
  comparisonHeight,
  slotUnder,
  tickText,
  type ComparisonRow,
  type ComparisonSeries,
} from "./prepare";
import styles from "./chart.module.css";

type PlotProps = { series: readonly ComparisonSeries[]; rows: readonly ComparisonRow[] };

const fills = {
  now: "var(--chart-now)",
  before: "var(--chart-before)",
  accent: "var(--chart-accent)",
} as const;

const words = { fill: "var(--ink-quiet)", fontSize: 12 } as const;
const AXIS_HEIGHT = 30;

/** A zero has a hair's breadth and its figure; what is missing has neither. */
function hairForZero(value: unknown): number {
  return value === 0 ? 1 : 0;
}

/** Bars lie down, so that names of any length are read straight and every bar carries its figure. */
export default function ComparisonBarsPlot({ series, rows }: PlotProps) {
  const router = useRouter();
  const [under, setUnder] = useState<number | null>(null);
  const height = comparisonHeight(rows.length, series.length);
  const band = (height - AXIS_HEIGHT) / rows.length;
  const row = under === null ? undefined : rows[under];
  const data = rows.map((entry) => ({
    label: entry.label,
    ...Object.fromEntries(series.map((one) => [one.key, entry.figures[one.key]?.value ?? null])),
    ...Object.fromEntries(
      series.map((one) => [`${one.key}Text`, entry.figures[one.key]?.text ?? ""]),
    ),
  }));

  function open(index: number | null) {
    const href = index === null ? undefined : rows[index]?.href;
    if (href !== undefined) router.push(href as Route);
  }

  return (
    <div className={styles.hovered} onMouseLeave={() => setUnder(null)}>
      {under !== null && (
        <span
          className={styles.cursor}
          style={{ top: under * band, height: band, left: 104, right: 76 }}
        />
      )}
      <BarChart
        responsive
        style={{ width: "100%", height }}
        data={data}
        layout="vertical"
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap={5}
        margin={{ top: 0, right: 76, bottom: 0, left: 0 }}
        onMouseMove={(state) => setUnder(slotUnder(state.activeTooltipIndex))}
        onClick={(state) => open(slotUnder(state.activeTooltipIndex))}
      >
        <CartesianGrid horizontal={false} stroke="var(--chart-grid)" />
        <XAxis
          type="number"
          height={AXIS_HEIGHT}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={false}
          tick={words}
        />
        <YAxis
          type="category"
          dataKey="label"
          width={104}
          interval={0}
          tickFormatter={clipLabel}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={{ fill: "var(--ink)", fontSize: 12 }}
        />
        <ReferenceLine x={0} stroke="var(--ink-quiet)" />
        {series.map((one) => (
          <Bar
            key={one.key}
            dataKey={one.key}
            fill={fills[one.tone]}
            stroke={one.tone === "now" ? undefined : "var(--control-border)"}
            strokeWidth={0.75}
            isAnimationActive={false}
            minPointSize={hairForZero}
            cursor="pointer"
          >
            <LabelList
              dataKey={`${one.key}Text`}
              position="right"
              fill="var(--ink-quiet)"
              fontSize={11}
            />
          </Bar>
        ))}
      </BarChart>
      {row && under !== null && (
        <ChartTooltip
          title={row.label}
          lines={series.map((one) => ({
            label: one.label,
            text: row.figures[one.key]?.text ?? "—",
            tone: one.tone,
          }))}
          place={{
            right: 4,
            ...(under < rows.length / 2
              ? { top: (under + 1) * band }
              : { bottom: height - under * band }),
          }}
        />
      )}
    </div>
  );
}
