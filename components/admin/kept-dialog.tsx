"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommandDialog, type CommandDialogProps } from "@/components/command/command-dialog";
import { Checkbox } from "@/components/form/checkbox";

type Props = Pick<CommandDialogProps, "command" | "title" | "size" | "onClose" | "onConfirm"> & {
  /** What changes with it, before the fields. */
  note?: string | undefined;
  /** Of what may be taken out of use: whether it is in use, and what comes of it. */
  inUse?: { active: boolean; hint: string } | null | undefined;
  children: ReactNode;
};

/** The frame of what an administrator keeps: it is saved, or taken out of use, and never deleted. */
export function KeptDialog({ note, inUse, children, ...dialog }: Props) {
  const t = useTranslations("admin");
  return (
    <CommandDialog {...dialog} confirm={t("save")} confirming={t("saving")}>
      {note && <p className="quiet">{note}</p>}
      {children}
      {inUse && (
        <Checkbox
          name="active"
          label={t("inUse")}
          hint={inUse.hint}
          defaultChecked={inUse.active}
        />
      )}
    </CommandDialog>
  );
}
