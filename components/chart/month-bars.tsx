import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { axisOf, barOn, tickText, type Axis } from "./axis";
import { ChartFrame, type ChartFrameProps, type LegendEntry } from "./chart-frame";
import { hasFigures, prepareMonths, type MonthFigure, type MonthSlot } from "./prepare";
import styles from "./month-bars.module.css";

export type MonthBarsProps = Omit<ChartFrameProps, "children" | "emptyReason" | "legend"> & {
  /** e.g. 2026 年. */
  nowLabel: string;
  /** The year beside it, e.g. 2025 年. */
  beforeLabel?: string | undefined;
  months: readonly MonthFigure[];
  unknown?: Omit<MonthFigure, "month"> | undefined;
  emptyReason: ReactNode;
};

const monthKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

type Tone = "before" | "now";

function Bar({ axis, value, tone }: { axis: Axis; value: number | null; tone: Tone }) {
  const bar = value === null ? null : barOn(axis, value);
  return (
    <span className={styles.place} aria-hidden>
      {bar && (
        <span
          className={styles.bar}
          data-tone={tone}
          style={{ bottom: `${bar.start}%`, height: `${bar.length}%` }}
        />
      )}
    </span>
  );
}

/** A month's bars and, under the pointer or the focus, their figures. */
function Month({ slot, axis, legend }: { slot: MonthSlot; axis: Axis; legend: LegendEntry[] }) {
  const figures = {
    before: [slot.before, slot.beforeText],
    now: [slot.now, slot.nowText],
  } as const;
  const tones = legend.map(({ tone }) => (tone === "before" ? "before" : "now"));
  const inside = (
    <>
      {tones.map((tone) => (
        <Bar key={tone} axis={axis} value={figures[tone][0]} tone={tone} />
      ))}
      <span className={styles.label} aria-hidden>
        <span className={styles.long}>{slot.label}</span>
        <span className={styles.short}>{slot.short}</span>
      </span>
      <span className={styles.note}>
        <span className={styles.noteTitle}>{slot.label}</span>
        {legend.map(({ label }, index) => (
          <span key={label} className={styles.noteLine}>
            <span className={styles.key} data-tone={tones[index]} aria-hidden />
            {label}
            <span className={styles.noteText}>{figures[tones[index] ?? "now"][1]}</span>
          </span>
        ))}
      </span>
    </>
  );
  if (slot.href === undefined) return <span className={styles.month}>{inside}</span>;
  return (
    <AppLink href={slot.href} className={styles.month}>
      {inside}
    </AppLink>
  );
}

/** Drawn by the server as a list of months, each a link to what it is made of. */
export function MonthBars({
  nowLabel,
  beforeLabel,
  months,
  unknown,
  emptyReason,
  ...frame
}: MonthBarsProps) {
  const t = useTranslations("common.chart");
  const slots = prepareMonths({
    months,
    unknown,
    monthLabel: (month) => t(`months.${monthKeys[month - 1] ?? "1"}`),
    unknownLabel: t("unknownMonth"),
    unknownShort: t("unknownMonthShort"),
  });
  const legend: LegendEntry[] = [{ label: nowLabel, tone: "now" }];
  if (beforeLabel) legend.unshift({ label: beforeLabel, tone: "before" });
  const axis = axisOf(slots.flatMap(({ now, before }) => [now, beforeLabel ? before : null]));
  return (
    <ChartFrame
      {...frame}
      legend={legend}
      emptyReason={hasFigures(slots) ? undefined : emptyReason}
    >
      <div className={styles.plot}>
        <div className={styles.grid} aria-hidden>
          {axis.ticks.map((tick) => (
            <span
              key={tick}
              className={styles.tick}
              data-zero={tick === 0 ? "" : undefined}
              style={{ bottom: `${axis.at(tick)}%` }}
            >
              <span className={styles.tickText}>{tickText(tick)}</span>
            </span>
          ))}
        </div>
        <ol className={styles.months} aria-label={frame.title}>
          {slots.map((slot) => (
            <li key={slot.key} className={styles.slot} aria-hidden={slot.kind === "gap"}>
              {slot.kind !== "gap" && <Month slot={slot} axis={axis} legend={legend} />}
            </li>
          ))}
        </ol>
      </div>
    </ChartFrame>
  );
}
