import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./badge.module.css";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";
export type Season =
  "SPRING" | "SUMMER" | "AUTUMN" | "WINTER" | "BREAKFAST" | "ASSISTANCE" | "OTHER";

export type BadgeProps = { tone?: Tone; icon?: ReactNode; children: ReactNode };

export function Badge({ tone = "neutral", icon, children }: BadgeProps) {
  return (
    <span className={clsx(styles.badge, styles[tone])}>
      {icon ?? <span className={styles.sign} data-tone={tone} aria-hidden />}
      {children}
    </span>
  );
}

/** The season's colour is a swatch beside the word, never the word's own colour. */
export function SeasonTag({ season, children }: { season: Season; children: ReactNode }) {
  return (
    <span className={styles.season}>
      <span className={styles.swatch} data-season={season} aria-hidden />
      {children}
    </span>
  );
}
