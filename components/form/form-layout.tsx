import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./form-layout.module.css";

/** Fields that are read together stand together; on a phone one under the other. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Form left, what explains it right. */
export function FormWithAside({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.withAside}>
      <div className={styles.main}>{children}</div>
      <div className={styles.aside}>{aside}</div>
    </div>
  );
}

/** The buttons stay in reach however long the form is. */
export function FormActions({
  children,
  sticky = true,
}: {
  children: ReactNode;
  sticky?: boolean | undefined;
}) {
  return <div className={clsx(styles.actions, sticky && styles.sticky)}>{children}</div>;
}
