import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

export type EmptyStateProps = {
  title: ReactNode;
  /** Why it is empty, and what to do. */
  children?: ReactNode | undefined;
  /** The one next action. */
  action?: ReactNode | undefined;
  icon?: ReactNode | undefined;
  compact?: boolean | undefined;
};

export function EmptyState({ title, children, action, icon, compact = false }: EmptyStateProps) {
  return (
    <div className={compact ? styles.compact : styles.empty}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.words}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
