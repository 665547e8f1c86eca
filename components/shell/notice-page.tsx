import type { ReactNode } from "react";
import { buttonLook, type ButtonVariant } from "@/components/ui/button-look";
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

/**
 * Loads the page it leads to anew: what failed here may stand in the browser's memory. The framework's link would
 * weigh 3 kB in each of the pages for failures, and every page carries them all.
 */
export function NoticeLink({
  href,
  variant,
  children,
}: {
  href: string;
  variant?: ButtonVariant;
  children: ReactNode;
}) {
  return (
    <a href={href} className={buttonLook({ variant })}>
      {children}
    </a>
  );
}
