import clsx from "clsx";
import { AppLink } from "./app-link";
import styles from "./tabs.module.css";

export type TabLink = { href: string; label: string; count?: number | undefined; current: boolean };

/** Tabs are addresses: Back works and a tab can be sent to a colleague. */
export function Tabs({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <AppLink
          key={tab.href}
          href={tab.href}
          className={clsx(styles.tab, tab.current && styles.current)}
          aria-current={tab.current ? "page" : undefined}
          scroll={false}
        >
          {tab.label}
          {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
        </AppLink>
      ))}
    </nav>
  );
}
