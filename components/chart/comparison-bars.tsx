import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { axisOf, barOn, tickText, type Axis } from "./axis";
import { ChartFrame, type ChartFrameProps, type LegendEntry } from "./chart-frame";
import type { Plotted } from "./prepare";
import styles from "./comparison-bars.module.css";

export type ComparisonSeries = LegendEntry & { key: string };

type ComparisonRow = {
  key: string;
  label: string;
  /** By series key. */
  figures: Record<string, Plotted>;
  href?: string | undefined;
};

export type ComparisonBarsProps = Omit<ChartFrameProps, "children" | "emptyReason" | "legend"> & {
  /** At most three, e.g. 到位 支出 结余. */
  series: readonly ComparisonSeries[];
  rows: readonly ComparisonRow[];
  emptyReason: ReactNode;
};

/** A zero has a hair's breadth and its figure; what is missing has neither. */
function Bar({ axis, figure, tone }: { axis: Axis; figure: Plotted; tone: LegendEntry["tone"] }) {
  if (figure.value === null) return null;
  const { start, length } = barOn(axis, figure.value);
  return (
    <>
      <span
        className={styles.bar}
        data-tone={tone}
        style={{ left: `${start}%`, width: `${length}%` }}
        aria-hidden
      />
      <span className={styles.figure} style={{ left: `${start + length}%` }}>
        {figure.text}
      </span>
    </>
  );
}

/**
 * Bars lie down, so that names of any length are read straight and every bar carries its figure. Drawn
 * by the server as a list, so that it needs neither script nor eyes.
 */
export function ComparisonBars({ series, rows, emptyReason, ...frame }: ComparisonBarsProps) {
  const t = useTranslations("common.chart");
  const values = rows.flatMap((row) => series.map((one) => row.figures[one.key]?.value ?? null));
  const axis = axisOf(values);
  const isEmpty = values.every((value) => value === null);
  return (
    <ChartFrame {...frame} legend={series} emptyReason={isEmpty ? emptyReason : undefined}>
      <div className={styles.plot}>
        <div className={styles.grid} aria-hidden>
          {axis.ticks.map((tick) => (
            <span
              key={tick}
              className={styles.tick}
              data-zero={tick === 0 ? "" : undefined}
              style={{ left: `${axis.at(tick)}%` }}
            >
              <span className={styles.tickText}>{tickText(tick)}</span>
            </span>
          ))}
        </div>
        <ol className={styles.rows} aria-label={frame.title}>
          {rows.map((row) => (
            <li key={row.key} className={styles.row}>
              <span className={styles.name}>
                {row.href === undefined ? (
                  row.label
                ) : (
                  <AppLink href={row.href} className={styles.link}>
                    {row.label}
                  </AppLink>
                )}
              </span>
              <span className={styles.track}>
                {series.map((one) => {
                  const figure = row.figures[one.key] ?? { value: null, text: t("missing") };
                  return (
                    <span key={one.key} className={styles.line}>
                      <VisuallyHidden>
                        {figure.value === null ? `${one.label} ${figure.text}` : one.label}
                      </VisuallyHidden>
                      <Bar axis={axis} figure={figure} tone={one.tone} />
                    </span>
                  );
                })}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </ChartFrame>
  );
}
