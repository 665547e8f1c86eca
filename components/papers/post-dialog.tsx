"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { postNotice } from "@/lib/features/papers/client";
import type { Papers } from "@/lib/features/papers/types";

type Props = { id: string; today: string; onClose: () => void; onDone: (papers: Papers) => void };

/** Where the list hangs, whom to call, since when. */
export function PostDialog({ id, today, onClose, onDone }: Props) {
  const t = useTranslations("papers");
  const command = useCommand();
  const [day, setDay] = useState(today);
  async function confirm(data: FormData) {
    const body = {
      place: String(data.get("place")),
      telephone: String(data.get("telephone")),
      postedOn: dayIn(day, today),
    };
    const outcome = await command.run((send) => send(postNotice, { id, body }));
    if (outcome.ok) onDone(outcome.answer);
  }
  return (
    <CommandDialog
      command={command}
      title={t("postTitle")}
      confirm={t("save")}
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      <Field label={t("place")} hint={t("placeHint")} error={command.errorOf("place")} required>
        {(control) => <TextInput {...control} name="place" maxLength={120} />}
      </Field>
      <Field label={t("telephone")} error={command.errorOf("telephone")} required>
        {(control) => <TextInput {...control} name="telephone" maxLength={40} inputMode="tel" />}
      </Field>
      <DayField
        label={t("postedOn")}
        text={day}
        today={today}
        onText={setDay}
        required
        error={command.errorOf("postedOn")}
      />
    </CommandDialog>
  );
}
