import { useId, type ReactNode } from "react";
import styles from "./section.module.css";

/** A part of the form: its name and its switch at the left, so that a small screen shows more of it. */
export function Section({
  title,
  aside,
  single = false,
  children,
}: {
  title: string;
  /** A switch or a note under the name. */
  aside?: ReactNode;
  /** One field of the same name: a group around it would only say the name twice. */
  single?: boolean;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <div
      className={styles.section}
      role={single ? undefined : "group"}
      aria-labelledby={single ? undefined : titleId}
    >
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.fields}>{children}</div>
    </div>
  );
}
