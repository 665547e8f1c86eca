import type { ReactNode } from "react";
import styles from "./notice-page.module.css";

export type NoticePageProps = {
  title: ReactNode;
  children: ReactNode;
  /** What to do next, the likeliest first. */
  actions: ReactNode;
  detail?: ReactNode;
  /** Outside the shell it stands in the middle of the window. */
  alone?: boolean | undefined;
};

export function NoticePage({ title, children, actions, detail, alone = false }: NoticePageProps) {
  return (
    <div className={alone ? styles.alone : styles.page}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>{actions}</div>
      {detail && <p className={styles.detail}>{detail}</p>}
    </div>
  );
}
