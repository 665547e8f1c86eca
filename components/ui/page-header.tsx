import type { ReactNode } from "react";
import { AppLink } from "./app-link";
import styles from "./page-header.module.css";

export type PageHeaderProps = {
  title: ReactNode;
  /** One line: what this page includes. */
  lead?: ReactNode | undefined;
  /** Signs beside the title, such as a status. */
  marks?: ReactNode | undefined;
  /** The primary action last: it stands at the right. */
  actions?: ReactNode | undefined;
  trail?: { href: string; label: string }[];
  trailLabel?: string | undefined;
};

export function PageHeader({ title, lead, marks, actions, trail, trailLabel }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {trail && trail.length > 0 && (
          <nav aria-label={trailLabel} className={styles.trail}>
            {trail.map((step) => (
              <span key={step.href}>
                <AppLink href={step.href}>{step.label}</AppLink>
                <span className={styles.slash} aria-hidden>
                  /
                </span>
              </span>
            ))}
          </nav>
        )}
        <div className={styles.titleRow}>
          <h1 className={styles.title}>{title}</h1>
          {marks}
        </div>
      </div>
      {lead && <p className={styles.lead}>{lead}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
