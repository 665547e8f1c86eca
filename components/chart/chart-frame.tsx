import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { CardFace } from "@/lib/kernel/preferences";
import { FaceToggle } from "./face-toggle";
import styles from "./chart.module.css";

export type LegendEntry = { label: string; tone: "now" | "before" | "accent" };

export type ChartFrameProps = {
  /** The subject of the finding, e.g. 各月支出. */
  title: string;
  subtitle?: ReactNode;
  /** Of the axis and of every number in it. */
  unit: string;
  legend?: readonly LegendEntry[] | undefined;
  id?: string | undefined;
  /** The same numbers as a table, which the reader may turn to. */
  table?: ReactNode;
  /** What else can be done with the card, e.g. its files. */
  tools?: ReactNode;
  /** Which side is up. */
  face?: CardFace | undefined;
  /** The drawing can be of tiles as well. */
  tiles?: boolean | undefined;
  footnote?: ReactNode;
  /** Why there is nothing to draw; given, it stands in the chart's place. */
  emptyReason?: ReactNode;
  /** The drawing; without one the card is its table. */
  children?: ReactNode;
};

export function ChartFrame(props: ChartFrameProps) {
  const { id, title, subtitle, unit, legend, table, tools, face, tiles, footnote } = props;
  const { emptyReason, children } = props;
  const t = useTranslations("common.chart");
  const drawn = children !== undefined;
  const turns = id !== undefined && drawn && table !== undefined && !emptyReason;
  return (
    <figure
      className={clsx(styles.figure, turns && styles.turns, !drawn && styles.written)}
      id={id}
    >
      <figcaption className={styles.caption}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.subtitle}>
          {t("unitNote", { unit })}
          {subtitle && <> · {subtitle}</>}
        </p>
        <span className={styles.tools}>
          {turns && <FaceToggle card={id} title={title} initial={face ?? "chart"} tiles={tiles} />}
          {!emptyReason && tools}
        </span>
      </figcaption>
      {emptyReason ? (
        <EmptyState compact title={t("empty")}>
          {emptyReason}
        </EmptyState>
      ) : (
        <>
          {drawn && (
            <div className={styles.drawn} data-face="drawing">
              <p className={clsx("print-only", styles.title)}>{t("drawing", { title, unit })}</p>
              {legend && legend.length > 1 && (
                <ul className={styles.legend}>
                  {legend.map((entry) => (
                    <li key={entry.label}>
                      <span className={styles.key} data-tone={entry.tone} aria-hidden />
                      {entry.label}
                    </li>
                  ))}
                </ul>
              )}
              {children}
            </div>
          )}
          {table && (
            <div className={styles.tabled} data-face="table">
              {table}
            </div>
          )}
        </>
      )}
      {footnote && <p className={styles.footnote}>{footnote}</p>}
    </figure>
  );
}
