"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea, TextInput } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { saveFile } from "@/lib/browser/save-file";
import { makeReceipts } from "@/lib/features/papers/client";
import type { Papers } from "@/lib/features/papers/types";
import { readNos } from "@/lib/features/reveals/rules";

/** Which lines, and why, where nobody edits them any more: said before a name is shown. */
export function ReceiptDialog({ papers, onClose }: { papers: Papers; onClose: () => void }) {
  const t = useTranslations("papers");
  const command = useCommand();
  const toast = useToast();
  const [fault, setFault] = useState<string>();
  async function confirm(data: FormData) {
    const read = readNos(String(data.get("lines")));
    const lines = "nos" in read ? read.nos : null;
    setFault(lines === null ? t("receiptNoLines") : undefined);
    if (lines === null) return;
    const why = String(data.get("why") ?? "").trim() || null;
    const outcome = await command.run((send) => send(makeReceipts, { id: papers.id, body: { lines, why } })); // prettier-ignore
    if (!outcome.ok) return;
    const { name, type, base64 } = outcome.answer;
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    saveFile(name, new Blob([bytes], { type }));
    toast(t("receiptsMade"));
    onClose();
  }
  return (
    <CommandDialog
      command={command}
      title={t("makeReceipts")}
      confirm={t("makeReceipts")}
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      <Field
        label={t("receiptLines")}
        hint={t("receiptLinesHint")}
        error={fault ?? command.errorOf("lines")}
        required
      >
        {(control) => <TextInput {...control} name="lines" maxLength={200} />}
      </Field>
      {!papers.edited && (
        <Field
          label={t("receiptWhy")}
          hint={t("receiptWhyHint")}
          error={command.errorOf("why")}
          required
        >
          {(control) => <TextArea {...control} name="why" maxLength={200} />}
        </Field>
      )}
    </CommandDialog>
  );
}
