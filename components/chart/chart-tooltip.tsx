import type { CSSProperties } from "react";
import type { LegendEntry } from "./chart-frame";
import styles from "./chart.module.css";

export type TooltipLine = { label: string; text: string; tone: LegendEntry["tone"] };

export type ChartTooltipProps = {
  title: string;
  lines: TooltipLine[];
  /** Where it stands over the plot. */
  place: CSSProperties;
};

/** Ours rather than the chart library's, which weighs twelve kB and would look the same. */
export function ChartTooltip({ title, lines, place }: ChartTooltipProps) {
  return (
    <div className={styles.tooltip} style={place}>
      <p className={styles.tooltipTitle}>{title}</p>
      {lines.map((line) => (
        <p key={line.label} className={styles.tooltipLine}>
          <span className={styles.key} data-tone={line.tone} aria-hidden />
          {line.label}
          <span className={styles.tooltipText}>{line.text}</span>
        </p>
      ))}
    </div>
  );
}
