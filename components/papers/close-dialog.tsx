"use client";

import { useTranslations } from "next-intl";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { closeNotice } from "@/lib/features/papers/client";
import type { Papers } from "@/lib/features/papers/types";

type Props = {
  notice: string;
  as: "confirmed" | "withdrawn";
  onClose: () => void;
  onDone: (papers: Papers) => void;
};

export function CloseDialog({ notice, as, onClose, onDone }: Props) {
  const t = useTranslations("papers");
  const command = useCommand();
  async function confirm(data: FormData) {
    const reason = as === "withdrawn" ? String(data.get("reason")) : null;
    const outcome = await command.run((send) =>
      send(closeNotice, { id: notice, body: { as, reason } }),
    );
    if (outcome.ok) onDone(outcome.answer);
  }
  return (
    <CommandDialog
      command={command}
      title={t(as === "confirmed" ? "confirm" : "withdrawTitle")}
      confirm={t(as === "confirmed" ? "confirm" : "withdraw")}
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      {as === "confirmed" ? (
        <p>{t("confirmWhat")}</p>
      ) : (
        <Field label={t("reason")} error={command.errorOf("reason")} required>
          {(control) => <TextInput {...control} name="reason" maxLength={200} />}
        </Field>
      )}
    </CommandDialog>
  );
}
