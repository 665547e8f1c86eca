import type { LegendEntry } from "./chart-frame";
import styles from "./chart.module.css";

export type TooltipLine = { label: string; text: string; tone: LegendEntry["tone"] };

export function ChartTooltip({ title, lines }: { title: string; lines: TooltipLine[] }) {
  return (
    <div className={styles.tooltip}>
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
