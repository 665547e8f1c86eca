"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartTooltip } from "./chart-tooltip";
import type { ComparisonRow, ComparisonSeries } from "./comparison-bars";
import { tickText } from "./prepare";

type PlotProps = { series: readonly ComparisonSeries[]; rows: readonly ComparisonRow[] };

const fills = {
  now: "var(--chart-now)",
  before: "var(--chart-before)",
  accent: "var(--chart-accent)",
} as const;

/** Words of more than five characters would run into each other under the axis. */
function axisLabel(label: string): string {
  return label.length > 5 ? `${label.slice(0, 4)}…` : label;
}

export default function ComparisonBarsPlot({ series, rows }: PlotProps) {
  const router = useRouter();
  const data = rows.map((row) => ({
    label: row.label,
    ...Object.fromEntries(series.map((one) => [one.key, row.figures[one.key]?.value ?? null])),
  }));

  function open(index: number) {
    const href = rows[index]?.href;
    if (href !== undefined) router.push(href as Route);
  }

  return (
    <ResponsiveContainer width="100%" height={280}>
      <BarChart
        data={data}
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap="24%"
        margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
        onClick={(state) => open(Number(state.activeTooltipIndex))}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="label"
          interval={0}
          tickFormatter={axisLabel}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        <YAxis
          width={52}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        <ReferenceLine y={0} stroke="var(--ink-quiet)" />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--paper-deep)" }}
          content={({ active, label }) => {
            const row = rows.find((entry) => entry.label === label);
            if (!active || !row) return null;
            return (
              <ChartTooltip
                title={row.label}
                lines={series.map((one) => ({
                  label: one.label,
                  text: row.figures[one.key]?.text ?? "—",
                  tone: one.tone,
                }))}
              />
            );
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
            cursor="pointer"
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
