"use client";

import { useState } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  ReferenceLine,
  XAxis,
  YAxis,
  type BarShapeProps,
} from "recharts";
import { AxisName } from "./axis-name";
import { BarLink } from "./bar-link";
import { ChartTooltip } from "./chart-tooltip";
import {
  axisOf,
  comparisonHeight,
  labelLines,
  slotUnder,
  textWidth,
  type ComparisonRow,
  type ComparisonSeries,
} from "./prepare";
import { useNarrow } from "./use-narrow";
import styles from "./chart.module.css";

type PlotProps = { series: readonly ComparisonSeries[]; rows: readonly ComparisonRow[] };

const fills = {
  now: "var(--chart-now)",
  before: "var(--chart-before)",
  accent: "var(--chart-accent)",
} as const;

const words = { fill: "var(--ink-quiet)", fontSize: 12 } as const;
const AXIS_HEIGHT = 30;

const LINE = 14;

/** The name beside its bars, in the middle of their height. */
function Name({ x, y, lines }: { x: number; y: number; lines: readonly string[] }) {
  return (
    <text
      x={x}
      y={y - ((lines.length - 1) * LINE) / 2}
      textAnchor="end"
      fill="var(--ink)"
      fontSize={12}
    >
      {lines.map((line, at) => (
        <tspan key={at} x={x} dy={at === 0 ? "0.355em" : LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** A zero has a hair's breadth and its figure; what is missing has neither. */
function hairForZero(value: unknown): number {
  return value === 0 ? 1 : 0;
}

/** Bars lie down, so that names of any length are read straight and every bar carries its figure. */
export default function ComparisonBarsPlot({ series, rows }: PlotProps) {
  const narrow = useNarrow();
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

  const drawn = rows.flatMap((entry) => series.map((one) => entry.figures[one.key]));
  const axis = axisOf(drawn.map((figure) => figure?.value ?? null));
  const right =
    textWidth(
      drawn.map((figure) => figure?.text ?? ""),
      11,
    ) + 10;
  const labels = rows.map((entry) => entry.label);
  const left = Math.min(textWidth(labels, 12) + 12, narrow ? 104 : 168);

  const most = band < 2 * LINE ? 1 : 2;

  const shape = (one: ComparisonSeries) =>
    function ComparisonBar({ originalDataIndex: at, ...box }: BarShapeProps) {
      const of = rows[at];
      const figure = of?.figures[one.key];
      if (!of || !figure || figure.value === null) return <g />;
      const label = `${of.label} ${one.label} ${figure.text}`;
      return (
        <BarLink {...box} href={of.hrefs?.[one.key]} label={label} edged={one.tone !== "now"} />
      );
    };

  return (
    <div className={styles.hovered} onMouseLeave={() => setUnder(null)}>
      {under !== null && (
        <span className={styles.cursor} style={{ top: under * band, height: band, left, right }} />
      )}
      <BarChart
        responsive
        style={{ width: "100%", height }}
        data={data}
        layout="vertical"
        accessibilityLayer={false}
        barGap={1}
        barCategoryGap={5}
        margin={{ top: 0, right, bottom: 0, left: 0 }}
        onMouseMove={(state) => setUnder(slotUnder(state.activeTooltipIndex))}
      >
        <CartesianGrid horizontal={false} stroke="var(--chart-grid)" />
        <XAxis
          type="number"
          height={AXIS_HEIGHT}
          ticks={axis.ticks}
          domain={axis.domain}
          tickFormatter={axis.text}
          tickLine={false}
          axisLine={false}
          tick={words}
        />
        <YAxis
          type="category"
          dataKey="label"
          width={left}
          interval={0}
          tickLine={false}
          axisLine={{ stroke: "var(--hairline-strong)" }}
          tick={({ x, y, payload }) => (
            <AxisName narrow={rows.find(({ label }) => label === payload.value)?.narrow}>
              <Name
                x={Number(x)}
                y={Number(y)}
                lines={labelLines(String(payload.value), (left - 12) / 6.5, most)}
              />
            </AxisName>
          )}
        />
        <ReferenceLine x={0} stroke="var(--ink-quiet)" />
        {series.map((one) => (
          <Bar
            key={one.key}
            dataKey={one.key}
            fill={fills[one.tone]}
            shape={shape(one)}
            isAnimationActive={false}
            minPointSize={hairForZero}
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
