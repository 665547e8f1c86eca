"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartTooltip, type TooltipLine } from "./chart-tooltip";
import { tickText, type MonthSlot } from "./prepare";
import { useNarrow } from "./use-narrow";

type PlotProps = { slots: MonthSlot[]; nowLabel: string; beforeLabel: string | undefined };

function lines(slot: MonthSlot, nowLabel: string, beforeLabel: string | undefined): TooltipLine[] {
  const now: TooltipLine = { label: nowLabel, text: slot.nowText, tone: "now" };
  return beforeLabel ? [{ label: beforeLabel, text: slot.beforeText, tone: "before" }, now] : [now];
}

export default function MonthBarsPlot({ slots, nowLabel, beforeLabel }: PlotProps) {
  const router = useRouter();
  const narrow = useNarrow();

  function open(index: number | undefined) {
    const href = index === undefined ? undefined : slots[index]?.href;
    if (href !== undefined) router.push(href as Route);
  }

  return (
    <ResponsiveContainer width="100%" height={260}>
      <BarChart
        data={slots}
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap="22%"
        margin={{ top: 8, right: narrow ? 8 : 20, bottom: 0, left: 0 }}
        onClick={(state) =>
          open(
            typeof state.activeTooltipIndex === "number"
              ? state.activeTooltipIndex
              : Number(state.activeTooltipIndex),
          )
        }
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="key"
          tickFormatter={(key) => {
            const slot = slots.find((entry) => entry.key === key);
            return (narrow ? slot?.short : slot?.label) ?? "";
          }}
          interval={0}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        <YAxis
          width={narrow ? 44 : 52}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--paper-deep)" }}
          content={({ active, label }) => {
            const slot = slots.find((entry) => entry.key === label && entry.kind !== "gap");
            if (!active || !slot) return null;
            return <ChartTooltip title={slot.label} lines={lines(slot, nowLabel, beforeLabel)} />;
          }}
        />
        {beforeLabel && (
          <Bar
            dataKey="before"
            fill="var(--chart-before)"
            stroke="var(--control-border)"
            strokeWidth={0.75}
            isAnimationActive={false}
          />
        )}
        <Bar dataKey="now" fill="var(--chart-now)" isAnimationActive={false} cursor="pointer" />
      </BarChart>
    </ResponsiveContainer>
  );
}
