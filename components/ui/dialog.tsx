"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { Button } from "./button";
import styles from "./dialog.module.css";

export type DialogProps = {
  onClose: () => void;
  title: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode | undefined;
  size?: "normal" | "wide" | undefined;
  /** While the answer is under way Escape does not close. */
  busy?: boolean | undefined;
  /** What it shows is never shown again: its button closes it, and neither a key nor a click beside it. */
  shownOnce?: boolean | undefined;
  children: ReactNode;
};

/** Where somebody starts: the first thing to fill in, else the main button, never the cross that closes. */
const START = "[data-body] :is(input, select, textarea), [data-main]";

/** Open for as long as it is drawn. The native dialog keeps the focus inside. */
export function Dialog({
  onClose,
  title,
  actions,
  size = "normal",
  busy = false,
  shownOnce = false,
  children,
}: DialogProps) {
  const t = useTranslations("common");
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(START)?.focus();
    // Closed while still in the document: a dialog that is only taken out of it keeps the focus it had,
    // and whoever works by keys starts again at the top of the page.
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={ref}
      className={clsx(styles.dialog, size === "wide" && styles.wide)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy && !shownOnce) onClose();
      }}
      onClose={(event) => {
        // A second Escape closes without asking.
        if (!event.currentTarget.open && shownOnce) event.currentTarget.showModal();
        else if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !busy && !shownOnce) onClose();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          {!shownOnce && (
            <Button
              variant="quiet"
              size="small"
              aria-label={t("close")}
              onClick={onClose}
              disabled={busy}
              icon={<X aria-hidden />}
            />
          )}
        </header>
        <div className={styles.body} data-body="">
          {children}
        </div>
        {actions && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}
