import { useId, type ReactNode } from "react";
import styles from "./section.module.css";

/** A part of the form: its name and its switch at the left, so that a small screen shows more of it. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  /** A switch or a note under the name. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section className={styles.section} role="group" aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}
