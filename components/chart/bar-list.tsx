import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import type { Season } from "@/components/ui/badge";
import { ChartFrame, type ChartFrameProps } from "./chart-frame";
import { barLengths } from "./prepare";
import styles from "./chart.module.css";

type BarItem = {
  key: string;
  label: string;
  /** Null is missing: it shows its words and no bar. */
  value: number | null;
  /** The exact figure, formatted. */
  text: string;
  href?: string | undefined;
  /** Opens what the figure is made of. */
  textHref?: string | undefined;
  season?: Season | undefined;
  /** A few quiet words after the label. */
  note?: ReactNode;
};

export type BarListProps = Omit<ChartFrameProps, "children" | "emptyReason" | "legend"> & {
  items: readonly BarItem[];
  emptyReason: ReactNode;
};

/**
 * Bars by name, drawn by the server as a list: every bar is a link with its label and its figure,
 * so it needs neither script nor a twin to be read by ear, by keyboard or on paper.
 */
export function BarList({ items, emptyReason, ...frame }: BarListProps) {
  const t = useTranslations("common.chart");
  const lengths = barLengths(items.map((item) => item.value));
  return (
    <ChartFrame {...frame} emptyReason={items.length === 0 ? emptyReason : undefined}>
      <ol className={styles.bars} aria-label={frame.title}>
        {items.map((item, index) => {
          const length = lengths[index];
          return (
            <li key={item.key} className={styles.barRow}>
              <span className={styles.barLabel}>
                {item.href === undefined ? (
                  item.label
                ) : (
                  <AppLink href={item.href}>{item.label}</AppLink>
                )}
                {item.note && <span className={styles.barNote}>{item.note}</span>}
              </span>
              <span className={styles.track} data-season={item.season} aria-hidden>
                {length !== null && length !== undefined && (
                  <span
                    className={styles.bar}
                    data-below={length < 0 || undefined}
                    style={{ width: `${Math.abs(length)}%` }}
                  />
                )}
              </span>
              <span className={styles.barText}>
                {item.textHref !== undefined && item.text !== "" && item.text !== "—" ? (
                  <AppLink href={item.textHref}>{item.text}</AppLink>
                ) : (
                  item.text || t("missing")
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </ChartFrame>
  );
}
