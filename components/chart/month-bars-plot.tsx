"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts";
import { ChartTooltip, type TooltipLine } from "./chart-tooltip";
import { slotUnder, tickText, type MonthSlot } from "./prepare";
import { useNarrow } from "./use-narrow";
import styles from "./chart.module.css";

type PlotProps = { slots: MonthSlot[]; nowLabel: string; beforeLabel: string | undefined };

const AXIS_HEIGHT = 30;
const TOP = 8;

function lines(slot: MonthSlot, nowLabel: string, beforeLabel: string | undefined): TooltipLine[] {
  const now: TooltipLine = { label: nowLabel, text: slot.nowText, tone: "now" };
  return beforeLabel ? [{ label: beforeLabel, text: slot.beforeText, tone: "before" }, now] : [now];
}

export default function MonthBarsPlot({ slots, nowLabel, beforeLabel }: PlotProps) {
  const router = useRouter();
  const narrow = useNarrow();
  const [under, setUnder] = useState<number | null>(null);
  const slot = under === null || slots[under]?.kind === "gap" ? undefined : slots[under];
  const [left, right] = narrow ? [44, 8] : [52, 20];
  /** So many slots from the left edge of the first. */
  const along = (count: number) =>
    `calc(${left}px + (100% - ${left + right}px) * ${count / slots.length})`;

  function open(index: number | null) {
    const href = index === null ? undefined : slots[index]?.href;
    if (href !== undefined) router.push(href as Route);
  }

  return (
    <div className={styles.hovered} onMouseLeave={() => setUnder(null)}>
      {slot && under !== null && (
        <span
          className={styles.cursor}
          style={{
            top: TOP,
            bottom: AXIS_HEIGHT,
            left: along(under),
            right: `calc(100% - ${along(under + 1)})`,
          }}
        />
      )}
      <BarChart
        responsive
        style={{ width: "100%", height: 260 }}
        data={slots}
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap="22%"
        margin={{ top: TOP, right, bottom: 0, left: 0 }}
        onMouseMove={(state) => setUnder(slotUnder(state.activeTooltipIndex))}
        onClick={(state) => open(slotUnder(state.activeTooltipIndex))}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="key"
          height={AXIS_HEIGHT}
          tickFormatter={(key) => {
            const named = slots.find((entry) => entry.key === key);
            return (narrow ? named?.short : named?.label) ?? "";
          }}
          interval={0}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        <YAxis
          width={left}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
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
      {slot && under !== null && (
        <ChartTooltip
          title={slot.label}
          lines={lines(slot, nowLabel, beforeLabel)}
          place={
            under < slots.length / 2
              ? { top: TOP, left: along(under + 1) }
              : { top: TOP, right: `calc(100% - ${along(under)})` }
          }
        />
      )}
    </div>
  );
}
