"use client";

import { useTranslations } from "next-intl";
import { useId, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureNote } from "./failure-note";
import type { Command } from "./use-command";

export type CommandDialogProps = {
  command: Pick<Command, "busy" | "failure">;
  title: string;
  /** The button that does it. */
  confirm: string;
  /** The same button while it is being done. */
  confirming?: string | undefined;
  cancel?: string | undefined;
  tone?: "primary" | "danger" | undefined;
  size?: "normal" | "wide" | undefined;
  onClose: () => void;
  /** Called with what the uncontrolled fields hold. */
  onConfirm: (data: FormData) => void;
  /** What will happen in plain words, and the fields. */
  children: ReactNode;
};

/** The frame of everything that is asked for in a dialog. */
export function CommandDialog({
  command,
  title,
  confirm,
  confirming = confirm,
  cancel,
  tone = "primary",
  size,
  onClose,
  onConfirm,
  children,
}: CommandDialogProps) {
  const t = useTranslations("common");
  const form = useId();
  const { busy, failure } = command;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!busy) onConfirm(new FormData(event.currentTarget));
  }

  return (
    <Dialog
      busy={busy}
      onClose={onClose}
      size={size}
      title={title}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {cancel ?? t("cancel")}
          </Button>
          <Button type="submit" form={form} variant={tone} busy={busy} data-main="">
            {busy ? confirming : confirm}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" onSubmit={submit} noValidate>
        <FailureNote failure={failure} />
        {children}
      </form>
    </Dialog>
  );
}
