import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "./callout.module.css";
import { VisuallyHidden } from "./visually-hidden";

type CalloutTone = "info" | "success" | "warning" | "danger";

const signs = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const;

export type CalloutProps = {
  tone?: CalloutTone | undefined;
  title?: ReactNode | undefined;
  actions?: ReactNode | undefined;
  /** Set for a message that appears after an action, so that it is read out. */
  live?: boolean | undefined;
  children?: ReactNode | undefined;
};

export function Callout({ tone = "info", title, actions, live = false, children }: CalloutProps) {
  const t = useTranslations("common.tone");
  const Sign = signs[tone];
  const role = live ? (tone === "danger" ? "alert" : "status") : undefined;
  return (
    <div className={clsx(styles.callout, styles[tone])} role={role}>
      <Sign className={styles.sign} size={18} aria-hidden />
      <div className={styles.words}>
        <VisuallyHidden>{t(tone)}</VisuallyHidden>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
