import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import styles from "./chart.module.css";

export type LegendEntry = { label: string; tone: "now" | "before" | "accent" };

export type ChartFrameProps = {
  /** The subject of the finding, e.g. 各月支出. */
  title: string;
  subtitle?: ReactNode;
  /** Of the axis and of every number in it. */
  unit: string;
  legend?: readonly LegendEntry[] | undefined;
  /** Address or #anchor of the table that says the same. */
  tableHref?: string | undefined;
  footnote?: ReactNode;
  /** Why there is nothing to draw; given, it stands in the chart's place. */
  emptyReason?: ReactNode;
  children: ReactNode;
};

export function ChartFrame(props: ChartFrameProps) {
  const { title, subtitle, unit, legend, tableHref, footnote, emptyReason, children } = props;
  const t = useTranslations("common.chart");
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.subtitle}>
          {t("unitNote", { unit })}
          {subtitle && <> · {subtitle}</>}
        </p>
        {legend && legend.length > 1 && !emptyReason && (
          <ul className={styles.legend}>
            {legend.map((entry) => (
              <li key={entry.label}>
                <span className={styles.key} data-tone={entry.tone} aria-hidden />
                {entry.label}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      {emptyReason ? (
        <EmptyState compact title={t("empty")}>
          {emptyReason}
        </EmptyState>
      ) : (
        children
      )}
      {(footnote || (tableHref && !emptyReason)) && (
        <p className={styles.footnote}>
          {footnote}
          {tableHref && !emptyReason && <AppLink href={tableHref}>{t("seeTable")}</AppLink>}
        </p>
      )}
    </figure>
  );
}
