import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./description-list.module.css";

export type DescriptionItem = { term: ReactNode; detail: ReactNode; wide?: boolean };

/** Facts of one record. An empty fact shows a dash, so that its absence is seen. */
export function DescriptionList({
  items,
  columns = 2,
}: {
  items: DescriptionItem[];
  columns?: 1 | 2 | 3 | undefined;
}) {
  return (
    <dl className={styles.list} data-columns={columns}>
      {items.map((item, index) => (
        <div key={index} className={clsx(styles.item, item.wide && styles.wide)}>
          <dt className={styles.term}>{item.term}</dt>
          <dd className={styles.detail}>{item.detail ?? "—"}</dd>
        </div>
      ))}
    </dl>
  );
}
