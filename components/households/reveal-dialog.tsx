"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { revealHousehold } from "@/lib/features/households/client";
import { REVEAL_REASONS, REVEALED_FIELDS, type RevealedField, type RevealReason } from "@/lib/features/households/labels"; // prettier-ignore
import type { Revealed } from "@/lib/features/households/types";
import styles from "./households.module.css";

type Props = { id: string; onClose: () => void; onRevealed: (revealed: Revealed) => void };

/** What to see and why; the chain is told before anything is shown. */
export function RevealDialog({ id, onClose, onRevealed }: Props) {
  const t = useTranslations("households.reveal");
  const common = useTranslations("common");
  const command = useCommand();
  const [fields, setFields] = useState<readonly RevealedField[]>(["name"]);
  const [reason, setReason] = useState<RevealReason | "">("");
  const [attempted, setAttempted] = useState(false);
  const toggle = (field: RevealedField) =>
    setFields(fields.includes(field) ? fields.filter((one) => one !== field) : [...fields, field]);

  async function reveal() {
    setAttempted(true);
    if (reason === "" || fields.length === 0) return;
    const body = { fields: [...fields], reason };
    const outcome = await command.run((send) => send(revealHousehold, { id, body }));
    if (!outcome.ok) return;
    onRevealed(outcome.answer);
    onClose();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("go")}
      onConfirm={() => void reveal()}
    >
      <p>{t("lead")}</p>
      <fieldset className={styles.ticks}>
        <legend>{t("fields")}</legend>
        {REVEALED_FIELDS.map((field) => (
          <Checkbox
            key={field}
            label={t(`field.${field}`)}
            checked={fields.includes(field)}
            onChange={() => toggle(field)}
          />
        ))}
      </fieldset>
      <Field
        label={t("reason")}
        required
        error={attempted && reason === "" ? common("choose") : command.errorOf("reason")}
      >
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={REVEAL_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
            value={reason}
            onChange={(event) => setReason(event.target.value as RevealReason)}
          />
        )}
      </Field>
    </CommandDialog>
  );
}
