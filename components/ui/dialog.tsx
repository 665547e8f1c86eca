"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "./button";
import styles from "./dialog.module.css";

export type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode | undefined;
  size?: "normal" | "wide" | undefined;
  /** While the answer is under way Escape does not close. */
  busy?: boolean | undefined;
  children: ReactNode;
};

/** The native dialog keeps focus inside and gives it back to what opened it. */
export function Dialog({
  open,
  onClose,
  title,
  actions,
  size = "normal",
  busy = false,
  children,
}: DialogProps) {
  const t = useTranslations("common");
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // The first thing to fill in, not the cross that closes.
      dialog.querySelector<HTMLElement>("[data-body] :is(input, select, textarea)")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      className={clsx(styles.dialog, size === "wide" && styles.wide)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) onClose();
      }}
      onClose={() => {
        if (open) onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !busy) onClose();
      }}
    >
      {open && (
        <div className={styles.sheet}>
          <header className={styles.head}>
            <h2 id={titleId} className={styles.title}>
              {title}
            </h2>
            <Button
              variant="quiet"
              size="small"
              aria-label={t("close")}
              onClick={onClose}
              disabled={busy}
              icon={<X aria-hidden />}
            />
          </header>
          <div className={styles.body} data-body="">
            {children}
          </div>
          {actions && <footer className={styles.actions}>{actions}</footer>}
        </div>
      )}
    </dialog>
  );
}
