"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartTooltip } from "./chart-tooltip";
import {
  clipLabel,
  comparisonHeight,
  tickText,
  type ComparisonRow,
  type ComparisonSeries,
} from "./prepare";

type PlotProps = { series: readonly ComparisonSeries[]; rows: readonly ComparisonRow[] };

const fills = {
  now: "var(--chart-now)",
  before: "var(--chart-before)",
  accent: "var(--chart-accent)",
} as const;

const words = { fill: "var(--ink-quiet)", fontSize: 12 } as const;

/** A zero has a hair's breadth and its figure; what is missing has neither. */
function hairForZero(value: unknown): number {
  return value === 0 ? 1 : 0;
}

/** Bars lie down, so that names of any length are read straight and every bar carries its figure. */
export default function ComparisonBarsPlot({ series, rows }: PlotProps) {
  const router = useRouter();
  const data = rows.map((row) => ({
    label: row.label,
    ...Object.fromEntries(series.map((one) => [one.key, row.figures[one.key]?.value ?? null])),
    ...Object.fromEntries(
      series.map((one) => [`${one.key}Text`, row.figures[one.key]?.text ?? ""]),
    ),
  }));

  function open(index: number) {
    const href = rows[index]?.href;
    if (href !== undefined) router.push(href as Route);
  }

  return (
    <ResponsiveContainer width="100%" height={comparisonHeight(rows.length, series.length)}>
      <BarChart
        data={data}
        layout="vertical"
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap={5}
        margin={{ top: 0, right: 76, bottom: 0, left: 0 }}
        onClick={(state) => open(Number(state.activeTooltipIndex))}
      >
        <CartesianGrid horizontal={false} stroke="var(--chart-grid)" />
        <XAxis
          type="number"
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
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--paper-deep)" }}
          content={({ active, label }) => {
            const row = rows.find((entry) => entry.label === label);
            if (!active || !row) return null;
            const lines = series.map((one) => ({
              label: one.label,
              text: row.figures[one.key]?.text ?? "—",
              tone: one.tone,
            }));
            return <ChartTooltip title={row.label} lines={lines} />;
          }}
        />
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
    </ResponsiveContainer>
  );
}
