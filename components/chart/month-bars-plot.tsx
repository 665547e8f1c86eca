"use client";

import { useState } from "react";
import { Bar, BarChart, CartesianGrid, XAxis, YAxis, type BarShapeProps } from "recharts";
import { AxisName } from "./axis-name";
import { BarLink } from "./bar-link";
import { ChartTooltip, type TooltipLine } from "./chart-tooltip";
import { axisOf, slotUnder, textWidth, type MonthSlot } from "./prepare";
import { useNarrow } from "./use-narrow";
import styles from "./chart.module.css";

type PlotProps = { slots: MonthSlot[]; nowLabel: string; beforeLabel: string | undefined };

const AXIS_HEIGHT = 30;
const TOP = 8;
/** A finger needs so much. */
const HELD = 24;

function lines(slot: MonthSlot, nowLabel: string, beforeLabel: string | undefined): TooltipLine[] {
  const now: TooltipLine = { label: nowLabel, text: slot.nowText, tone: "now" };
  return beforeLabel ? [{ label: beforeLabel, text: slot.beforeText, tone: "before" }, now] : [now];
}

type MonthProps = { x: number; y: number; slot: MonthSlot | undefined; short: boolean };

function Month({ x, y, slot, short }: MonthProps) {
  if (!slot) return null;
  const { narrow } = slot;
  return (
    <AxisName narrow={narrow}>
      {narrow && <rect x={x - HELD / 2} y={y - 7} width={HELD} height={HELD} fill="transparent" />}
      <text
        x={x}
        y={y}
        dy="0.71em"
        textAnchor="middle"
        fill={narrow ? "var(--ink)" : "var(--ink-quiet)"}
        fontSize={12}
        fontWeight={narrow?.chosen ? 600 : undefined}
      >
        {short ? slot.short : slot.label}
      </text>
    </AxisName>
  );
}

export default function MonthBarsPlot({ slots, nowLabel, beforeLabel }: PlotProps) {
  const narrow = useNarrow();
  const [under, setUnder] = useState<number | null>(null);
  const slot = under === null || slots[under]?.kind === "gap" ? undefined : slots[under];
  const axis = axisOf(slots.flatMap(({ now, before }) => (beforeLabel ? [now, before] : [now])));
  const left = textWidth(axis.texts, 12) + 14;
  const right = narrow ? 8 : 20;
  /** So many slots from the left edge of the first. */
  const along = (count: number) =>
    `calc(${left}px + (100% - ${left + right}px) * ${count / slots.length})`;

  const shape = (which: "now" | "before", series: string) =>
    function MonthBar({ originalDataIndex: at, ...box }: BarShapeProps) {
      const of = slots[at];
      if (!of || of[which] === null) return <g />;
      const label = `${of.label} ${series} ${which === "now" ? of.nowText : of.beforeText}`;
      const href = which === "now" ? of.href : of.beforeHref;
      return <BarLink {...box} href={href} label={label} edged={which === "before"} />;
    };

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
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="key"
          height={AXIS_HEIGHT}
          interval={0}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={({ x, y, payload }) => (
            <Month
              x={Number(x)}
              y={Number(y)}
              slot={slots.find(({ key }) => key === payload.value)}
              short={narrow}
            />
          )}
        />
        <YAxis
          width={left}
          ticks={axis.ticks}
          domain={axis.domain}
          tickFormatter={axis.text}
          tickLine={false}
          axisLine={false}
          tick={{ fill: "var(--ink-quiet)", fontSize: 12 }}
        />
        {beforeLabel && (
          <Bar
            dataKey="before"
            fill="var(--chart-before)"
            shape={shape("before", beforeLabel)}
            isAnimationActive={false}
          />
        )}
        <Bar
          dataKey="now"
          fill="var(--chart-now)"
          shape={shape("now", nowLabel)}
          isAnimationActive={false}
        />
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
