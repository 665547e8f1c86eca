import type { ReactNode } from "react";
import type { Tone } from "./badge";
import styles from "./timeline.module.css";

export type TimelineEntry = {
  key: string;
  tone?: Tone | undefined;
  title: ReactNode;
  /** Who and when. */
  by?: ReactNode | undefined;
  at: ReactNode;
  detail?: ReactNode | undefined;
};

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.key} className={styles.entry} data-tone={entry.tone ?? "neutral"}>
          <p className={styles.title}>{entry.title}</p>
          <p className={styles.meta}>
            {entry.by && <span>{entry.by}</span>}
            <span className="nowrap">{entry.at}</span>
          </p>
          {entry.detail && <div className={styles.detail}>{entry.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
