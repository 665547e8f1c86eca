import clsx from "clsx";
import type { ReactNode } from "react";
import { AppLink } from "./app-link";
import styles from "./stat-figure.module.css";

export type StatFigureProps = {
  label: ReactNode;
  /** Already formatted; "—" for missing, never 0. */
  value: ReactNode;
  unit?: ReactNode | undefined;
  /** The comparison or the remainder, in words. */
  note?: ReactNode | undefined;
  /** Opens what the figure is made of. */
  href?: string | undefined;
  tone?: "normal" | "warning" | undefined;
};

export function StatFigure({ label, value, unit, note, href, tone = "normal" }: StatFigureProps) {
  const figure = (
    <span className={styles.number}>
      <span className={styles.value}>{value}</span>
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  );
  return (
    <div className={clsx(styles.figure, tone === "warning" && styles.warning)}>
      <dt className={styles.label}>{label}</dt>
      <dd>
        {href ? (
          <AppLink href={href} className={styles.link}>
            {figure}
          </AppLink>
        ) : (
          figure
        )}
        {note && <div className={styles.note}>{note}</div>}
      </dd>
    </div>
  );
}

/** Figures stand in one ruled row, like the columns of a ledger, not as separate cards. */
export function StatRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={styles.row} aria-label={label}>
      {children}
    </dl>
  );
}
