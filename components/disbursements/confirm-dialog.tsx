"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import type { Failure } from "@/lib/browser/api-client";

/** Says in plain words what will happen, and waits. */
export function ConfirmDialog({
  title,
  confirm,
  busy,
  failure,
  onClose,
  onConfirm,
  children,
}: {
  title: string;
  confirm: string;
  busy: boolean;
  failure: Failure | null;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("common");
  const errors = useTranslations("errors.code");
  const main = useRef<HTMLButtonElement>(null);
  // After the dialog has opened: it would give the focus to its closing cross.
  useEffect(() => main.current?.focus(), []);
  return (
    <Dialog
      open
      busy={busy}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t("cancel")}
          </Button>
          <Button variant="primary" busy={busy} onClick={onConfirm} ref={main}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div>{children}</div>
        {failure && (
          <Callout tone="danger" live>
            {errors(failure.code)}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}
