"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { revealRoster } from "@/lib/features/reveals/client";
import { MOST_LINES } from "@/lib/features/reveals/labels";
import { readNos } from "@/lib/features/reveals/rules";
import type { Revealed } from "@/lib/features/reveals/types";
import { AskedFields, useAsked } from "./asked-fields";

type Props = { id: string; onClose: () => void; onRevealed: (what: Revealed) => void };

/** Which lines, which of their fields, and why: said before anything is shown. */
export function RevealDialog({ id, onClose, onRevealed }: Props) {
  const t = useTranslations("reveals");
  const command = useCommand();
  const asked = useAsked();
  const [lines, setLines] = useState("");
  const [fault, setFault] = useState<string>();

  async function confirm() {
    const nos = readNos(lines);
    setFault("fault" in nos ? t(`fault.${nos.fault}`, { most: MOST_LINES }) : undefined);
    const said = asked.read();
    if ("fault" in nos || !said) return;
    const body = { ...said, lines: nos.nos };
    const outcome = await command.run((send) => send(revealRoster, { id, body }));
    if (outcome.ok) onRevealed(outcome.answer);
  }

  return (
    <CommandDialog
      command={command}
      title={t("ask.title")}
      confirm={t("ask.confirm")}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("ask.how", { most: MOST_LINES })}</p>
      <Field label={t("ask.lines")} hint={t("ask.linesHint")} error={fault}>
        {(control) => (
          <TextInput {...control} value={lines} onChange={({ target }) => setLines(target.value)} />
        )}
      </Field>
      <AskedFields asked={asked} errorOf={command.errorOf} />
    </CommandDialog>
  );
}
