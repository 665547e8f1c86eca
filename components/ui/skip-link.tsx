import type { ReactNode } from "react";
import styles from "./skip-link.module.css";

export function SkipLink({ target, children }: { target: string; children: ReactNode }) {
  return (
    <a className={styles.skip} href={`#${target}`}>
      {children}
    </a>
  );
}
