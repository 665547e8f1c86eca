"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { sayOfNotice } from "@/lib/features/papers/client";
import type { Papers } from "@/lib/features/papers/types";

type Props = {
  notice: string;
  /** The objection that is answered; null where one is recorded. */
  answers: string | null;
  today: string;
  onClose: () => void;
  onDone: (papers: Papers) => void;
};

export function SayDialog({ notice, answers, today, onClose, onDone }: Props) {
  const t = useTranslations("papers");
  const command = useCommand();
  const [day, setDay] = useState(today);
  async function confirm(data: FormData) {
    const body = {
      on: dayIn(day, today),
      words: String(data.get("words")),
      ...(answers === null ? {} : { answers, upheld: data.get("upheld") === "on" }),
    };
    const outcome = await command.run((send) => send(sayOfNotice, { id: notice, body }));
    if (outcome.ok) onDone(outcome.answer);
  }
  return (
    <CommandDialog
      command={command}
      title={t(answers === null ? "objectTitle" : "answerTitle")}
      confirm={t("save")}
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      <DayField
        label={t("on")}
        text={day}
        today={today}
        onText={setDay}
        required
        error={command.errorOf("on")}
      />
      <Field label={t("words")} hint={t("wordsHint")} error={command.errorOf("words")} required>
        {(control) => <TextArea {...control} name="words" rows={4} maxLength={500} />}
      </Field>
      {answers !== null && <Checkbox name="upheld" label={t("upheld")} hint={t("upheldHint")} />}
    </CommandDialog>
  );
}
