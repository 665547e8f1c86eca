"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommandDialog, type CommandDialogProps } from "@/components/command/command-dialog";
import { Checkbox } from "@/components/form/checkbox";

type Props = Pick<CommandDialogProps, "command" | "title" | "size" | "onClose" | "onConfirm"> & {
  /** What changes with it, before the fields. */
  note?: string | undefined;
  /** Where it is called otherwise than saving: the button, and the same while it is being done. */
  verb?: { confirm: string; confirming: string };
  /** Of what may be taken out of use: whether it is in use, and what comes of it. */
  inUse?: { active: boolean; hint?: string; label?: string } | null | undefined;
  children: ReactNode;
};

/** The frame of what an administrator keeps: it is made, saved, or taken out of use, and never deleted. */
export function KeptDialog({ note, verb, inUse, children, ...dialog }: Props) {
  const t = useTranslations("admin");
  const { confirm, confirming } = verb ?? { confirm: t("save"), confirming: t("saving") };
  return (
    <CommandDialog {...dialog} confirm={confirm} confirming={confirming}>
      {note && <p className="quiet">{note}</p>}
      {children}
      {inUse && (
        <Checkbox
          name="active"
          label={inUse.label ?? t("inUse")}
          hint={inUse.hint}
          defaultChecked={inUse.active}
        />
      )}
    </CommandDialog>
  );
}
